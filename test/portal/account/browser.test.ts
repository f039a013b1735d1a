// Signing in with a real browser, with and without script: the first time, again, one's own account, and out.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOfBase32 } from "../../../src/courts/accounts/totp.ts";
import { hasBrowser, useBrowser } from "../../browser.ts";
import { codeOf, enrolled, newcomer, PASSWORD, testClock } from "../../courts/accounts/person.ts";
import { startService, type TestService } from "../../service.ts";
import { signInBrowser } from "./browser-sign-in.ts";

describe.runIf(hasBrowser)("signing in", () => {
  const clock = testClock();
  let service: TestService;
  const { visit } = useBrowser();

  beforeAll(async () => {
    service = await startService({ now: clock.now });
  });
  afterAll(() => service.stop());

  test.each([true, false])(
    "the first time gives the app its secret and shows recovery codes (script: %s)",
    async (script) => {
      const { enrolmentCode } = await newcomer(service);
      const { page, complaints } = await visit(`${service.url}/enrol`, { script });
      await page.getByLabel("启用码").fill(enrolmentCode);
      await page.getByRole("button", { name: "下一步" }).click();
      const secret = bytesOfBase32((await page.locator("code").first().innerText()).replaceAll(" ", ""));
      await page.getByLabel("新密码").fill(PASSWORD);
      await page.getByLabel("应用显示的六位数字").fill(codeOf(secret ?? Buffer.alloc(0), clock));
      await page.getByRole("button", { name: "启用账号" }).click();
      expect(await page.locator("ol.codes li").count()).toBe(10);
      await page.goto(`${service.url}/account`);
      expect(await page.locator("h1").innerText()).toBe("本人账号");
      expect(complaints).toEqual([]);
    },
  );

  test("leads to where one wanted to go, and says what was wrong without saying which", async () => {
    const person = await enrolled(service, clock);
    const { page } = await visit(`${service.url}/account`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.getByLabel("账号", { exact: true }).fill(person.login);
    await page.getByLabel("密码", { exact: true }).fill("不是这个密码");
    await page.getByLabel("动态码或恢复码").fill("123456");
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await expect.poll(() => page.title()).toMatch(/^错误：/);
    expect(await page.getByRole("alert").innerText()).toContain("登录失败");
    expect(await page.getByLabel("账号", { exact: true }).inputValue()).toBe(person.login);
    expect(await page.getByLabel("密码", { exact: true }).inputValue()).toBe("");
    await signInBrowser(page, person, clock);
    expect(new URL(page.url()).pathname).toBe("/account");
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, httpOnly, secure }) => ({ name, httpOnly, secure }))).toEqual([
      { name: "__Host-sid", httpOnly: true, secure: true },
    ]);
    await page.getByRole("button", { name: "退出" }).click();
    await page.waitForURL(`${service.url}/`);
    await page.goto(`${service.url}/account`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  });

  test("one's own account changes its password and its recovery codes", async () => {
    const person = await enrolled(service, clock);
    const { page } = await visit(`${service.url}/account`);
    await signInBrowser(page, person, clock);
    const form = page.locator('form[action="/account/recovery-codes"]');
    await form.getByLabel("当前密码").fill(PASSWORD);
    await form.getByLabel("动态码").fill("000000");
    await form.getByRole("button").click();
    expect(await page.getByRole("alert").innerText()).toContain("登录失败");
    clock.passSeconds(30);
    await form.getByLabel("当前密码").fill(PASSWORD);
    await form.getByLabel("动态码").fill(codeOf(person.secret, clock));
    await form.getByRole("button").click();
    expect(await page.locator("ol.codes li").count()).toBe(10);
    await page.goto(`${service.url}/account`);
    expect(await page.locator("h1").innerText()).toBe("本人账号");
  });

  test("no page of another site ends a session, and no form is taken without its token", async () => {
    const { browser } = await enrolled(service, clock);
    const post = (headers: Record<string, string>, csrf: string) =>
      service.request
        .post("/sign-out")
        .set({ Cookie: browser.cookie, ...headers })
        .type("form")
        .send({ csrf });
    expect((await post({ "Sec-Fetch-Site": "cross-site" }, browser.csrfToken)).status).toBe(403);
    expect((await post({ "Sec-Fetch-Site": "same-origin" }, "")).status).toBe(403);
    expect((await post({ "Sec-Fetch-Site": "same-origin" }, browser.csrfToken)).status).toBe(303);
  });

  test.each(["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/%0d%0aX: y"])(
    "is never sent on to another host: %s",
    async (to) => {
      const { text } = await service.request.get("/sign-in").query({ to });
      const [, shown] = /name="to" value="([^"]*)"/.exec(text) ?? [];
      expect(["", "/%0d%0aX:"]).toContain(shown?.split(" ")[0]);
    },
  );
});

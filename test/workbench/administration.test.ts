// Accounts, security keys, measures and the operator's page in a real browser: what each role does there, and only that.
import { join } from "node:path";
import { utimesSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publicId } from "../../src/platform/id.ts";
import { proposalOf } from "../agencies/switched-on.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { codeOf, enrolled, PASSWORD, testClock } from "../courts/accounts/person.ts";
import { signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import { signInBrowser } from "../portal/account/browser-sign-in.ts";
import { checkOf, startService, type TestService } from "../service.ts";
import { expectReadable, openAs } from "./session.ts";

describe.runIf(hasBrowser)("administration", () => {
  const clock = testClock();
  let service: TestService;
  const { visit } = useBrowser();

  beforeAll(async () => {
    service = await startService({ now: clock.now });
  });
  afterAll(() => service.stop());

  test.each([true, false])(
    "an account is created, reset and disabled, and a code is shown once (script: %s)",
    async (script) => {
      const administrator = await signInStaff(service, "security_admin");
      const opened = await openAs(visit, service.url, administrator, "/workbench/staff", { script, width: 360 });
      const { page, complaints } = opened;
      await expectReadable(opened, script);
      const login = `xin.${script}`;
      const create = page.locator('form[action="/workbench/staff"]');
      await create.getByLabel("账号").fill(login);
      await create.getByLabel("姓名").fill("测试新人");
      await create.getByLabel("角色").selectOption("judge");
      await create.getByRole("button", { name: "新增账号" }).click();
      expect(await page.locator("h1").innerText()).toBe("启用码");
      const code = await page.locator("dl code").innerText();
      expect((await service.request.post("/v1/enrolments").send({ enrolmentCode: code })).body).toMatchObject({
        login,
      });
      await expectReadable(opened, script);
      await page.getByRole("link", { name: "返回人员账号" }).click();
      expect(await page.content()).not.toContain(code);

      const row = page.getByRole("row", { name: new RegExp(login) });
      await row.locator("summary", { hasText: "重置" }).click();
      await row.locator('form[action$="/reset"]').getByLabel("事由").fill("手机遗失");
      await row.locator('form[action$="/reset"]').getByRole("button").click();
      expect(await page.locator("dl code").innerText()).not.toBe(code);
      await page.goto(`${service.url}/workbench/staff`);
      await row.locator("summary", { hasText: "停用" }).click();
      await row.locator('form[action$="/disable"]').getByLabel("事由").fill("离职");
      await row.locator('form[action$="/disable"]').getByRole("button").click();
      await page.waitForURL(/done=disabled/);
      expect(await row.innerText()).toContain("已停用");
      expect(complaints).toEqual([]);

      if (!script) return;
      await create.getByLabel("账号").fill(login);
      await create.getByLabel("姓名").fill("测试新人");
      await create.getByLabel("角色").selectOption("clerk");
      await create.getByRole("button", { name: "新增账号" }).click();
      await expect.poll(() => page.title()).toMatch(/^错误：/);
    },
  );

  test("the president authorises a judge in writing, and nobody else is offered it", async () => {
    const judge = await signInStaff(service, "judge");
    const president = await signInStaff(service, "president");
    const { page } = await openAs(visit, service.url, president, "/workbench/staff");
    const form = page.locator(`form[action="/workbench/staff/${judge.actor.id}/delegation"]`);
    await page.locator("details.act", { has: form }).locator("summary").click();
    await form.getByLabel("自").fill("2026-01-01");
    await form.getByLabel("至").fill("2026-12-31");
    await form.getByLabel("授权书文号").fill("授权书（演示）9号");
    await form.getByRole("button").click();
    await page.waitForURL(/done=delegated/);
    expect(await page.locator("main").innerText()).toContain("授权书（演示）9号");
    expect(await page.locator('form[action$="/reset"]').count()).toBe(0);
    const clerk = await signInStaff(service, "clerk");
    const refused = await openAs(visit, service.url, clerk, "/workbench/staff");
    expect(await refused.page.locator("h1").innerText()).not.toBe("人员账号");
  });

  test("the court approves a measure that the liaison proposed, and the list forgets it", async () => {
    const liaison = await signInAgencyStaff(service, "agency_liaison", service.agencyId);
    const proposed = await service.request
      .post(`/v1/agencies/${publicId("agy", service.agencyId)}/measures`)
      .set(liaison)
      .send(proposalOf());
    expect(proposed.status).toBe(201);
    const president = await signInStaff(service, "president");
    const opened = await openAs(visit, service.url, president, "/workbench/measures", { width: 360 });
    await expectReadable(opened);
    await opened.page.getByRole("button", { name: "批准（法院）" }).click();
    await opened.page.waitForURL(/done=approved/);
    expect(await opened.page.locator("main").innerText()).toContain("没有待法院批准的惩戒措施");
    const awaiting = async (query: string) =>
      (await service.request.get(`/v1/measures/awaiting${query}`).set(president.headers)).body.data;
    const measure = { id: proposed.body.id, agency: "测试单位", approvals: { court: { name: "测试president" } } };
    expect(await awaiting("?approval=credit")).toMatchObject([measure]);
    expect(await awaiting("")).toMatchObject([measure]);
    expect(await awaiting("?approval=court")).toEqual([]);
  });

  test("a security key is added on one's account and signs in in the place of the code", async () => {
    const person = await enrolled(service, clock, { role: "judge" });
    // Keys know hosts by name only.
    const url = service.url.replace("127.0.0.1", "localhost");
    const { page, complaints } = await visit(`${url}/account`);
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable");
    await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "usb",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    await signInBrowser(page, person, clock);
    clock.passSeconds(30);
    const form = page.locator('form[action="/account/security-keys"]');
    await form.getByLabel("新密钥的名称").fill("办公桌");
    await form.getByLabel("当前密码").fill(PASSWORD);
    await form.getByLabel("动态码").fill(codeOf(person.secret, clock));
    await Promise.all([page.waitForResponse(/\/account$/), form.getByRole("button", { name: "登记安全密钥" }).click()]);
    await expect.poll(() => page.getByRole("table", { name: "本账号的安全密钥" }).count()).toBe(1);
    await expectReadable({ page });
    await page.getByRole("button", { name: "退出" }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(`${url}/sign-in?to=/account`);
    await page.getByLabel("账号", { exact: true }).fill(person.login);
    await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "使用安全密钥登录" }).click();
    await page.waitForURL(`${url}/account`);
    expect(await page.getByRole("table", { name: "本账号的安全密钥" }).innerText()).toContain("办公桌");
    expect(complaints).toEqual([]);
    const without = await visit(`${service.url}/sign-in`, { script: false });
    expect(await without.page.getByRole("button", { name: "使用安全密钥登录" }).isVisible()).toBe(false);
  });

  test("courts are found by name, with what they are called and whom one goes to from there", async () => {
    const clerk = await signInStaff(service, "clerk");
    const opened = await openAs(visit, service.url, clerk, "/workbench/courts", { width: 360, script: false });
    await opened.page.getByLabel("名称或者代字").fill("思明");
    await opened.page.getByRole("button", { name: "查找" }).click();
    await opened.page.getByRole("link", { name: "闽0203" }).click();
    expect(await opened.page.locator("h1").innerText()).toBe("厦门市思明区人民法院");
    expect(await opened.page.locator("main").innerText()).toContain("闽02");
  });
});

describe.runIf(hasBrowser)("the operator's page", () => {
  const mark = () => join(service.dataDirectory, "backup-done");
  let service: TestService;
  const { visit } = useBrowser();
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  test("says what readiness and metrics say, and of back-ups nothing that nobody reported", async () => {
    await service.post("/v1/checks", checkOf()).expect(200);
    const operator = await signInStaff(service, "system_admin");
    const read = async () => (await service.request.get("/v1/health-report").set(operator.headers)).body;
    await expect.poll(async () => (await read()).checkpoint, { timeout: 10_000 }).not.toBeNull();
    const report = await read();
    expect(report).toMatchObject({
      ready: true,
      findings: [{ name: "accepting" }, { name: "database" }, { name: "schema" }, { name: "log" }].map((finding) => ({
        ...finding,
        ok: true,
      })),
      backup: { state: "not_configured", at: null },
    });
    const { text } = await service.request.get("/metrics");
    for (const { name, values } of report.figures)
      expect([name, values.length]).toEqual([
        name,
        text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `)).length,
      ]);
    expect(report.figures.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([
        "shixin_clocks_overdue",
        "shixin_feedback_tasks",
        "shixin_lift_obligations",
        "shixin_webhook_pending_deliveries",
        "shixin_log_lag_seconds",
      ]),
    );
    expect(report.tables.map(({ name }: { name: string }) => name)).toContain("court_name");
    for (const script of [true, false]) {
      const opened = await openAs(visit, service.url, operator, "/operator", { width: 360, script });
      expect(await opened.page.locator("main").innerText()).toContain("未配置");
      await expectReadable(opened, script);
      expect(opened.complaints).toEqual([]);
    }
    const judge = await signInStaff(service, "judge");
    expect((await service.request.get("/v1/health-report").set(judge.headers)).status).toBe(403);
  });

  test("a mark that a back-up touched is its time; one that is not there is no back-up", async () => {
    const { readBackup } = await import("../../src/ops/operator/backup.ts");
    expect(await readBackup(mark())).toEqual({ state: "missing", at: null });
    writeFileSync(mark(), "");
    const at = new Date("2026-11-22T02:00:00Z");
    utimesSync(mark(), at, at);
    expect(await readBackup(mark())).toEqual({ state: "made", at });
  });
});

// The credit authority's pages in a real browser: an agency admitted with its first person, a measure approved, what is
// overdue; the assessor reads the same.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { propose } from "../agencies/switched-on.ts";
import { hasBrowser, useBrowser, type VisitOptions } from "../browser.ts";
import { enrolled, type Person, testClock } from "../courts/accounts/person.ts";
import { noticeOf, openSignedIn, press } from "../inside-pages.ts";
import { PURPOSE, startService, type TestService } from "../service.ts";

describe.runIf(hasBrowser)("the credit authority's pages", () => {
  const clock = testClock();
  let service: TestService;
  let authority: Person;
  let assessor: Person;
  const { visit } = useBrowser();

  beforeAll(async () => {
    service = await startService({ now: clock.now });
    const { agencyId } = await service.addAgency("信用牵头部门（测试）", [PURPOSE]);
    authority = await enrolled(service, clock, { role: "credit_authority", agencyId });
    assessor = await enrolled(service, clock, { role: "assessor", agencyId });
  });
  afterAll(() => service.stop());

  const open = (path: string, person: Person, options?: VisitOptions) =>
    openSignedIn(visit, service.url + path, { person, clock }, options);

  test.each([true, false])("an agency is admitted, and its liaison gets a code (script: %s)", async (script) => {
    const name = `新单位${script ? "一" : "二"}（测试）`;
    const { page, complaints } = await open("/authority/agencies/new", authority, { script });
    await page.getByLabel("单位名称").fill(name);
    await page.getByLabel("协议编号").fill("厦数共〔2026〕5号");
    await page.getByLabel("政府采购供应商资格审查").check();
    await press(page, "接入");
    expect(await noticeOf(page)).toContain("共享单位已接入");
    await page.getByRole("link", { name: "人员", exact: true }).click();
    await page.getByLabel("账号", { exact: true }).fill(`new.liaison${script ? "1" : "2"}`);
    await page.getByLabel("姓名").fill("联络员（测试）");
    await page.getByLabel("角色").selectOption("agency_liaison");
    await press(page, "新增账号");
    expect(await page.locator("code.secret").innerText()).toMatch(/^\S{8,}$/);
    expect(complaints).toEqual([]);
  });

  test("a measure that waits is approved, and nobody else's approval is given with it", async () => {
    await propose(service);
    const { page } = await open("/authority/measures", authority);
    await press(page, "批准");
    expect(await noticeOf(page)).toBe("已批准。");
    expect(await page.locator("main").innerText()).toMatch(/待批准[\s\S]*法院批准\s*未批准/);
  });

  test("the assessor sees all of it and finds nothing to press", async () => {
    const { page } = await open("/authority/agencies", assessor);
    await page.getByRole("link", { name: /查看.*测试单位/ }).click();
    expect(await page.locator("main form").count()).toBe(0);
    for (const part of ["measures", "keys", "people"]) {
      await page.goto(`${page.url().replace(/\/(?:measures|keys|people)$/, "")}/${part}`);
      expect(await page.locator("main form").count()).toBe(0);
    }
    const answer = await page.goto(`${service.url}/authority/agencies/new`);
    expect(answer?.status()).toBe(403);
  });
});

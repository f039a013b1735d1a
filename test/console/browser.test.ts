// The console in a real browser: a listed company is checked, reported on and, when its listing
// has ended, lifted; the liaison's keys; and what a revoked console shows.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { uuidOf } from "../../src/platform/id.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { catchUpFollower } from "../../src/registry/index.ts";
import { liftingFollower } from "../../src/sanctions/index.ts";
import { switchOn } from "../agencies/switched-on.ts";
import { hasBrowser, useBrowser, type VisitOptions } from "../browser.ts";
import { enrolled, type Person, testClock } from "../courts/accounts/person.ts";
import { headingOf, openSignedIn, press } from "../inside-pages.ts";
import { endByCourt } from "../registry/ending.ts";
import { checkOf, listingOf, startService, type TestService } from "../service.ts";
import { checkParty, liftFirst, openReport, reportWithNotice } from "./counter.ts";

const COMPANY = { name: "测试有限公司", number: "91350200MA0000007F" };

describe.runIf(hasBrowser)("the console", () => {
  const clock = testClock();
  let service: TestService;
  let officer: Person;
  let liaison: Person;
  const { visit } = useBrowser();
  const today = () => shanghaiDate(clock.now());

  beforeAll(async () => {
    service = await startService({ now: clock.now });
    await switchOn(service);
    officer = await enrolled(service, clock, { role: "agency_officer", agencyId: service.agencyId });
    liaison = await enrolled(service, clock, { role: "agency_liaison", agencyId: service.agencyId });
  });
  afterAll(() => service.stop());

  const open = (path: string, person: Person, options?: VisitOptions) =>
    openSignedIn(visit, service.url + path, { person, clock }, options);

  test("from a hit to its lifting", async () => {
    const matter = "XM-2026-HIT";
    const number = "(2026)闽0203执90000101号";
    const party = { name: COMPANY.name, document: { kind: "uscc" as const, number: COMPANY.number } };
    const { id: listing } = await service.publish(listingOf(party, { caseNumber: number }));
    const { page, complaints } = await open("/console/check", officer);

    await checkParty(page, { ...COMPANY, type: "uscc", matter });
    expect(await page.locator("main").innerText()).toMatch(
      /命中（列入名单）[\s\S]*由经办人决定[\s\S]*中办国办2016年意见/,
    );
    const [record] = await service.sql`select operator from check_record where case_reference = ${matter}`;
    expect(record?.["operator"]).toContain("测试人员 acc_");

    await openReport(page, today());
    await press(page, "登记惩戒");
    // The measure refuses something, and nobody was told of it yet.
    expect(await page.title()).toMatch(/^错误：/);
    expect(await page.getByLabel("决定文号").inputValue()).toBe("厦财决〔2026〕12号");
    await reportWithNotice(page, today());

    const id = uuidOf("lst", listing) ?? listing;
    await service.db.transaction((tx) => endByCourt(tx, id));
    await catchUpFollower(service.db, liftingFollower({ now: clock.now }));
    await page.goto(`${service.url}/console`);
    await liftFirst(page, today());
    expect(complaints.filter((complaint) => !complaint.includes("409") && !complaint.includes("422"))).toEqual([]);
  });

  test("a form that is refused keeps what was typed, and says at the field what is wrong", async () => {
    const { page } = await open("/console/check", officer);
    await page.getByLabel("核查事由").selectOption({ label: "政府采购供应商资格审查" });
    await page.getByLabel("办理事项编号").fill("XM-2026-1");
    await page.getByLabel("姓名（名称）").fill("测试甲");
    await page.getByLabel("证件号码").fill("110101190001010015");
    await press(page, "核查");
    expect(await page.title()).toMatch(/^错误：/);
    expect(await page.getByRole("alert").innerText()).toContain("证件号码校验位不符");
    expect(await page.getByLabel("姓名（名称）").inputValue()).toBe("测试甲");
    await page.getByRole("alert").getByRole("link").click();
    expect(await page.evaluate<string>("document.activeElement.name")).toBe("subject/document/number");
  });

  test("a pasted list is answered line by line, a file in the background", async () => {
    const { page } = await open("/console/batch", officer);
    const pasted = page.locator('form[action="/console/batch"]');
    await pasted.getByLabel("核查事由").selectOption({ label: "政府采购供应商资格审查" });
    await pasted.getByLabel("办理事项编号").fill("XM-2026-BATCH");
    await pasted.getByLabel("名单").fill("测试乙\t35021119000102008X\n测试丙");
    await Promise.all([page.waitForEvent("load"), pasted.getByRole("button").click()]);
    const rows = await page.locator("tbody tr").allInnerTexts();
    expect(rows).toEqual([expect.stringContaining("未查到有效名单信息"), expect.stringContaining("信息有误，未核查")]);
    await page.goto(`${service.url}/console/batch`);
    const file = page.locator('form[action="/console/bulk"]');
    await file.getByLabel("核查事由").selectOption({ label: "政府采购供应商资格审查" });
    await file.getByLabel("办理事项编号").fill("XM-2026-BULK");
    const csv = "name,documentType,documentNumber\n测试乙,resident_id,35021119000102008X\n";
    await file.getByLabel("文件").setInputFiles({ name: "checks.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await Promise.all([page.waitForEvent("load"), file.getByRole("button", { name: "上传并核查" }).click()]);
    await expect.poll(() => page.locator("#progress").innerText(), { timeout: 20_000 }).toContain("已完成");
    const address = await page.getByRole("link", { name: "下载结果（CSV）" }).getAttribute("href");
    const results = await page.evaluate<string>(`fetch(${JSON.stringify(address)}).then((answer) => answer.text())`);
    expect(results).toMatch(/clear/);
    expect(results).not.toContain("35021119000102008X");
  });

  test.each([true, false])("the liaison issues a key, shown once, and revokes it (script: %s)", async (script) => {
    const { page } = await open("/console/keys", liaison, { script });
    await page.getByLabel("用途").fill("受理系统");
    await press(page, "签发密钥");
    const key = await page.locator("code.secret").innerText();
    expect((await service.post("/v1/checks", checkOf(), key)).status).toBe(200);
    await page.getByRole("link", { name: "返回密钥列表" }).click();
    expect(await page.content()).not.toContain(key);
    const row = page.getByRole("row").filter({ hasText: key.slice(0, 18) });
    await row.getByRole("link", { name: /^吊销/ }).click();
    await page.getByLabel("理由").fill("系统停用");
    await press(page, "吊销密钥");
    expect(await page.getByRole("status").innerText()).toContain("已吊销");
    expect((await service.post("/v1/checks", checkOf(), key)).status).toBe(401);
  });

  test("a console whose key was revoked says so, and the liaison opens it again", async () => {
    const { page } = await open("/console/keys", liaison);
    const row = () => page.getByRole("row").filter({ hasText: "窗口控制台（经办人）" });
    await row().first().getByRole("link", { name: /^吊销/ }).click();
    await page.getByLabel("理由").fill("测试");
    await press(page, "吊销密钥");
    const closed = await open("/console", officer);
    expect(await headingOf(closed.page)).toBe("本单位的窗口控制台已停用");
    await press(page, "重新启用经办人的控制台");
    await closed.page.goto(`${service.url}/console`);
    expect(await headingOf(closed.page)).toBe("测试单位");
  });

  test("an officer finds no page of the liaison's", async () => {
    const { page } = await open("/console", officer);
    for (const path of ["/console/keys", "/console/webhooks", "/console/statistics"]) {
      const answer = await page.goto(service.url + path);
      expect([path, answer?.status()]).toEqual([path, 403]);
    }
  });

  test("what is overdue stands first", async () => {
    await service.publish(listingOf({}, { caseNumber: "(2026)闽0203执90000103号" }));
    await service.post("/v1/checks", checkOf({}, { caseReference: "XM-2026-LATE" }));
    clock.passSeconds(40 * 86_400);
    const { page } = await open("/console/tasks", officer);
    expect(await page.locator("tbody tr").first().innerText()).toMatch(/逾期未反馈[\s\S]*XM-2026-LATE/);
  });
});

// The life of a listing in a real browser: a clerk drafts, the president signs, it is served and
// published, found, rectified, and removed; and how its pages read.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { hasBrowser, useBrowser, type VisitOptions } from "../browser.ts";
import { enrolled, type Person, testClock } from "../courts/accounts/person.ts";
import { faultsOf, noticeOf, openSignedIn, press } from "../inside-pages.ts";
import { formOf, newCase, openCourthouse, type Courthouse, type Case } from "../registry/courthouse.ts";
import { draftCase, endPaid, printPaper, publishDecided, signDrafts } from "./desk.ts";

const NUMBER = "决定书第90000001号";
const ORDER = "限制消费令第90000001号";

describe.runIf(hasBrowser)("the workbench", () => {
  const clock = testClock();
  const { visit } = useBrowser();
  let house: Courthouse;
  let clerk: Person;
  let president: Person;
  const today = () => shanghaiDate(clock.now());
  const pageOf = (id: string) => `${house.service.url}/workbench/listings/${id}`;
  const daysAgo = (days: number) => addDays(today(), -days);

  beforeAll(async () => {
    house = await openCourthouse(undefined, { now: clock.now });
    clerk = await enrolled(house.service, clock, { role: "clerk", name: "测试书记员" });
    president = await enrolled(house.service, clock, { role: "president", name: "测试院长" });
  });
  afterAll(() => house.close());

  async function enter(person: Person, path: string, options?: VisitOptions) {
    const visited = await openSignedIn(visit, house.service.url + path, { person, clock }, options);
    await visited.page.waitForLoadState("networkidle");
    return visited;
  }

  async function listingsOf({ caseNumber }: Case): Promise<{ id: string; list: string; state: string }[]> {
    const { body } = await house.service.request.get("/v1/listings").query({ caseNumber }).set(house.clerk.headers);
    return body.data as { id: string; list: string; state: string }[];
  }

  test("a clerk drafts, the president signs, it is published and removed", async () => {
    const matter = newCase();
    const desk = await enter(clerk, "/workbench/drafting");
    await draftCase(desk.page, matter, today());
    const drafts = await listingsOf(matter);
    expect(drafts.map(({ state }) => state)).toEqual(["draft", "draft"]);
    const suffix = matter.caseNumber.slice(-9);
    for (const { id, list } of drafts) {
      await desk.page.goto(pageOf(id));
      await printPaper(desk.page, (list === "dishonest" ? NUMBER : ORDER) + suffix, today());
    }
    expect(desk.complaints).toEqual([]);

    const { page, complaints } = await enter(president, "/workbench/decisions");
    const ids = drafts.map(({ id }) => id);
    await signDrafts(page, ids, president, clock);
    await press(page, "打印本批文书");
    expect(await page.locator("section.paper h1").allInnerTexts()).toEqual([
      expect.stringContaining("失信决定书"),
      expect.stringContaining("限制消费令"),
    ]);
    for (const id of ids) await publishDecided(page, pageOf(id), today());
    expect((await house.check(matter))["dishonest"]).toBe("listed");

    await page.goto(`${house.service.url}/workbench/listings?state=published`);
    expect(await page.locator("table").innerText()).toContain(matter.caseNumber);
    await page.goto(`${house.service.url}/workbench/search`);
    await page.getByLabel("证件号码").fill(matter.number);
    await press(page, "查找");
    expect(await page.locator("tbody tr").count()).toBe(2);
    expect(page.url()).not.toContain(matter.number);

    const listed = drafts.find(({ list }) => list === "dishonest")?.id ?? "";
    await endPaid(page, pageOf(listed), today());
    expect((await house.check(matter))["dishonest"]).toBe("clear");
    await page.goto(`${house.service.url}/workbench/listings/${listed}/audit`);
    expect(await page.locator("table").innerText()).toContain("款项已全部到账");
    expect(complaints).toEqual([]);
  });

  test("saves a form while somebody types, says what is wrong with it, and keeps it for the next day", async () => {
    const { caseNumber, number } = newCase();
    const { page } = await enter(clerk, "/workbench/drafting");
    await page.getByLabel("案号").fill(caseNumber);
    await press(page, "开始草拟");
    await page.getByLabel("姓名或者名称").fill("测试甲");
    await page.getByLabel("证件类型").selectOption("resident_id");
    const wrong = `${number.slice(0, -1)}${number.endsWith("1") ? "2" : "1"}`;
    await page.getByLabel("启动").selectOption("creditor");
    await page.getByLabel("收到申请（立项）日期").fill(daysAgo(3));
    await page.getByLabel("执行通知书指定的履行期间至").fill(daysAgo(10));
    await page.getByLabel("情形发生日期").fill(daysAgo(5));
    await page.getByLabel("有履行能力而拒不履行生效法律文书确定义务").check();
    await page.getByLabel("证件号码").fill(wrong);
    await expect.poll(() => page.locator("#saving").innerText()).toContain("校验位");
    await page.goto(`${house.service.url}/workbench/drafting`);
    await page.getByRole("link", { name: caseNumber }).click();
    await expect.poll(() => page.getByLabel("证件号码").inputValue()).toBe(wrong);
    await press(page, "核对");
    expect(await page.title()).toMatch(/^错误：/);
    expect(await page.getByRole("alert").innerText()).toContain("校验位");
    await press(page, "增加一名当事人");
    await page.getByLabel("姓名或者名称").nth(1).fill("测试乙");
    await press(page, "删去当事人1");
    expect(await page.getByLabel("姓名或者名称").inputValue()).toBe("测试乙");
    await press(page, "放弃本草拟");
    expect(await noticeOf(page)).toContain("已放弃");
  });

  test("shows what a rectification would change before it is done, and a stale page overwrites nothing", async () => {
    const { listing } = await house.publishBoth(newCase());
    const { page } = await enter(president, `/workbench/listings/${listing.id}/acts/rectify`);
    const stale = await page.context().newPage();
    await stale.goto(page.url());
    for (const [tab, handler] of [
      [page, "测试法官"],
      [stale, "另一法官"],
    ] as const) {
      await tab.getByLabel("承办人").fill(handler);
      await tab.getByLabel("不准确的事由到达法院日期").fill(today());
      await tab.getByLabel("事由", { exact: true }).fill("登记有误");
      await press(tab, "核对更正");
      expect(await tab.locator("tbody").innerText()).toContain(handler);
      await press(tab, "确认更正");
    }
    expect(await page.locator("main").innerText()).toContain("内容变动对照");
    expect(await page.locator("ins").first().innerText()).toBe("测试法官");
    expect(await stale.title()).toMatch(/^错误：/);
    expect(await stale.getByRole("alert").innerText()).toContain("已被他人修改");
  });

  test("shows a whole number for a reason, once", async () => {
    const matter = newCase();
    const [listing] = await house.draft(formOf(matter));
    const { page } = await enter(clerk, `/workbench/listings/${listing?.id}`);
    expect(await page.locator("main").innerText()).not.toContain(matter.number);
    await page.getByText("查看完整证件号码").first().click();
    await page.getByLabel("事由").fill("当事人到庭核对身份");
    await press(page, "查看");
    expect(await page.locator("main").innerText()).toContain(matter.number);
    await page.goto(`${house.service.url}/workbench/listings/${listing?.id}/audit`);
    expect(await page.locator("table").innerText()).toContain("当事人到庭核对身份");
  });

  test("the forms of acts read well: no violation in either theme, nothing cut off on a telephone", async () => {
    const { listing, limit } = await house.publishBoth(newCase());
    const [drafted] = await house.draft(formOf(newCase()));
    const { page, complaints } = await enter(president, "/workbench", { width: 360 });
    const at = `/workbench/listings/${listing.id}`;
    const faults: string[] = [];
    for (const path of [
      `${at}/acts/rectify`,
      `${at}/acts/exit?operation=delete&ground=R4`,
      `/workbench/listings/${limit.id}/acts/open-window`,
      `/workbench/listings/${drafted?.id}/acts/amend`,
      `/workbench/listings/${drafted?.id}/acts/decide`,
    ]) {
      await page.goto(house.service.url + path);
      const found = await faultsOf(page);
      faults.push(...found.map((fault) => `${path}: ${fault}`));
    }
    expect(faults).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("a stranger is led to the sign-in, and a clerk takes no act that is the president's", async () => {
    const [listing] = await house.draft(formOf(newCase()));
    const { page } = await enter(clerk, `/workbench/listings/${listing?.id}/acts/decide`);
    await press(page, "决定纳入（限制消费）");
    expect(await page.title()).toMatch(/^错误：/);
    const { status, headers } = await house.service.request.get("/workbench").set("Accept", "text/html");
    expect([status, headers["location"]]).toEqual([303, "/sign-in?to=%2Fworkbench"]);
  });
});

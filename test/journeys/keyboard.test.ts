// The journeys of the pages by keyboard alone, each stop of which shows that it has the focus.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeSource } from "../../src/feeds/index.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { catchUpFollower } from "../../src/registry/index.ts";
import { liftingFollower } from "../../src/sanctions/index.ts";
import { switchOn } from "../agencies/switched-on.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { codeOf, enrolled, PASSWORD, type Person, testClock } from "../courts/accounts/person.ts";
import { type Keyboard, keyboardOf } from "../keyboard.ts";
import { type Case, type Courthouse, newCase, openCourthouse } from "../registry/courthouse.ts";
import { fileOf, openSender, rowsOf } from "../feeds/sender.ts";
import { noticeOf } from "../inside-pages.ts";

describe.runIf(hasBrowser)("with a keyboard alone", () => {
  const clock = testClock();
  const { visit } = useBrowser();
  let house: Courthouse;
  const today = () => shanghaiDate(clock.now());

  beforeAll(async () => {
    house = await openCourthouse(undefined, { now: clock.now });
    await switchOn(house.service);
  });
  afterAll(() => house.close());

  type Opened = { page: Page; keys: Keyboard };

  async function open(path: string): Promise<Opened> {
    const { page } = await visit(house.service.url + path);
    return { page, keys: keyboardOf(page) };
  }

  async function signIn(keys: Keyboard, { login, secret }: Person): Promise<void> {
    clock.passSeconds(30);
    await keys.type("账号", login);
    await keys.type("密码", PASSWORD);
    await keys.type("动态码", codeOf(secret, clock));
    await keys.press("登录");
  }

  /** As a clerk types it: a listing and a limit of one party. */
  async function draft(keys: Keyboard, { caseNumber, name, number }: Case): Promise<void> {
    await keys.type("案号", caseNumber);
    await keys.press("开始草拟");
    await keys.choose("启动", "申请执行人");
    await keys.typeDate("收到申请", addDays(today(), -3));
    await keys.typeDate("执行通知书指定", addDays(today(), -10));
    await keys.tick("执行通知书载明了");
    await keys.type("姓名或者名称", name);
    await keys.choose("证件类型", "居民身份证");
    await keys.type("证件号码", number);
    await keys.type("生效法律文书确定的义务", "偿还借款人民币10000元");
    await keys.tick("有履行能力而拒不履行");
    await keys.typeDate("情形发生日期", addDays(today(), -5));
    for (const bar of ["被执行人提供了充分有效担保", "被采取查封", "被执行人履行顺序在后", "其他不属于"])
      await keys.choose(bar, "不存在");
    await keys.press("核对");
    await keys.press("提交草拟");
  }

  async function sign(keys: Keyboard, name: string, { secret }: Person): Promise<void> {
    for (const _ of ["listing", "limit"]) await keys.tick(`签发${name}的`);
    await keys.press("核对所选，准备签发");
    clock.passSeconds(30);
    await keys.type("密码", PASSWORD);
    await keys.type("动态码", codeOf(secret, clock));
    await keys.press("签发");
  }

  async function publish({ page, keys }: Opened, listing: string): Promise<void> {
    await page.goto(`${listing}/acts/record-service`);
    await keys.typeDate("送达日期", today());
    await keys.choose("送达方式", "直接送达");
    await keys.press("登记送达");
    await page.goto(`${listing}/acts/state-unperformed`);
    await keys.typeDate("查明未履行的日期", today());
    await keys.press("登记未履行情况");
    await page.goto(`${listing}/acts/publish`);
    await keys.press("公布");
  }

  /** From the counter's form to the sanction on record. */
  async function checkAndReport(keys: Keyboard, { name, number }: Case): Promise<void> {
    await keys.choose("核查事由", "政府采购供应商资格审查");
    await keys.type("办理事项编号", "XM-2026-KEYS");
    await keys.type("姓名（名称）", name);
    await keys.choose("证件类型", "居民身份证");
    await keys.type("证件号码", number);
    await keys.press("核查");
    await keys.press("查看反馈任务");
    await keys.press("已实施惩戒");
    await keys.type("决定文号", "厦财决〔2026〕12号");
    await keys.typeDate("决定日期", today());
    await keys.pick("一次性", "在列期间");
    await keys.type("告知书文号", "厦财告〔2026〕12号");
    await keys.typeDate("告知书送达日期", today());
    await keys.choose("送达方式", "直接送达");
    await keys.press("登记惩戒");
  }

  test("drafted, decided, published, found, hit, reported, removed, lifted", async () => {
    const { service } = house;
    const clerk = await enrolled(service, clock, { role: "clerk", name: "测试书记员" });
    const president = await enrolled(service, clock, { role: "president", name: "测试院长" });
    const officer = await enrolled(service, clock, { role: "agency_officer", agencyId: service.agencyId });
    const matter = { ...newCase(), name: "测试键盘" };
    const desk = await open("/workbench/drafting");
    await signIn(desk.keys, clerk);
    await draft(desk.keys, matter);
    expect(await noticeOf(desk.page)).toContain("草拟已提交");
    const { caseNumber } = matter;
    const { body } = await service.request.get("/v1/listings").query({ caseNumber }).set(house.clerk.headers);
    const drafts = (body.data as { id: string; list: string }[]).map(({ id, list }) => ({
      isListing: list === "dishonest",
      url: `${service.url}/workbench/listings/${id}`,
    }));
    for (const { url, isListing } of drafts) {
      await desk.page.goto(url);
      await desk.keys.type("文号", `${isListing ? "决定书" : "限制消费令"}${caseNumber}`);
      await desk.keys.typeDate("文书日期", today());
      await desk.keys.press("打印文书");
    }

    const signing = await open("/workbench/decisions");
    await signIn(signing.keys, president);
    await sign(signing.keys, matter.name, president);
    expect(await noticeOf(signing.page)).toContain("共2件，已决定2件");
    const [listing = ""] = drafts.filter(({ isListing }) => isListing).map(({ url }) => url);
    await publish(signing, listing);
    expect(await noticeOf(signing.page)).toContain("已公布");

    const visitor = await open("/");
    await visitor.keys.type("姓名、名称或代码", matter.name);
    await visitor.keys.press("查询");
    expect(await visitor.page.locator("tbody tr").count()).toBe(1);

    const counter = await open("/console/check");
    await signIn(counter.keys, officer);
    await checkAndReport(counter.keys, matter);
    expect(await noticeOf(counter.page)).toBe("反馈已登记。");

    await signing.page.goto(`${listing}/acts/exit?operation=delete&ground=R1`);
    await signing.keys.typeDate("事由发生日期", today());
    await signing.keys.typeDate("事由到达法院日期", today());
    await signing.keys.type(/^事由$/, "款项已全部到账");
    await signing.keys.press("移出名单");
    expect(await noticeOf(signing.page)).toContain("已移出");
    await catchUpFollower(service.db, liftingFollower({ now: clock.now }));
    await counter.page.goto(`${service.url}/console/lifts`);
    await counter.keys.press("办理");
    await counter.keys.typeDate("解除日期", today());
    await counter.keys.type("解除文号", "厦财解〔2026〕3号");
    await counter.keys.type("说明", "名单已移出");
    await counter.keys.press("登记解除");
    expect(await noticeOf(counter.page)).toBe("解除已登记。");
  });

  test("an objection from the portal to the court's decision", async () => {
    const matter = newCase();
    const form = { receivedOn: addDays(today(), -3), notice: { endsOn: addDays(today(), -20), warned: true } };
    const { listing } = await house.publishBoth(matter, { form, listing: { groundAroseOn: addDays(today(), -10) } });
    const judge = await enrolled(house.service, clock, { role: "judge", name: "测试承办法官" });
    const { page, keys } = await open(`/workbench/listings/${listing.id}`);
    await signIn(keys, judge);
    await keys.open("发放查询码");
    await keys.press("发放查询码");
    const code = await page.locator("code.secret").innerText();
    const party = await open(`/search/listings/${listing.id}`);
    await party.keys.press("申请纠正");
    await party.keys.type("姓名（名称）", matter.name);
    await party.keys.choose("证件类型", "居民身份证");
    await party.keys.type("证件号码", matter.number);
    await party.keys.type("查询码", code);
    await party.keys.tick("不应纳入");
    await party.keys.type("事实与理由", "债务早已清偿。");
    await party.keys.press("核对并继续");
    await party.keys.press("提交申请");
    const receipt = await party.page.locator("code.receipt").innerText();

    await page.goto(`${house.service.url}/workbench/objections/${receipt}`);
    await keys.open("理由成立，予以纠正");
    await keys.tick("撤销（不应纳入）");
    await keys.type("理由", "经查属实。");
    await keys.press("理由成立，予以纠正");
    await keys.open("执行纠正");
    await keys.type(/^事由$/, "决定予以撤销");
    await keys.press("执行纠正");
    expect(page.url()).toContain("done=correct");
  });

  test("a second person releases a load that was held", async () => {
    const sender = await openSender(house.service, "siming-keys");
    const change = { scope: "court" as const, scopeCode: "闽0203" };
    await house.service.db.transaction((tx) => changeSource(tx, "operator:test", "siming-keys", change));
    await sender.send(fileOf(rowsOf(30, 700)), { rows: 30 });
    const held = await sender.send(fileOf(rowsOf(20, 700)), { rows: 20 });
    expect(held.state).toBe("held");
    const judge = await enrolled(house.service, clock, { role: "judge", name: "测试法官" });
    const { page, keys } = await open(`/workbench/loads/siming-keys/${held.id}`);
    await signIn(keys, judge);
    await keys.open("放行");
    await keys.press("放行");
    expect(await page.locator("dl.summary .tag").first().innerText()).toBe("已生效");
  });
});

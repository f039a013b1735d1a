// The pages' journeys by keyboard alone: a party searches and objects, a clerk drafts, the president decides, an officer
// checks and reports, a second person releases a load.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeSource } from "../../src/feeds/index.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { switchOn } from "../agencies/switched-on.ts";
import { hasBrowser, useBrowser } from "../browser.ts";
import { codeOf, enrolled, PASSWORD, type Person, testClock } from "../courts/accounts/person.ts";
import { type Keyboard, keyboardOf } from "../keyboard.ts";
import { type Courthouse, newCase, openCourthouse } from "../registry/courthouse.ts";
import { fileOf, openSender, rowsOf } from "../feeds/sender.ts";
import { listingOf } from "../service.ts";
import { headingOf, noticeOf } from "../inside-pages.ts";

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

  async function open(path: string) {
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

  test("a party finds the listing and begins an application", async () => {
    const name = "厦门测试键盘有限公司";
    const document = { kind: "uscc" as const, number: "91350200MA0000007F" };
    await house.service.publish(listingOf({ name, document }, newCase()));
    const { page, keys } = await open("/");
    await keys.type("姓名、名称或代码", name);
    await keys.press("查询");
    expect(await headingOf(page)).toBe("查询结果");
    await keys.press(name);
    await keys.press("申请纠正");
    await keys.type("姓名（名称）", name);
    await keys.type("证件号码", document.number);
    await keys.type("查询码", "0000-0000-0000-0000");
    await keys.tick("不应纳入");
    await keys.type("事实与理由", "债务早已清偿。");
    await keys.press("核对并继续");
    expect(await page.locator("main").innerText()).toContain("债务早已清偿。");
  });

  test("an officer signs in, checks, and reports what was found", async () => {
    const matter = newCase();
    await house.service.publish(
      listingOf({ name: matter.name, document: { kind: "resident_id", number: matter.number } }, matter),
    );
    const { agencyId } = house.service;
    const officer = await enrolled(house.service, clock, { role: "agency_officer", agencyId });
    const { page, keys } = await open("/console/check");
    await signIn(keys, officer);
    await keys.choose("核查事由", "政府采购供应商资格审查");
    await keys.type("办理事项编号", "XM-2026-KEYS");
    await keys.type("姓名（名称）", matter.name);
    await keys.choose("证件类型", "居民身份证");
    await keys.type("证件号码", matter.number);
    await keys.press("核查");
    expect(await page.locator("main").innerText()).toContain("命中（列入名单）");
    await keys.press("查看反馈任务");
    await keys.press("已实施惩戒");
    expect(await headingOf(page)).not.toBe("");
  });

  test("a clerk drafts and the president decides", async () => {
    const clerk = await enrolled(house.service, clock, { role: "clerk", name: "测试书记员" });
    const matter = newCase();
    const { page, keys } = await open("/workbench/drafting");
    await signIn(keys, clerk);
    await keys.type("案号", matter.caseNumber);
    await keys.press("开始草拟");
    await keys.choose("启动", "申请执行人");
    await keys.typeDate("收到申请", addDays(today(), -3));
    await keys.typeDate("执行通知书指定", addDays(today(), -10));
    await keys.tick("执行通知书载明了");
    await keys.type("姓名或者名称", matter.name);
    await keys.choose("证件类型", "居民身份证");
    await keys.type("证件号码", matter.number);
    await keys.type("生效法律文书确定的义务", "偿还借款人民币10000元");
    await keys.tick("有履行能力而拒不履行");
    await keys.typeDate("情形发生日期", addDays(today(), -5));
    for (const bar of ["被执行人提供了充分有效担保", "被采取查封", "被执行人履行顺序在后", "其他不属于"])
      await keys.choose(bar, "不存在");
    await keys.press("核对");
    expect(await headingOf(page)).toBe("提交前核对");
    await keys.press("提交草拟");
    expect(await noticeOf(page)).toContain("草拟已提交");
    const { caseNumber } = matter;
    const { body } = await house.service.request.get("/v1/listings").query({ caseNumber }).set(house.clerk.headers);
    const [drafted] = body.data as { id: string; list: string }[];
    await page.goto(`${house.service.url}/workbench/listings/${drafted?.id}`);
    await keys.type("文号", "决定书第90000077号");
    await keys.typeDate("文书日期", today());
    await keys.press("打印文书");

    const president = await enrolled(house.service, clock, { role: "president", name: "测试院长" });
    const desk = await open("/workbench/decisions");
    await signIn(desk.keys, president);
    await desk.keys.tick(`签发${matter.name}的`);
    await desk.keys.press("核对所选，准备签发");
    clock.passSeconds(30);
    await desk.keys.type("密码", PASSWORD);
    await desk.keys.type("动态码", codeOf(president.secret, clock));
    await desk.keys.press("签发");
    expect(await noticeOf(desk.page)).toContain("共1件，已决定1件");
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

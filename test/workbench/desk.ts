// What a court's staff do at their desks through the pages of the workbench: draft, sign, act on a listing, decide.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { addDays } from "../../src/platform/time.ts";
import { codeOf, PASSWORD, type Person, type TestClock } from "../courts/accounts/person.ts";
import { headingOf, noticeOf, press } from "../inside-pages.ts";
import type { Case } from "../registry/courthouse.ts";

/** From the page where drafts begin to the draft that was handed in: a listing and a limit. */
export async function draftCase(page: Page, matter: Case, today: string): Promise<void> {
  await page.getByLabel("案号").fill(matter.caseNumber);
  await press(page, "开始草拟");
  await fillDraft(page, matter, today);
  await press(page, "核对");
  expect(await headingOf(page)).toBe("提交前核对");
  expect(await page.locator("main").innerText()).toContain("1101******");
  expect(await page.locator("main").innerText()).not.toContain(matter.number);
  await press(page, "提交草拟");
  expect(await noticeOf(page)).toContain("草拟已提交");
}

async function fillDraft(page: Page, { name, number }: Case, today: string): Promise<void> {
  await page.getByLabel("启动").selectOption("creditor");
  await page.getByLabel("收到申请（立项）日期").fill(addDays(today, -3));
  await page.getByLabel("执行通知书指定的履行期间至").fill(addDays(today, -10));
  await page.getByLabel("执行通知书载明了纳入名单的风险提示").check();
  await page.getByLabel("姓名或者名称").fill(name);
  await page.getByLabel("证件类型").selectOption("resident_id");
  await page.getByLabel("证件号码").fill(number);
  await page.getByLabel("生效法律文书确定的义务").fill("偿还借款人民币10000元");
  await page.getByLabel("有履行能力而拒不履行生效法律文书确定义务").check();
  await page.getByLabel("情形发生日期").fill(addDays(today, -5));
  for (const bar of ["充分有效担保", "足以清偿债务", "履行顺序在后", "其他不属于"])
    await page.getByLabel(bar).selectOption("absent");
}

/** Prints the paper of the listing's page, which is then the one that may be decided. */
export async function printPaper(page: Page, number: string, today: string): Promise<void> {
  await page.getByLabel("文号").fill(number);
  await page.getByLabel("文书日期").fill(today);
  await press(page, "打印文书");
  expect(await page.locator("body").innerText()).toContain(number);
}

/** Signs the drafts of the page of decisions with password and one code. */
export async function signDrafts(page: Page, ids: readonly string[], person: Person, clock: TestClock): Promise<void> {
  for (const id of ids) await page.locator(`input[value="${id}"]`).check();
  await press(page, "核对所选，准备签发");
  expect(await headingOf(page)).toBe(`签发${ids.length}件决定`);
  clock.passSeconds(30);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByLabel("动态码").fill(codeOf(person.secret, clock));
  await press(page, "签发");
  expect(await noticeOf(page)).toContain(`共${ids.length}件，已决定${ids.length}件`);
}

/** Fills in the form of the act at `url`, whose fields are named by their labels, and takes it. */
export async function takeAct(page: Page, url: string, fields: Readonly<Record<string, string>>, name: string) {
  await page.goto(url);
  for (const [label, value] of Object.entries(fields)) {
    const control = page.getByLabel(label, { exact: true });
    const isSelect = await control.evaluate((element) => element.tagName === "SELECT");
    await (isSelect ? control.selectOption(value) : control.fill(value));
  }
  await press(page, name);
}

/** Service, what is still unperformed, and publication, as the law wants them. */
export async function publishDecided(page: Page, listing: string, today: string): Promise<void> {
  const act = (place: string, fields: Readonly<Record<string, string>>, name: string) =>
    takeAct(page, `${listing}/acts/${place}`, fields, name);
  await act("record-service", { 送达日期: today, 送达方式: "in_person" }, "登记送达");
  expect(await noticeOf(page)).toBe("送达已登记。");
  await act("state-unperformed", { 查明未履行的日期: today }, "登记未履行情况");
  await act("publish", {}, "公布");
  expect(await noticeOf(page)).toContain("已公布");
}

/** Because the debt was paid today: off the list (art. 10), or the limit lifted (limit rule art. 9). */
export async function endPaid(page: Page, listing: string, today: string, list = "dishonest"): Promise<void> {
  const way = list === "dishonest" ? "operation=delete&ground=R1" : "operation=lift&ground=performed";
  const paid = { 事由发生日期: today, 事由到达法院日期: today, 事由: "款项已全部到账" };
  await takeAct(page, `${listing}/acts/exit?${way}`, paid, "移出名单");
  expect(await noticeOf(page)).toContain("已移出");
}

/** On the page of a listing: the code that its party is handed. */
export async function issuePartyCode(page: Page): Promise<string> {
  await page.locator("summary").filter({ hasText: "发放查询码" }).click();
  await press(page, "发放查询码");
  return page.locator("code.secret").innerText();
}

/** Upholds the objection whose page is shown, and carries the correction out. */
export async function upholdObjection(page: Page): Promise<void> {
  await page.getByText("理由成立，予以纠正", { exact: true }).first().click();
  const form = page.locator('form[action$="/uphold"]');
  await form.getByLabel("撤销（不应纳入）", { exact: true }).check();
  await form.getByLabel("理由").fill("经查属实。");
  await form.getByRole("button").click();
  await page.waitForURL(/done=uphold/);
  await page.getByText("执行纠正", { exact: true }).first().click();
  const carried = page.locator('form[action$="/correct"]');
  await carried.getByLabel("事由", { exact: true }).fill("决定予以撤销");
  await carried.getByRole("button").click();
  await page.waitForURL(/done=correct/);
}

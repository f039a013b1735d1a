// What an agency's officer does at the counter through the pages of the console: asks, reports, lifts.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { press } from "../inside-pages.ts";

export type Asked = { name: string; number: string; type: "resident_id" | "uscc"; matter: string };

/** Asks about the party for a supplier's qualification. */
export async function checkParty(page: Page, { name, number, type, matter }: Asked): Promise<void> {
  await page.getByLabel("核查事由").selectOption({ label: "政府采购供应商资格审查" });
  await page.getByLabel("办理事项编号").fill(matter);
  await page.getByLabel("姓名（名称）").fill(name);
  await page.getByLabel("证件类型").selectOption(type);
  await page.getByLabel("证件号码").fill(number);
  await press(page, "核查");
  expect(page.url()).not.toContain(number);
}

/** From the page of a hit to the form in which a sanction is reported, filled in but for the notice to the person. */
export async function openReport(page: Page, today: string): Promise<void> {
  await page.getByRole("link", { name: "查看反馈任务，反馈办理结果" }).click();
  await page.getByRole("link", { name: "已实施惩戒" }).click();
  await page.getByLabel("决定文号").fill("厦财决〔2026〕12号");
  await page.getByLabel("决定日期").fill(today);
  await page.getByText("在列期间").click();
}

export async function reportWithNotice(page: Page, today: string): Promise<void> {
  await page.getByLabel("告知书文号").fill("厦财告〔2026〕12号");
  await page.getByLabel("告知书送达日期").fill(today);
  await page.getByLabel("送达方式").selectOption("in_person");
  await press(page, "登记惩戒");
  expect(await page.getByRole("status").innerText()).toBe("反馈已登记。");
}

/** Lifts what the console's home names first of all that is owed. */
export async function liftFirst(page: Page, today: string): Promise<void> {
  await page.getByRole("region", { name: "名单移出后应当解除的惩戒" }).getByRole("link").first().click();
  await page.getByLabel("解除日期").fill(today);
  await page.getByLabel("解除文号").fill("厦财解〔2026〕3号");
  await page.getByLabel("说明").fill("名单已移出");
  await press(page, "登记解除");
  expect(await page.getByRole("status").innerText()).toBe("解除已登记。");
  expect(await page.locator("main").innerText()).toContain("已解除");
}

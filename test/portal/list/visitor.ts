// What somebody of the public does at the portal's pages: search, prove to be the party, object.
import type { Page } from "playwright-core";
import type { Case } from "../../registry/courthouse.ts";

export async function searchFor(page: Page, words: string): Promise<void> {
  await page.getByLabel("姓名、名称或代码").fill(words);
  await page.getByRole("button", { name: "查询", exact: true }).click();
  await page.waitForLoadState();
}

export const countFound = (page: Page) => page.locator("tbody tr").count();

export async function fillClaim(page: Page, { name, number }: Case, code: string): Promise<void> {
  await page.getByLabel("姓名（名称）").fill(name);
  await page.getByLabel("证件号码").fill(number);
  await page.getByLabel("查询码").fill(code);
}

/** From the page of the listing to the receipt of what was filed. */
export async function fileObjection(page: Page, matter: Case, code: string): Promise<string> {
  await page.getByRole("link", { name: "申请纠正" }).click();
  await fillClaim(page, matter, code);
  await page.getByLabel("不应纳入").check();
  await page.getByLabel("事实与理由").fill("债务早已清偿，不应列入名单。");
  await page.getByRole("button", { name: "核对并继续" }).click();
  await page.getByRole("button", { name: "提交申请" }).click();
  await page.getByText("申请已收到").first().waitFor();
  return page.locator("code.receipt").innerText();
}

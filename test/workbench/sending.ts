// A file sent through the form of the workbench, and the release of one that a gate holds.
import type { Page } from "playwright-core";
import { expect } from "vitest";

export type Sent = { mode: "全量" | "增量"; rows?: number; file: Buffer };

export const stateOfLoad = (page: Page) => page.locator("dl.summary .tag").first().innerText();

/** Fills in the form, and waits until the file has been read. */
export async function sendLoad(page: Page, { mode, rows, file }: Sent): Promise<void> {
  await page.getByRole("radio", { name: mode }).check();
  if (rows !== undefined) await page.getByLabel("总行数").fill(String(rows));
  await page
    .getByLabel("文件", { exact: true })
    .setInputFiles({ name: "名单.jsonl", mimeType: "application/jsonl", buffer: file });
  await page.getByRole("button", { name: "报送" }).click();
  await page.waitForURL(/lod_/);
  const reread = async () => {
    await page.goto(page.url());
    return stateOfLoad(page);
  };
  await expect.poll(reread, { timeout: 30_000 }).not.toMatch(/接收中|校验中/);
}

export async function releaseLoad(page: Page): Promise<void> {
  await page.locator("details.act summary", { hasText: "放行" }).click();
  await page.getByRole("button", { name: "放行" }).click();
}

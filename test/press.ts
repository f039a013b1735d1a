// Pressing a button of a page, as tests of pages with and without script do.
import type { Page } from "playwright-core";

/** Presses the button and waits for the page that it leads to. */
export async function press(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).click()]);
}

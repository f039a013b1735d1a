// Pages behind the sign-in as tests use them in a real browser: opened by somebody who signs in, pressed, and read.
import type { Page } from "playwright-core";
import { violationsOf } from "./axe.ts";
import { scrollsSideways, type Visit, type VisitOptions } from "./browser.ts";
import type { Person, TestClock } from "./courts/accounts/person.ts";
import { signInBrowser } from "./portal/account/browser-sign-in.ts";

export type Visiting = (url: string, options?: VisitOptions) => Promise<Visit>;
type SignedIn = { person: Person; clock: TestClock };

/** Through the form, which leads on to the page. */
export async function openSignedIn(
  visit: Visiting,
  url: string,
  { person, clock }: SignedIn,
  options: VisitOptions = {},
): Promise<Visit> {
  const visited = await visit(url, options);
  await signInBrowser(visited.page, person, clock);
  return visited;
}

/** Presses the button and waits for the page that it leads to. */
export async function press(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).click()]);
}

export const headingOf = (page: Page) => page.locator("h1").innerText();
export const noticeOf = (page: Page) => page.getByRole("status").first().innerText();

/** What axe finds in either theme, and whether anything is cut off. Needs a page that runs scripts. */
export async function faultsOf(page: Page): Promise<string[]> {
  return [...(await violationsOf(page)), ...((await scrollsSideways(page)) ? ["scrolls sideways"] : [])];
}

// Signing in through the form, as the tests of all pages behind it do.
import type { Page } from "playwright-core";
import { codeOf, PASSWORD, type Person, type TestClock } from "../../courts/accounts/person.ts";

/** Fills in the form that the page shows, half a minute after the last code, and waits for what it leads to. */
export async function signInBrowser(page: Page, person: Person, clock: TestClock): Promise<void> {
  clock.passSeconds(30);
  await page.getByLabel("账号", { exact: true }).fill(person.login);
  await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await page.getByLabel("动态码或恢复码").fill(codeOf(person.secret, clock));
  await Promise.all([
    page.waitForURL((url) => url.pathname !== "/sign-in"),
    page.getByRole("button", { name: "登录" }).click(),
  ]);
}

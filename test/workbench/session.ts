// A page of the workbench opened by somebody whose session stands already, as after the sign-in form.
import { expect } from "vitest";
import type { Visit, VisitOptions } from "../browser.ts";
import { faultsOf, type Visiting } from "../inside-pages.ts";

/** Axe finds nothing in either theme, and nothing is cut off; without script nobody can look. */
export async function expectReadable({ page }: Pick<Visit, "page">, script = true): Promise<void> {
  if (!script) return;
  expect(await faultsOf(page)).toEqual([]);
}

/** `person.headers` are those of `signInStaff`. */
export async function openAs(
  visit: Visiting,
  url: string,
  person: { headers: Record<string, string> },
  path: string,
  options: VisitOptions = {},
): Promise<Visit> {
  const opened = await visit(`${url}/sign-in`, options);
  const [name = "", value = ""] = (person.headers["Cookie"] ?? "").split("=");
  await opened.page
    .context()
    .addCookies([{ name, value, url: url.replace(/^http:/, "https:"), httpOnly: true, secure: true, sameSite: "Lax" }]);
  await opened.page.goto(url + path, { waitUntil: "networkidle" });
  return opened;
}

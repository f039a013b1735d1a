// What axe-core finds wrong with a page, in both of its themes (WCAG 2.2 AA and axe's own best practices).
import axe from "axe-core";
import type { Page } from "playwright-core";

type Found = { violations: { id: string; nodes: { html: string }[] }[] };

/** The second theme differs in nothing but its colours. */
const themes = { light: {}, dark: { runOnly: ["color-contrast", "link-in-text-block"] } };

/** Each violation with the first element that has it; empty where there is none. Needs a page that runs scripts. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(axe.source);
  for (const [colorScheme, options] of Object.entries(themes)) {
    await page.emulateMedia({ colorScheme: colorScheme as keyof typeof themes });
    const { violations } = await page.evaluate<Found>(`axe.run(${JSON.stringify(options)})`);
    found.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id} at ${nodes[0]?.html}`));
  }
  return found;
}

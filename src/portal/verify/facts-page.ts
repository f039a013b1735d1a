// What is confirmed, line by line, to be compared with a paper.
import { html } from "hono/html";
import type { Markup } from "../../ui/index.ts";

export function factList(facts: readonly (readonly string[])[]): Markup {
  return html`<dl>
    ${facts.map(
      ([label, value]) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

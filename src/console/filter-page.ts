// The states by which a list is read, as links: the one that is shown is marked.
import { html } from "hono/html";
import type { Markup } from "../ui/index.ts";

export function filterLinks(path: string, filters: Readonly<Record<string, string>>, current: string): Markup {
  return html`<nav class="filters" aria-label="按状态查看">
    ${Object.entries(filters).map(
      ([state, label]) =>
        html`<a href="${path}?state=${state}" ${state === current ? html`aria-current="true"` : ""}>${label}</a>`,
    )}
  </nav>`;
}

/** The state that an address asks for, where it is one of `filters`. */
export function chosenFilter<Filters extends Readonly<Record<string, string>>>(
  filters: Filters,
  given: string | undefined,
  otherwise: keyof Filters & string,
): keyof Filters & string {
  return given !== undefined && Object.hasOwn(filters, given) ? given : otherwise;
}

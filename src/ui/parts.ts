// The parts that pages are made of beside forms: tables, lists of facts, states, pages of a list, times.
import { html } from "hono/html";
import type { Markup } from "./page.ts";

export type Cell = Markup | string | number | null;

/**
 * A table that scrolls in its own frame, and on a telephone is a list of its rows, each cell under its heading: the roles
 * stand for what a browser forgets then. A column of buttons has an empty heading. `caption` says what the table lists.
 */
export function table(caption: string, headings: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="${caption}">
    <table role="table">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr role="row">
          ${headings.map((heading) => (heading === "" ? html`<td></td>` : html`<th scope="col">${heading}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr role="row">
              ${cells.map((cell, at) => html`<td role="cell" data-label="${headings[at]}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What is said where a list is empty. */
export function nothing(words: string): Markup {
  return html`<p class="soft nothing">${words}</p>`;
}

/** Figures, each a way to what it counts. */
export function figureLinks(figures: readonly { href: string; label: string; value: string }[]): Markup {
  return html`<ul class="figures">
    ${figures.map(
      ({ href, label, value }) =>
        html`<li class="card">
          <a href="${href}"><strong>${value}</strong>${label}</a>
        </li>`,
    )}
  </ul>`;
}

/** How many there are, as far as one page tells. */
export function countOf({ data, hasMore }: { data: readonly unknown[]; hasMore: boolean }): string {
  return hasMore ? `${data.length}+` : String(data.length);
}

/** Facts by name; with `change` the link that leads back to the field (GOV.UK: check answers). */
export type Fact = { label: string; value: Cell; change?: string | undefined };

export function summaryList(facts: readonly Fact[]): Markup {
  return html`<dl class="summary">
    ${facts.map(
      ({ label, value, change }) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value === null || value === "" ? html`<span class="soft">未提供</span>` : value}</dd>
          ${
            change
              ? html`<dd class="change">
                  <a href="${change}">变更<span class="unseen">${label}</span></a>
                </dd>`
              : ""
          }
        </div>`,
    )}
  </dl>`;
}

export type Tone = "plain" | "good" | "bad" | "warn" | "info";

/** A state in a word; the colour repeats what the word says. */
export function tag(words: string, tone: Tone = "plain"): Markup {
  return html`<span class="tag tag-${tone}">${words}</span>`;
}

/** What was done, on the page that follows the act. */
export function notification(words: string | null): Markup {
  return words === null ? html`` : html`<p class="card result result-good" role="status">${words}</p>`;
}

/** The way on through a list, where there is one. */
export function nextPage(path: string, query: Record<string, string | undefined>, cursor: string | null): Markup {
  if (cursor === null) return html``;
  const asked = new URLSearchParams({ cursor });
  for (const [name, value] of Object.entries(query)) if (value) asked.set(name, value);
  return html`<nav class="pages" aria-label="分页">
    <a rel="next" href="${path}?${asked.toString()}">下一页</a>
  </nav>`;
}

/** 2026年11月22日 09:30, as the clocks of courts show it; null is a dash. */
export function moment(time: string | null): Markup {
  if (time === null) return html`—`;
  const shown = new Date(new Date(time).getTime() + 8 * 3_600_000).toISOString();
  return html`<time datetime="${time}">${day(shown.slice(0, 10))} ${shown.slice(11, 16)}</time>`;
}

/** 2026年11月22日 */
export function day(date: string | null): Markup {
  if (date === null) return html`—`;
  const [year, month, rest] = date.split("-");
  return html`<time datetime="${date}">${year}年${Number(month)}月${Number(rest)}日</time>`;
}

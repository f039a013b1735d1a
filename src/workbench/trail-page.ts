// The audit tab of one object, of whatever kind: who did what to it, when and why, newest first.
import { html } from "hono/html";
import type { getTrail } from "../registry/inspection/operations.ts";
import { type AnswerOf, type Markup, moment, nextPage, nothing, table, wordOf } from "../ui/index.ts";
import { auditWords } from "./words.ts";

export type Trail = AnswerOf<typeof getTrail>;
export type TrailTab = {
  /** The object's own page, and what it is called there. */
  back: { href: string; label: string };
  /** The address of the tab. */
  path: string;
  /** What is said of an object that nobody has acted on. */
  untouched?: string;
};

export function trailContent(
  { data, nextCursor }: Trail,
  { back, path, untouched = "还没有留痕。" }: TrailTab,
): Markup {
  const rows = data.map(({ at, actor, name: person, action, reason, detail }) => [
    moment(at),
    html`${person ?? actor}${person === null ? "" : html`<br /><span class="soft">${actor}</span>`}`,
    wordOf(auditWords, action),
    reason ?? "",
    html`<span class="soft">${detailText(detail)}</span>`,
  ]);
  return html`<p><a href="${back.href}">返回${back.label}</a></p>
    <h1>办理留痕</h1>
    ${rows.length === 0 ? nothing(untouched) : table("办理留痕，新的在前", ["时间", "办理人", "事项", "事由", "记录"], rows)}
    ${nextPage(path, {}, nextCursor)}`;
}

/** Facts of the trail as they were written: members and values, without personal data. */
function detailText(detail: Readonly<Record<string, unknown>>): string {
  const shown = ([member, value]: [string, unknown]) =>
    `${member}：${typeof value === "string" ? value : JSON.stringify(value)}`;
  return Object.entries(detail).map(shown).join("；");
}

// The audit tab of a listing, and the page that shows the whole number of its party once.
import { html } from "hono/html";
import { heldDocumentWords } from "../../identity/words.ts";
import type { getTrail, postReveal } from "../../registry/inspection/operations.ts";
import { type AnswerOf, type Markup, moment, nextPage, nothing, summaryList, table } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { auditWords } from "../words.ts";

type Trail = AnswerOf<typeof getTrail>;

export function auditContent(id: string, name: string, { data, nextCursor }: Trail): Markup {
  const rows = data.map(({ at, actor, name: person, action, reason, detail }) => [
    moment(at),
    html`${person ?? actor}${person === null ? "" : html`<br /><span class="soft">${actor}</span>`}`,
    wordOf(auditWords, action),
    reason ?? "",
    html`<span class="soft">${detailText(detail)}</span>`,
  ]);
  return html`<p><a href="/workbench/listings/${id}">返回${name}</a></p>
    <h1>办理留痕</h1>
    ${
      rows.length === 0
        ? nothing("没有留痕：本条由文件载入，法院尚未办理。")
        : table("办理留痕，新的在前", ["时间", "办理人", "事项", "事由", "记录"], rows)
    }
    ${nextPage(`/workbench/listings/${id}/audit`, {}, nextCursor)}`;
}

/** Facts of the trail as they were written: members and values, without personal data. */
function detailText(detail: Readonly<Record<string, unknown>>): string {
  const shown = ([member, value]: [string, unknown]) =>
    `${member}：${typeof value === "string" ? value : JSON.stringify(value)}`;
  return Object.entries(detail).map(shown).join("；");
}

export function revealContent(id: string, { name, documents }: AnswerOf<typeof postReveal>): Markup {
  return html`<h1>${name}</h1>
    <p>本次查看已记入办理留痕。离开本页后不再显示。</p>
    ${summaryList(
      documents.map(({ type, number, masked }) => ({
        label: wordOf(heldDocumentWords, type),
        value:
          number === null
            ? html`${masked}<br /><span class="soft">名单来源只有部分号码</span>`
            : html`<code>${number}</code>`,
      })),
    )}
    <p><a class="button-secondary" href="/workbench/listings/${id}">返回名单信息</a></p>`;
}

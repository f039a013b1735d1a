// The page that shows the whole number of a listing's party once.
import { html } from "hono/html";
import type { postReveal } from "../../registry/inspection/operations.ts";
import { type AnswerOf, type Markup, summaryList } from "../../ui/index.ts";
import * as words from "../words.ts";

export function revealContent(id: string, { name, documents }: AnswerOf<typeof postReveal>): Markup {
  return html`<h1>${name}</h1>
    <p>本次查看已记入办理留痕。离开本页后不再显示。</p>
    ${summaryList(
      documents.map(({ type, number, masked }) => ({
        label: words.wordOf(words.documentWords, type),
        value:
          number === null
            ? html`${masked}<br /><span class="soft">名单来源只有部分号码</span>`
            : html`<code>${number}</code>`,
      })),
    )}
    <p><a class="button-secondary" href="/workbench/listings/${id}">返回名单信息</a></p>`;
}

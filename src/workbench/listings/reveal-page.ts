// The page that shows the whole number of a listing's party once.
import { html } from "hono/html";
import { heldDocumentWords } from "../../identity/words.ts";
import type { postReveal } from "../../registry/inspection/operations.ts";
import { type AnswerOf, type Markup, summaryList, wordOf } from "../../ui/index.ts";

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

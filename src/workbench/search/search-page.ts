// The form of the search, and what it found.
import { html } from "hono/html";
import { documentWords } from "../../identity/words.ts";
import type { postSearch } from "../../registry/inspection/operations.ts";
import { listWords } from "../../registry/words.ts";
import { type AnswerOf, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { nothing, type Reader, select, submit } from "../../ui/index.ts";
import { choicesOf } from "../../ui/index.ts";
import { listingTable } from "../listings/list-page.ts";

type Found = AnswerOf<typeof postSearch>;

export function searchContent({
  reader,
  state,
  found,
}: {
  reader: Reader;
  state: FormState;
  found: Found | null;
}): Markup {
  const documents = choicesOf(documentWords);
  const listChoices = choicesOf(listWords);
  return html`${errorSummary(state)}
    <h1>查找</h1>
    <p>
      在本院（或者指定的下级法院）的名单信息中，按姓名或者名称、案号查找；按证件号码查找时，查找您可以查看的全部法院。每次查找留痕。
    </p>
    <form class="card" method="post" action="/workbench/search" role="search" aria-label="查找">
      ${hiddenFields(reader.csrfToken)}
      ${field({ name: "name", label: "姓名或者名称", hint: "须填写全称。", state, maxlength: 200 })}
      ${field({ name: "caseNumber", label: "案号", state, maxlength: 200 })}
      <div class="row">
        ${select({ name: "document/type", label: "证件类型", state, required: true, initial: "resident_id", choices: documents })}
        ${field({ name: "document/number", label: "证件号码", state, maxlength: 64 })}
      </div>
      <div class="row">
        ${select({ name: "list", label: "名单", emptySays: "全部", state, choices: listChoices })}
        ${field({ name: "court", label: "法院代字", hint: "例如 闽0203。", state, maxlength: 20 })}
      </div>
      ${submit("查找")}
    </form>
    ${found ? html`<div role="status">${foundPart(found)}</div>` : ""}`;
}

function foundPart({ data, hasMore }: Found): Markup {
  if (data.length === 0) return nothing("没有查到。");
  return html`${listingTable("查找结果，新的在前", data)}
  ${hasMore ? html`<p class="soft">只列出最近的${data.length}条，请填写更多条件。</p>` : ""}`;
}

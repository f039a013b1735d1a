// Asking the court whose number a document is: the question, what was asked, what came of it.
import { html } from "hono/html";
import type { getAskedRequest, getAskedRequests } from "../../sanctions/identity/operations.ts";
import { findingWords, proofWords, requestStateWords } from "../../sanctions/words.ts";
import {
  type AnswerOf,
  choices,
  day,
  errorSummary,
  type FormState,
  hiddenFields,
  type Markup,
} from "../../ui/index.ts";
import { moment, nextPage, nothing, type Reader, submit, summaryList, table, tag, textArea } from "../../ui/index.ts";
import { choicesOf, wordOf, wordsFor } from "../../ui/index.ts";
import { partyFacts, type RecordedCheck } from "../checks/answer-page.ts";
import { filterLinks } from "../filter-page.ts";

type Requests = AnswerOf<typeof getAskedRequests>;
type IdentityRequest = AnswerOf<typeof getAskedRequest>;

export const requestFilters = wordsFor(requestStateWords, ["open", "answered"]);
export type RequestState = keyof typeof requestFilters;

function requestTag({ state, overdue, finding }: IdentityRequest): Markup {
  if (state === "open") return overdue ? tag("法院逾期未答复", "bad") : tag(wordOf(requestStateWords, state), "warn");
  if (state === "revoked") return tag(wordOf(requestStateWords, state), "bad");
  return tag(wordOf(findingWords, finding), finding === "unable" ? "plain" : "good");
}

export function requestsContent(state: RequestState, { data, nextCursor }: Requests): Markup {
  return html`<h1>身份核实请求</h1>
    <p>法院答复之前，事项照常办理，不得据此实施惩戒。请求从核查结果页提出。</p>
    ${filterLinks("/console/identity", requestFilters, state)}
    ${
      data.length === 0
        ? nothing("没有这样的请求。")
        : table(
            "本单位提出的身份核实请求",
            ["提出日期", "法院", "答复期限", "结果", "经办", ""],
            data.map((request) => [
              day(request.askedOn),
              request.court,
              day(request.dueOn),
              requestTag(request),
              html`<span class="soft">${request.operator}</span>`,
              html`<a href="/console/identity/${request.id}">查看<span class="unseen">${request.askedOn}</span></a>`,
            ]),
          )
    }
    ${nextPage("/console/identity", { state }, nextCursor)}`;
}

export function requestContent(request: IdentityRequest): Markup {
  const { id, state, askedOn, dueOn, court, finding, answeredAt, checkId, operator, proofs, redressCode } = request;
  return html`<h1>身份核实请求</h1>
    <p>${requestTag(request)}</p>
    ${summaryList([
      { label: "状态", value: wordOf(requestStateWords, state) },
      { label: "法院", value: court },
      { label: "提出日期", value: day(askedOn) },
      { label: "答复期限", value: day(dueOn) },
      ...(finding ? [{ label: "法院答复", value: wordOf(findingWords, finding) }] : []),
      ...(answeredAt ? [{ label: "答复时间", value: moment(answeredAt) }] : []),
      { label: "已见材料", value: proofs.map((proof) => wordOf(proofWords, proof)).join("、") },
      { label: "经办", value: operator },
      { label: "依据的核查", value: html`<a href="/console/checks/${checkId}"><code>${checkId}</code></a>` },
      ...(redressCode ? [{ label: "核实证明编号", value: html`<code>${redressCode}</code>` }] : []),
    ])}
    ${
      redressCode
        ? html`<p>请打印证明交当事人：凭编号在 <a href="/verify">验证页</a> 可以证明其不是名单所列的人（单位）。</p>
            <p><a class="button-secondary" href="/console/identity/${id}/redress">打印身份核实证明</a></p>`
        : ""
    }`;
}

const labels = { proofs: "已见材料", note: "说明", listingId: "名单信息" };

export type Question = { check: RecordedCheck; listing: string };

export function questionContent(reader: Reader, { check, listing }: Question, state: FormState): Markup {
  const match = check.matches.find(({ listingId }) => listingId === listing);
  return html`${errorSummary(state, labels)}
    <h1>请求法院核实身份</h1>
    ${summaryList([
      ...partyFacts(check),
      { label: "执行法院", value: match?.court.name ?? null },
      { label: "案号", value: match?.caseNumber ?? null },
    ])}
    <form class="card" method="post" action="/console/checks/${check.id}/identity?listing=${listing}">
      ${hiddenFields(reader.csrfToken)}
      ${choices({ name: "proofs", label: "本单位已见的材料", choices: choicesOf(proofWords), many: true, chosen: [], state })}
      ${textArea({ name: "note", label: labels.note, hint: "不要填写证件号码。", rows: 3, maxlength: 500, state })}
      ${submit("送法院核实")}
    </form>`;
}

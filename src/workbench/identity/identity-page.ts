// Identity requests of agencies: what waits for an answer, and one of them with its answer.
import { html } from "hono/html";
import { gradeWords } from "../../checks/words.ts";
import { heldDocumentWords } from "../../identity/words.ts";
import { listWords } from "../../registry/words.ts";
import { findings, type getRequest, type getRequests, type postReveal } from "../../sanctions/identity/operations.ts";
import { findingWords, proofWords, requestStateWords } from "../../sanctions/words.ts";
import { type AnswerOf, choices, day, emptyForm, errorSummary, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nextPage, nothing, notification, type Reader, select, submit } from "../../ui/index.ts";
import { summaryList, table, tag, textArea } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { reasonField } from "../reason-page.ts";
import { findingHints } from "./words.ts";

export const IDENTITY = "/workbench/identity-requests";

type Requests = AnswerOf<typeof getRequests>;
export type IdentityRequest = AnswerOf<typeof getRequest>;
export type Revealed = AnswerOf<typeof postReveal>;
type Standing = Pick<IdentityRequest, "state" | "overdue">;

function stateTag({ state, overdue }: Standing): Markup {
  if (overdue) return tag("逾期未答复", "bad");
  return tag(wordOf(requestStateWords, state), state === "open" ? "warn" : "plain");
}

export function listContent({ data, nextCursor }: Requests, state: string): Markup {
  return html`<h1>身份核实请求</h1>
    <p>核查单位查到号码与姓名不一致，或者号码部分隐去的名单信息时，可以请求法院核实；三个工作日内答复。</p>
    <form class="card row" method="get" action="${IDENTITY}">
      ${select({ name: "state", label: "状态", state: emptyForm, initial: state, emptySays: "全部", choices: choicesOf(requestStateWords, ["open", "answered"]) })}
      <button class="button-secondary">筛选</button>
    </form>
    ${
      data.length === 0
        ? nothing("没有符合条件的请求。")
        : table(
            "身份核实请求，先提出的在前",
            ["案号", "名单所列", "被核查人", "核查结果", "提出", "届满日", "状态"],
            data.map((request) => [
              html`<a href="${IDENTITY}/${request.id}">${request.listing.caseNumber}</a>`,
              request.listing.name,
              request.asked.name,
              wordOf(gradeWords, request.grade),
              day(request.askedOn),
              day(request.dueOn),
              stateTag(request),
            ]),
          )
    }
    ${nextPage(IDENTITY, { state }, nextCursor)}`;
}

export type RequestPage = {
  request: IdentityRequest;
  reader: Reader;
  state: FormState;
  done: string | null;
  mayAnswer: boolean;
  /** Shown on this page only. */
  revealed: Revealed | null;
};

export function requestContent(page: RequestPage): Markup {
  const { request, state, done, mayAnswer } = page;
  return html`${errorSummary(state, { finding: "结论", reasons: "理由", reason: "事由" })} ${notification(done)}
    <h1>身份核实请求 <span class="soft">${request.listing.caseNumber}</span></h1>
    <p><a href="${IDENTITY}/${request.id}/audit">办理留痕</a></p>
    ${facts(request)} ${asked(page)}
    <h2>提出单位</h2>
    ${table(
      "提出核实请求的单位",
      ["单位", "经办人", "已查验材料", "说明", "时间"],
      request.askers.map(({ agency, operator, proofs, note, askedAt }) => [
        agency,
        operator,
        proofs.map((proof) => wordOf(proofWords, proof)).join("、"),
        note,
        moment(askedAt),
      ]),
    )}
    ${answered(request)} ${mayAnswer ? acts(page) : ""}`;
}

function facts(request: IdentityRequest): Markup {
  const { listing, grade, askedOn, dueOn, court } = request;
  return summaryList([
    { label: "状态", value: stateTag(request) },
    {
      label: "名单信息",
      value: html`<a href="/workbench/listings/${listing.id}">${listing.name}</a>，${wordOf(listWords, listing.list)}`,
    },
    { label: "核查结果", value: wordOf(gradeWords, grade) },
    { label: "答复法院", value: court },
    { label: "提出", value: day(askedOn) },
    { label: "答复期限", value: day(dueOn) },
  ]);
}

function asked({ request, revealed, reader, state: given, mayAnswer }: RequestPage): Markup {
  const { name, document } = request.asked;
  const isAgain = given.form === "reveal";
  return html`<h2>被核查人</h2>
    ${
      revealed
        ? html`<div class="card result result-warn" role="status">
            <p>完整信息仅在本页显示，查看已留痕。</p>
            ${summaryList([
              { label: "姓名或者名称", value: revealed.names.join("、") },
              { label: wordOf(heldDocumentWords, revealed.document.type), value: revealed.document.number },
              ...(revealed.document.country ? [{ label: "签发国家（地区）", value: revealed.document.country }] : []),
            ])}
          </div>`
        : summaryList([
            { label: "姓名或者名称", value: name },
            { label: wordOf(heldDocumentWords, document.type), value: document.masked },
          ])
    }
    ${
      mayAnswer && !revealed
        ? html`<details class="card act" ${isAgain ? html`open` : ""}>
            <summary>查看完整姓名、证件号码</summary>
            <form method="post" action="${IDENTITY}/${request.id}/reveal">
              ${hiddenFields(reader.csrfToken)} ${reasonField(isAgain ? given : { ...emptyForm, form: "reveal" }, 500)}
              ${submit("查看（留痕）", "secondary")}
            </form>
          </details>`
        : ""
    }`;
}

function answered({
  finding,
  reasons,
  answeredBy,
  answeredAt,
  revokedAt,
  revokedBy,
  revocationReason,
}: IdentityRequest) {
  if (finding === null) return html``;
  return html`<h2>答复</h2>
    ${summaryList([
      { label: "结论", value: wordOf(findingWords, finding) },
      { label: "理由", value: reasons },
      { label: "答复人", value: html`<code>${answeredBy}</code>，${moment(answeredAt)}` },
      ...(revokedAt
        ? [{ label: "已撤销", value: html`<code>${revokedBy}</code>，${moment(revokedAt)}：${revocationReason}` }]
        : []),
    ])}`;
}

function acts({ request, reader, state: given }: RequestPage): Markup {
  const action = `${IDENTITY}/${request.id}`;
  const hidden = hiddenFields(reader.csrfToken, { version: request.version });
  const stateOf = (form: string) => (given.form === form ? given : { ...emptyForm, form });
  if (request.state === "open")
    return html`<h2>答复</h2>
      <form class="card" method="post" action="${action}/answer">
        ${hidden}
        ${choices({ name: "finding", label: "结论", state: stateOf("answer"), choices: findings.map((value) => ({ value, label: wordOf(findingWords, value), hint: findingHints[value] })) })}
        ${textArea({ name: "reasons", label: "理由", hint: "入卷并留痕，请勿填写证件号码。", state: stateOf("answer"), required: true, rows: 3, maxlength: 2_000 })}
        ${submit("答复")}
      </form>`;
  if (request.state !== "answered") return html``;
  return html`<details class="card act" ${given.form === "revoke" ? html`open` : ""}>
    <summary>撤销有误的答复</summary>
    <form method="post" action="${action}/revoke">
      ${hidden} ${reasonField(stateOf("revoke"), 500)} ${submit("撤销答复", "danger")}
    </form>
  </details>`;
}

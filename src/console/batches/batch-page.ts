// Many parties at once: a pasted list that is answered at once, a file that is answered in the background.
import { html } from "hono/html";
import { partyRoleWords } from "../../agencies/words.ts";
import type { getBulkCheck, getBulkChecks } from "../../checks/bulk/operations.ts";
import type { postBatch } from "../../checks/operations.ts";
import { bulkStateWords, outcomeWords } from "../../checks/words.ts";
import { documentWords } from "../../identity/words.ts";
import { type AnswerOf, errorSummary, type FormState, hiddenFields, type Markup, moment } from "../../ui/index.ts";
import { nextPage, nothing, type Reader, select, submit, summaryList, table, tag, textArea } from "../../ui/index.ts";
import { choicesOf, wordOf } from "../../ui/index.ts";
import { outcomeTag } from "../checks/answer-page.ts";
import { type Agency, matterFields } from "../checks/form-page.ts";
import type { Titles } from "../pages.ts";
import type { PastedParty } from "./pasted-list.ts";

type Bulk = AnswerOf<typeof getBulkCheck>;
type Batch = AnswerOf<typeof postBatch>;

const labels = { purpose: "核查事由", caseReference: "办理事项编号", subjects: "名单" };
const stateOf = (state: FormState, form: string): FormState =>
  state.form === form ? state : { values: {}, refusal: null, form };

export type BatchForms = { agency: Agency; bulks: AnswerOf<typeof getBulkChecks>; titles: Titles; fileMiB: number };

export function batchContent({ csrfToken }: Reader, { agency, ...rest }: BatchForms, state: FormState): Markup {
  const pasted = stateOf(state, "pasted");
  const file = stateOf(state, "file");
  return html`${errorSummary(state, labels)}
    <h1>批量核查</h1>
    <h2>粘贴名单</h2>
    <form class="card" method="post" action="/console/batch">
      ${hiddenFields(csrfToken)} ${matterFields(agency, pasted)}
      ${textArea({
        name: "subjects",
        label: labels.subjects,
        hint: "每行一名：姓名（名称）、证件号码，可另加证件类型、身份、备注；可直接从电子表格粘贴。最多 1000 名。",
        rows: 8,
        maxlength: 200_000,
        state: pasted,
        required: true,
      })}
      <div class="row">
        ${select({ name: "documentType", label: "证件类型（未逐行注明时）", choices: documentChoices(), initial: "resident_id", state: pasted, required: true })}
        ${select({ name: "role", label: "身份（未逐行注明时）", choices: roleChoices(agency), initial: "self", state: pasted, required: true })}
      </div>
      ${submit("核查")}
    </form>
    <h2>上传文件</h2>
    <form class="card" method="post" action="/console/bulk" enctype="multipart/form-data">
      ${hiddenFields(csrfToken)} ${matterFields(agency, file)}
      <div class="field">
        <label for="file">文件</label>
        <p id="file-hint" class="soft hint">
          CSV（UTF-8），首行为 name, documentType, documentNumber, documentCountry, role, formerNames, reference,
          caseReference 中的栏目；最大 ${rest.fileMiB} MiB。<a href="/console/bulk/template">下载模板</a>
        </p>
        <input id="file" name="file" type="file" accept=".csv,text/csv" required aria-describedby="file-hint" />
      </div>
      ${submit("上传并核查")}
    </form>
    ${bulksContent(rest)}`;
}

const documentChoices = () => choicesOf(documentWords);

function roleChoices({ purposes }: Agency) {
  const roles = new Set(["self", ...purposes.flatMap(({ roles }) => roles)]);
  return choicesOf(partyRoleWords, [...roles]);
}

function bulksContent({ bulks: { data, nextCursor }, titles }: Omit<BatchForms, "agency">): Markup {
  return html`<h2>已上传的文件</h2>
    ${
      data.length === 0
        ? nothing("还没有上传过文件。")
        : table(
            "文件核查",
            ["上传时间", "事由", "事项编号", "状态", "进度", ""],
            data.map((bulk) => [
              moment(bulk.createdAt),
              titles.get(bulk.purpose) ?? bulk.purpose,
              bulk.caseReference,
              bulkTag(bulk),
              progressWords(bulk),
              html`<a href="/console/bulk/${bulk.id}">查看<span class="unseen">${bulk.caseReference}</span></a>`,
            ]),
          )
    }
    ${nextPage("/console/batch", {}, nextCursor)}`;
}

const tones = { queued: "plain", running: "info", succeeded: "good", failed: "bad", canceled: "plain" } as const;
const bulkTag = ({ state }: Bulk) => tag(wordOf(bulkStateWords, state), tones[state]);
const progressWords = ({ progress: { done, total } }: Bulk) => `${done} / ${total ?? "…"}`;

export function batchResultContent({ id, results, groupResult }: Batch, parties: readonly PastedParty[]): Markup {
  const groupWords = { ...outcomeWords, incomplete: "成员信息有误，尚不能判断" };
  return html`<h1>批量核查结果</h1>
    ${
      groupResult
        ? html`<section class="card result result-${groupResult.outcome === "clear" ? "good" : "bad"}">
            <h2>联合体：${groupWords[groupResult.outcome]}</h2>
            <p>联合体任一成员列入名单的，视同联合体列入（财库〔2016〕125号）。</p>
          </section>`
        : ""
    }
    ${table(
      "逐名结果，次序与名单相同",
      ["行", "姓名（名称）", "备注", "结果", ""],
      results.map((result, at) => [
        at + 1,
        parties[at]?.name ?? "—",
        result.reference ?? "",
        result.status === "invalid"
          ? html`${tag("信息有误，未核查", "warn")}<br /><span class="soft">${result.problem.detail}</span>`
          : outcomeTag(result.outcome),
        result.status === "invalid"
          ? ""
          : html`<a href="/console/checks/${result.id}">查看<span class="unseen">第${at + 1}行</span></a>`,
      ]),
    )}
    <p class="no-print">
      <a class="button-secondary" href="/console/batches/${id}/certificate">打印批量核查凭证</a>
      <a class="button-secondary" href="/console/checks?batch=${id}">本批核查记录</a>
      <a class="button-secondary" href="/console/batch">继续核查</a>
    </p>`;
}

export function bulkContent({ csrfToken }: Reader, bulk: Bulk, titles: Titles): Markup {
  const { id, purpose, caseReference, operator, createdAt } = bulk;
  return html`<h1>文件核查</h1>
    ${bulkProgress(bulk)}
    <h2>事项</h2>
    ${summaryList([
      { label: "核查事由", value: titles.get(purpose) ?? purpose },
      { label: "办理事项编号", value: caseReference },
      { label: "经办", value: operator },
      { label: "上传时间", value: moment(createdAt) },
    ])}
    ${
      isOver(bulk)
        ? ""
        : html`<form method="post" action="/console/bulk/${id}/cancel">
            ${hiddenFields(csrfToken)} ${submit("取消其余核查", "secondary")}
          </form>`
    }`;
}

const isOver = ({ finishedAt }: Bulk) => finishedAt !== null;

/** The part of the page that follows the work: it asks for itself again until the work is over. */
export function bulkProgress(bulk: Bulk): Markup {
  const { id, state, progress, counts, problem, results, resultsUntil } = bulk;
  const follows = isOver(bulk)
    ? html``
    : html`hx-get="/console/bulk/${id}/progress" hx-trigger="every 2s" hx-swap="outerHTML"`;
  return html`<section id="progress" aria-live="polite" ${follows}>
    <p>
      ${tag(wordOf(bulkStateWords, state), tones[state])}
      <progress max="${Math.max(1, progress.total ?? 1)}" value="${progress.done}" aria-label="核查进度"></progress>
      ${progressWords(bulk)}
    </p>
    ${problem ? html`<p class="card result result-bad">${problem.title}</p>` : ""}
    ${summaryList([
      { label: outcomeWords.listed, value: counts.listed },
      { label: outcomeWords.review, value: counts.review },
      { label: outcomeWords.clear, value: counts.clear },
      { label: "信息有误，未核查", value: counts.invalid },
    ])}
    ${
      results
        ? html`<p>
            <a class="button-secondary" href="/console/bulk/${id}/results" download>下载结果（CSV）</a>
            ${resultsUntil ? html`<span class="soft">保存至${moment(resultsUntil)}</span>` : ""}
          </p>`
        : ""
    }
    ${isOver(bulk) ? "" : html`<p><a href="/console/bulk/${id}">刷新进度</a></p>`}
  </section>`;
}

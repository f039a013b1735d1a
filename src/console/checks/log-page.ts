// The request log, and the inspector of one check: asked, answered, proven.
import { html } from "hono/html";
import type { getChecks } from "../../checks/operations.ts";
import type { postReplay } from "../../checks/replay/operations.ts";
import { actionWords, differenceWords } from "../../checks/words.ts";
import { type AnswerOf, emptyForm, errorSummary, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nextPage, nothing } from "../../ui/index.ts";
import { type Reader, submit, summaryList, table, tag, wordOf } from "../../ui/index.ts";
import type { Titles } from "../pages.ts";
import { answerContent, outcomeTag, partyFacts, type RecordedCheck } from "./answer-page.ts";

type Checks = AnswerOf<typeof getChecks>;
type Replay = AnswerOf<typeof postReplay>;

export function logContent({ data, nextCursor }: Checks, titles: Titles, query: Record<string, string>): Markup {
  const { batch, until } = query;
  return html`<h1>核查记录</h1>
    <form class="card row" method="get" action="/console/checks" role="search" aria-label="筛选核查记录">
      <div class="field">
        <label for="until">截至日期</label>
        <input id="until" name="until" type="date" value="${until ?? ""}" />
      </div>
      ${submit("查看", "secondary")}
    </form>
    ${batch ? html`<p>批次 <code>${batch}</code>：<a href="/console/batches/${batch}/certificate">打印批量核查凭证</a></p>` : ""}
    ${
      data.length === 0
        ? nothing("没有核查记录。")
        : table(
            "本单位的核查记录，证件号码已作隐去处理",
            ["时间", "事由", "事项编号", "当事人", "结果", "经办", ""],
            data.map((check) => [
              moment(check.checkedAt),
              titles.get(check.purpose) ?? check.purpose,
              check.caseReference,
              check.subject
                ? html`${check.subject.name}<br /><span class="soft masked">${check.subject.document.masked}</span>`
                : "已删除",
              html`${outcomeTag(check.outcome)} ${check.late ? tag("事后补查", "warn") : ""}`,
              html`<span class="soft">${check.operator}</span>`,
              html`<a href="/console/checks/${check.id}">查看<span class="unseen">${check.caseReference}</span></a>`,
            ]),
          )
    }
    ${nextPage("/console/checks", query, nextCursor)}`;
}

export type Inspected = { check: RecordedCheck; titles: Titles; task: string | null };

export function inspectorContent(
  reader: Reader,
  { check, titles, task }: Inspected,
  state: FormState = emptyForm,
): Markup {
  const { id, purpose, caseReference, operator, batchId, previousCheckId, receipt } = check;
  return html`${errorSummary(state)}
    <h1>核查结果</h1>
    ${answerContent(check, "核查结果")} ${nextSteps(check, task)}
    <h2>当事人与事项</h2>
    ${summaryList([
      ...partyFacts(check),
      { label: "核查事由", value: titles.get(purpose) ?? purpose },
      { label: "办理事项编号", value: caseReference },
      { label: "经办", value: operator },
      { label: "核查编号", value: html`<code>${id}</code>` },
      ...(batchId
        ? [{ label: "批次", value: html`<a href="/console/checks?batch=${batchId}"><code>${batchId}</code></a>` }]
        : []),
      ...(previousCheckId
        ? [
            {
              label: "前次核查",
              value: html`<a href="/console/checks/${previousCheckId}"><code>${previousCheckId}</code></a>`,
            },
          ]
        : []),
      { label: "名单位置", value: `第 ${check.registerPosition} 次变动之后` },
    ])}
    <h2>凭证</h2>
    <p class="no-print">
      <a class="button-secondary" href="/console/checks/${id}/certificate">打印核查凭证</a>
      ${receipt ? html`<a class="button-secondary" href="/console/checks/${id}/receipt">下载核查回执</a>` : ""}
    </p>
    <p class="soft">回执可在 <a href="/verify">验证页</a> 离线验证，只可交给有权知悉当事人信息的人。</p>
    <h2>重新核查</h2>
    <form class="card" method="post" action="/console/checks/${id}/replay">
      ${hiddenFields(reader.csrfToken)}
      <p>以同一当事人、事由和事项编号重新核查，并说明其间名单有何变化。新的核查单独留存记录。</p>
      ${submit("重新核查并比较", "secondary")}
    </form>`;
}

function nextSteps({ id, matches }: RecordedCheck, task: string | null): Markup {
  const open = matches.filter(({ grade }) => grade !== "exact");
  if (task === null && open.length === 0) return html``;
  return html`<h2>下一步</h2>
    <ul class="no-print">
      ${task === null ? "" : html`<li><a href="/console/tasks/${task}">查看反馈任务，反馈办理结果</a></li>`}
      ${open.map(
        ({ listingId, court, caseNumber }) =>
          html`<li>
            <a href="/console/checks/${id}/identity?listing=${listingId}">请求${court.name}核实身份（${caseNumber}）</a>
          </li>`,
      )}
    </ul>`;
}

export function replayContent({ recorded, reproduced, today, differs, differences }: Replay): Markup {
  return html`<h1>重新核查</h1>
    <p>
      ${differs ? html`<strong>与原核查结果不同。</strong>` : "与原核查结果相同。"}
      ${reproduced ? "按当时的名单可以还原原结果。" : "按留存的历史不能还原原结果：其后确认了当事人的证件号码，或者原核查早于名单历史。"}
    </p>
    ${
      differences.length === 0
        ? ""
        : table(
            "其间的变化",
            ["名单信息", "变化", "时间"],
            differences.map(({ listingId, what, at }) => [
              html`<code>${listingId}</code>`,
              wordOf(differenceWords, what),
              moment(at),
            ]),
          )
    }
    ${answerContent(today, "现在的核查结果")}
    <p><a href="/console/checks/${today.id}">查看新的核查记录</a></p>
    <h2>原核查结果</h2>
    ${summaryList([
      { label: "核查时点", value: moment(recorded.checkedAt) },
      { label: "结果", value: outcomeTag(recorded.outcome) },
      { label: "处理", value: actionWords[recorded.action] },
    ])}
    <p><a href="/console/checks/${recorded.id}">查看原核查记录</a></p>`;
}

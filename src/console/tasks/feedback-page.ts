// The three forms of feedback: sanctioned, with all that a sanction rests on; not sanctioned, with the reason; not the
// person.
import { html } from "hono/html";
import { effectWords } from "../../agencies/words.ts";
import { serviceWords } from "../../registry/words.ts";
import { identityProofs } from "../../sanctions/index.ts";
import {
  durationWords,
  feedbackWords,
  formerSanctionWords,
  noticeExceptionWords,
  proofWords,
  reasonWords,
} from "../../sanctions/words.ts";
import { choices, errorSummary, field, type FormState, hiddenFields, type Markup, nothing } from "../../ui/index.ts";
import { choicesOf, type Reader, select, submit, summaryList, textArea, wordOf } from "../../ui/index.ts";
import { partyFacts } from "../checks/answer-page.ts";
import type { FeedbackKind, Task } from "./task-page.ts";

export const feedbackLabels = {
  measure: "措施",
  "decision/number": "决定文号",
  "decision/datedOn": "决定日期",
  officer: "决定人",
  duration: "期间",
  endsOn: "截止日期",
  confirmedConditions: "已核实的条件",
  "identityProof/kind": "身份核实依据",
  "identityProof/number": "身份核实材料编号",
  "notice/number": "告知书文号",
  "notice/servedOn": "告知书送达日期",
  "notice/servedHow": "送达方式",
  "notice/hearing": "陈述、申辩的途径",
  "noticeException/code": "不予告知的情形",
  "noticeException/article": "不予告知的依据",
  reason: "理由",
  note: "说明",
  "formerSanctions/outcome": "原惩戒的处理",
  "formerSanctions/liftedOn": "原惩戒解除日期",
  "formerSanctions/document": "原惩戒解除文号",
  "formerSanctions/reason": "原惩戒处理的理由",
};

type Given = { reader: Reader; task: Task; state: FormState };

export function feedbackContent(kind: FeedbackKind, measure: string | null, given: Given): Markup {
  const { task, state } = given;
  return html`${errorSummary(state, feedbackLabels)}
    <h1>反馈：${feedbackWords[kind]}</h1>
    ${summaryList([...partyFacts({ subject: task.party }), { label: "办理事项编号", value: task.caseReference }])}
    ${kind === "sanctioned" ? sanctionedForm(measure, given) : plainForm(kind, given)}`;
}

function sanctionedForm(code: string | null, given: Given): Markup {
  const { answer, id } = given.task;
  const [first, ...others] = answer.measures;
  if (!first) return nothing("最近一次核查没有可以采取的措施：身份尚未核实，或者名单信息已移出。");
  const measure = others.length === 0 ? first : answer.measures.find((offered) => offered.code === code);
  if (measure) return measureForm(measure, given);
  return html`<h2>选择措施</h2>
    <ul>
      ${answer.measures.map(
        ({ code: offered, title }) =>
          html`<li><a href="/console/tasks/${id}/feedback/sanctioned?measure=${offered}">${title}</a></li>`,
      )}
    </ul>`;
}

function measureForm(measure: Task["answer"]["measures"][number], { reader, task, state }: Given): Markup {
  const hidden = {
    kind: "sanctioned",
    check: task.lastCheck,
    measure: measure.code,
    replaces: task.feedback?.id ?? null,
  };
  return html`<form
    class="card"
    method="post"
    action="/console/tasks/${task.id}/feedback/sanctioned?measure=${measure.code}"
  >
    ${hiddenFields(reader.csrfToken, hidden)}
    ${summaryList([
      { label: "措施", value: measure.title },
      { label: "效果", value: wordOf(effectWords, measure.effect) },
      { label: "依据", value: measure.legalBasis },
    ])}
    ${decisionFields(measure, state)} ${proofFields(task, state)} ${noticeFields(state)} ${closingFields(task, state)}
    <div class="row">
      ${submit("登记惩戒")}
      <button
        class="button-secondary"
        formaction="/console/tasks/${task.id}/notice?measure=${measure.code}"
        formnovalidate
      >
        打印告知书
      </button>
    </div>
  </form>`;
}

function decisionFields({ conditions }: Task["answer"]["measures"][number], state: FormState): Markup {
  return html`<h2>决定</h2>
    <div class="row">
      ${field({ name: "decision/number", label: feedbackLabels["decision/number"], state, required: true, maxlength: 100 })}
      ${field({ name: "decision/datedOn", label: feedbackLabels["decision/datedOn"], type: "date", state, required: true })}
    </div>
    ${field({ name: "officer", label: feedbackLabels.officer, hint: "不填写的，为本次经办人。", state, maxlength: 100, width: "medium" })}
    ${choices({ name: "duration", label: feedbackLabels.duration, choices: choicesOf(durationWords), state })}
    ${field({ name: "endsOn", label: feedbackLabels.endsOn, hint: "只在“至指定日期”时填写。", type: "date", state, width: "short" })}
    ${
      conditions.length === 0
        ? ""
        : choices({
            name: "confirmedConditions",
            label: "逐项核实，成立的勾选",
            choices: conditions.map((text) => ({ value: text, label: text })),
            many: true,
            chosen: [],
            state,
          })
    }`;
}

function proofFields({ answer }: Task, state: FormState): Markup {
  if (!answer.matches.some(({ grade }) => grade !== "exact")) return html``;
  return html`<h2>身份核实</h2>
    <p>号码与姓名（名称）不完全一致的，须注明以何种材料核实为同一人。</p>
    <div class="row">
      ${select({ name: "identityProof/kind", label: feedbackLabels["identityProof/kind"], choices: choicesOf(proofWords, identityProofs), state })}
      ${field({ name: "identityProof/number", label: feedbackLabels["identityProof/number"], hint: "材料的文号，不是证件号码。", state, maxlength: 100 })}
    </div>`;
}

function noticeFields(state: FormState): Markup {
  return html`<h2>告知</h2>
    <p>限制、禁止或者终止类措施，须先送达告知书；依法不予告知的，注明情形和依据。</p>
    <div class="row">
      ${field({ name: "notice/number", label: feedbackLabels["notice/number"], state, maxlength: 100 })}
      ${field({ name: "notice/servedOn", label: feedbackLabels["notice/servedOn"], type: "date", state })}
      ${select({ name: "notice/servedHow", label: feedbackLabels["notice/servedHow"], choices: choicesOf(serviceWords), state })}
    </div>
    ${textArea({ name: "notice/hearing", label: feedbackLabels["notice/hearing"], hint: "地点、期限和方式，印在告知书上。", rows: 2, maxlength: 500, state })}
    <details>
      <summary>依法不予告知</summary>
      ${select({ name: "noticeException/code", label: feedbackLabels["noticeException/code"], choices: choicesOf(noticeExceptionWords), state })}
      ${field({ name: "noticeException/article", label: feedbackLabels["noticeException/article"], hint: "法律、行政法规的名称和条款。", state })}
    </details>`;
}

function plainForm(kind: FeedbackKind, { reader, task, state }: Given): Markup {
  const hidden = { kind, check: task.lastCheck, replaces: task.feedback?.id ?? null };
  return html`<form class="card" method="post" action="/console/tasks/${task.id}/feedback/${kind}">
    ${hiddenFields(reader.csrfToken, hidden)}
    ${
      kind === "not_sanctioned"
        ? choices({ name: "reason", label: feedbackLabels.reason, choices: choicesOf(reasonWords), state })
        : html`<p>经核实，当事人不是名单所列的人（单位）。事项照常办理。</p>`
    }
    ${closingFields(task, state)} ${submit(kind === "not_sanctioned" ? "登记未实施惩戒" : "登记非本人")}
  </form>`;
}

/** What every report may say, and what becomes of the sanctions of the one before it. */
function closingFields({ feedback, sanctions }: Task, state: FormState): Markup {
  const hasFormer = feedback !== null && sanctions.some((sanction) => sanction.feedback === feedback.id);
  return html`${textArea({ name: "note", label: feedbackLabels.note, hint: "不要填写证件号码。", rows: 2, maxlength: 500, state })}
  ${hasFormer ? formerFields(state) : ""}`;
}

function formerFields(state: FormState): Markup {
  return html`<h2>原惩戒</h2>
    ${choices({
      name: "formerSanctions/outcome",
      label: feedbackLabels["formerSanctions/outcome"],
      choices: choicesOf(formerSanctionWords),
      state,
    })}
    <div class="row">
      ${field({ name: "formerSanctions/liftedOn", label: feedbackLabels["formerSanctions/liftedOn"], type: "date", state })}
      ${field({ name: "formerSanctions/document", label: feedbackLabels["formerSanctions/document"], state, maxlength: 100 })}
    </div>
    ${field({ name: "formerSanctions/reason", label: feedbackLabels["formerSanctions/reason"], state })}`;
}

// The agency's sanctions: the list by state, and one with all that it rests on, and the form that lifts it.
import { html } from "hono/html";
import { effectWords } from "../../agencies/words.ts";
import { serviceWords } from "../../registry/words.ts";
import type { getSanction, getSanctions } from "../../sanctions/operations.ts";
import { durationWords, noticeExceptionWords, proofWords, sanctionStateWords } from "../../sanctions/words.ts";
import { type AnswerOf, day, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import {
  moment,
  nextPage,
  nothing,
  type Reader,
  submit,
  summaryList,
  table,
  tag,
  textArea,
  wordOf,
} from "../../ui/index.ts";
import { partyFacts } from "../checks/answer-page.ts";
import { filterLinks } from "../filter-page.ts";
import type { Titles } from "../pages.ts";

type Sanctions = AnswerOf<typeof getSanctions>;
export type Sanction = AnswerOf<typeof getSanction>;

export type SanctionFilter = keyof typeof sanctionStateWords;

const tones = {
  active: "warn",
  completed: "plain",
  lifted: "good",
  ended_by_date: "good",
  cancelled: "plain",
} as const;
const stateTag = ({ state }: Pick<Sanction, "state">) => tag(wordOf(sanctionStateWords, state), tones[state]);

export function sanctionsContent(state: SanctionFilter, { data, nextCursor }: Sanctions, titles: Titles): Markup {
  return html`<h1>惩戒措施</h1>
    ${filterLinks("/console/sanctions", sanctionStateWords, state)}
    ${
      data.length === 0
        ? nothing("没有这样的惩戒措施。")
        : table(
            "本单位实施的惩戒",
            ["实施日期", "状态", "措施", "当事人", "事由", "期间", ""],
            data.map((sanction) => [
              day(sanction.imposedOn),
              stateTag(sanction),
              sanction.measure.title,
              sanction.party?.name ?? "已删除",
              titles.get(sanction.purpose) ?? sanction.purpose,
              periodWords(sanction),
              html`<a href="/console/sanctions/${sanction.id}"
                >查看<span class="unseen">${sanction.measure.title}</span></a
              >`,
            ]),
          )
    }
    ${nextPage("/console/sanctions", { state }, nextCursor)}`;
}

function periodWords({ duration, endsOn }: Sanction): Markup {
  return duration === "until" ? html`至${day(endsOn)}` : html`${wordOf(durationWords, duration)}`;
}

export const liftLabels = { liftedOn: "解除日期", document: "解除文号", reason: "理由" };

export function sanctionContent(reader: Reader, sanction: Sanction, titles: Titles, state: FormState): Markup {
  const { id, measure, purpose, caseReference, decision, officer, notice, noticeException, conditions } = sanction;
  const { identityProof, lifted, task, check, listings, recordedAt } = sanction;
  return html`${errorSummary(state, liftLabels)}
    <h1>${measure.title}</h1>
    <p>${stateTag(sanction)}</p>
    ${summaryList([
      ...partyFacts({ subject: sanction.party }),
      { label: "核查事由", value: titles.get(purpose) ?? purpose },
      { label: "办理事项编号", value: html`<a href="/console/tasks/${task}">${caseReference}</a>` },
      { label: "效果", value: wordOf(effectWords, measure.effect) },
      { label: "依据", value: measure.legalBasis },
      { label: "决定", value: html`${decision.number}（${day(decision.datedOn)}）` },
      { label: "决定人", value: officer },
      { label: "期间", value: periodWords(sanction) },
      ...(conditions.length > 0
        ? [{ label: "已核实的条件", value: html`${conditions.map((text) => html`<div>${text}</div>`)}` }]
        : []),
      ...(identityProof
        ? [
            {
              label: "身份核实",
              value: `${wordOf(proofWords, identityProof.kind)}（${identityProof.number}）`,
            },
          ]
        : []),
      ...(notice
        ? [
            {
              label: "告知书",
              value: html`${notice.number}，${day(notice.servedOn)}${wordOf(serviceWords, notice.servedHow)}`,
            },
          ]
        : []),
      ...(noticeException
        ? [
            {
              label: "不予告知",
              value: `${wordOf(noticeExceptionWords, noticeException.code)}（${noticeException.article}）`,
            },
          ]
        : []),
      { label: "依据的核查", value: html`<a href="/console/checks/${check}"><code>${check}</code></a>` },
      {
        label: "依据的名单信息",
        value: html`${listings.map(({ listing }) => html`<div><code>${listing}</code></div>`)}`,
      },
      { label: "登记时间", value: moment(recordedAt) },
      ...(lifted
        ? [
            { label: "解除日期", value: day(lifted.on) },
            { label: "解除文号", value: lifted.document },
            { label: "解除理由", value: lifted.reason },
            { label: "解除经办", value: lifted.by },
          ]
        : []),
    ])}
    <p class="no-print">
      <a class="button-secondary" href="/console/sanctions/${id}/receipt">下载惩戒（解除）回执</a>
      ${notice ? html`<a class="button-secondary" href="/console/sanctions/${id}/notice">打印告知书</a>` : ""}
    </p>
    ${sanction.state === "active" ? liftForm(reader, sanction, state) : ""}`;
}

function liftForm({ csrfToken }: Reader, { id, version }: Sanction, state: FormState): Markup {
  return html`<h2>解除</h2>
    <form class="card" method="post" action="/console/sanctions/${id}/lift">
      ${hiddenFields(csrfToken, { version })}
      <div class="row">
        ${field({ name: "liftedOn", label: liftLabels.liftedOn, type: "date", state, required: true })}
        ${field({ name: "document", label: liftLabels.document, state, required: true, maxlength: 100 })}
      </div>
      ${textArea({ name: "reason", label: liftLabels.reason, hint: "不要填写证件号码。", rows: 2, maxlength: 500, state, required: true })}
      ${submit("登记解除")}
    </form>`;
}

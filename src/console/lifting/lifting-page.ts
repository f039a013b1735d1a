// What is owed when a listing has ended: sanctions to lift, past refusals to look at again.
import { html } from "hono/html";
import { effectWords } from "../../agencies/words.ts";
import type { getObligation, getObligations, getReview, getReviews } from "../../sanctions/lifting/operations.ts";
import { obligationWords, reviewCauseWords, reviewOutcomeWords } from "../../sanctions/words.ts";
import { type AnswerOf, choices, day, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nextPage, nothing, type Reader, submit, summaryList, table } from "../../ui/index.ts";
import { tag, textArea } from "../../ui/index.ts";
import { choicesOf, wordOf, wordsFor } from "../../ui/index.ts";
import { filterLinks } from "../filter-page.ts";
import type { Titles } from "../pages.ts";

type Obligations = AnswerOf<typeof getObligations>;
type ObligationRow = Obligations["data"][number];
export type Obligation = AnswerOf<typeof getObligation>;
type Reviews = AnswerOf<typeof getReviews>;
type ReviewRow = Reviews["data"][number];
export type Review = AnswerOf<typeof getReview>;

export const obligationFilters = wordsFor(obligationWords, ["open", "overdue", "lifted", "cancelled"]);
export type ObligationState = keyof typeof obligationFilters;
export const reviewFilters = { open: "待复查", done: "已复查" };
export type ReviewState = keyof typeof reviewFilters;

function obligationTag({ state, overdue }: ObligationRow): Markup {
  if (state !== "open") return tag(wordOf(obligationWords, state), state === "lifted" ? "good" : "plain");
  return overdue ? tag(obligationWords.overdue, "bad") : tag(obligationWords.open, "warn");
}

export function obligationsContent(
  state: ObligationState,
  obligations: Obligations,
  overdue: Obligations | null,
  titles: Titles,
): Markup {
  const rows = overdue ? [...overdue.data, ...obligations.data.filter((row) => !row.overdue)] : obligations.data;
  return html`<h1>待解除的惩戒</h1>
    <p>名单信息移出后，依据该信息实施、尚在持续的惩戒应在期限内解除，并在此登记。</p>
    ${filterLinks("/console/lifts", obligationFilters, state)}
    ${rows.length === 0 ? nothing("没有这样的解除任务。") : obligationsTable(rows, titles)}
    ${nextPage("/console/lifts", { state }, obligations.nextCursor)}`;
}

export function obligationsTable(rows: readonly ObligationRow[], titles: Titles): Markup {
  return table(
    "名单移出后应当解除的惩戒",
    ["期限", "状态", "措施", "事由", "移出时间", ""],
    rows.map((row) => [
      day(row.dueOn),
      obligationTag(row),
      row.measure.title,
      titles.get(row.purpose) ?? row.purpose,
      moment(row.aroseAt),
      html`<a href="/console/lifts/${row.id}">办理<span class="unseen">${row.measure.title}</span></a>`,
    ]),
  );
}

const liftLabels = { liftedOn: "解除日期", documentNumber: "解除文号", note: "说明" };

export function obligationContent(reader: Reader, row: Obligation, titles: Titles, state: FormState): Markup {
  const { id, measure, purpose, imposedOn, notedOn, dueOn, sanction, check, lift, liftedOn, cancelled, closed } = row;
  return html`${errorSummary(state, liftLabels)}
    <h1>解除惩戒</h1>
    <p>${obligationTag(row)}</p>
    ${summaryList([
      { label: "措施", value: html`<a href="/console/sanctions/${sanction}">${measure.title}</a>` },
      { label: "效果", value: wordOf(effectWords, measure.effect) },
      { label: "核查事由", value: titles.get(purpose) ?? purpose },
      { label: "实施日期", value: day(imposedOn) },
      { label: "依据的核查", value: html`<a href="/console/checks/${check}"><code>${check}</code></a>` },
      { label: "名单移出时间", value: moment(row.aroseAt) },
      { label: "通知日期", value: day(notedOn) },
      { label: "解除期限", value: day(dueOn) },
      ...(liftedOn ? [{ label: "解除日期", value: day(liftedOn) }] : []),
      ...(lift
        ? [
            { label: "解除文号", value: lift.document },
            { label: "说明", value: lift.note },
          ]
        : []),
      ...(cancelled ? [{ label: "重新列入时间", value: moment(cancelled.at) }] : []),
      ...(closed ? [{ label: "法院终止的理由", value: closed.reason }] : []),
    ])}
    ${
      row.state === "open"
        ? html`<h2>登记解除</h2>
            <form class="card" method="post" action="/console/lifts/${id}">
              ${hiddenFields(reader.csrfToken)}
              <div class="row">
                ${field({ name: "liftedOn", label: liftLabels.liftedOn, type: "date", state, required: true })}
                ${field({ name: "documentNumber", label: liftLabels.documentNumber, state, required: true, maxlength: 100 })}
              </div>
              ${textArea({ name: "note", label: liftLabels.note, hint: "不要填写证件号码。", rows: 2, maxlength: 500, state, required: true })}
              ${submit("登记解除")}
            </form>`
        : ""
    }`;
}

function reviewTag({ state, overdue }: ReviewRow): Markup {
  if (state === "done") return tag("已复查", "good");
  return overdue ? tag("逾期未复查", "bad") : tag("原拒办事项待复查", "warn");
}

export function reviewsContent(state: ReviewState, { data, nextCursor }: Reviews, titles: Titles): Markup {
  return html`<h1>原拒办事项复查</h1>
    <p>名单信息被撤销，或者查明属他人的，此前据以拒办的事项应当复查。</p>
    ${filterLinks("/console/reviews", reviewFilters, state)}
    ${data.length === 0 ? nothing("没有这样的复查任务。") : reviewsTable(data, titles)}
    ${nextPage("/console/reviews", { state }, nextCursor)}`;
}

export function reviewsTable(rows: readonly ReviewRow[], titles: Titles): Markup {
  return table(
    "应当复查的原拒办事项",
    ["期限", "状态", "措施", "事由", "起因", ""],
    rows.map((row) => [
      day(row.dueOn),
      reviewTag(row),
      row.measure.title,
      titles.get(row.purpose) ?? row.purpose,
      wordOf(reviewCauseWords, row.cause),
      html`<a href="/console/reviews/${row.id}">办理<span class="unseen">${row.measure.title}</span></a>`,
    ]),
  );
}

const reviewLabels = { outcome: "复查结果", reviewedOn: "复查日期", documentNumber: "复查文号", note: "说明" };

export function reviewContent(reader: Reader, row: Review, titles: Titles, state: FormState): Markup {
  const { id, measure, purpose, cause, sanction, check, dueOn, outcome, reviewedOn, document, note } = row;
  return html`${errorSummary(state, reviewLabels)}
    <h1>复查原拒办事项</h1>
    <p>${reviewTag(row)}</p>
    ${summaryList([
      { label: "措施", value: html`<a href="/console/sanctions/${sanction}">${measure.title}</a>` },
      { label: "核查事由", value: titles.get(purpose) ?? purpose },
      { label: "起因", value: wordOf(reviewCauseWords, cause) },
      { label: "依据的核查", value: html`<a href="/console/checks/${check}"><code>${check}</code></a>` },
      { label: "复查期限", value: day(dueOn) },
      ...(outcome
        ? [
            { label: reviewLabels.outcome, value: wordOf(reviewOutcomeWords, outcome) },
            { label: reviewLabels.reviewedOn, value: day(reviewedOn) },
            { label: reviewLabels.documentNumber, value: document },
            { label: reviewLabels.note, value: note },
          ]
        : []),
    ])}
    ${
      outcome
        ? ""
        : html`<h2>登记复查结果</h2>
            <form class="card" method="post" action="/console/reviews/${id}">
              ${hiddenFields(reader.csrfToken)}
              ${choices({ name: "outcome", label: reviewLabels.outcome, choices: choicesOf(reviewOutcomeWords), state })}
              <div class="row">
                ${field({ name: "reviewedOn", label: reviewLabels.reviewedOn, type: "date", state, required: true })}
                ${field({ name: "documentNumber", label: reviewLabels.documentNumber, state, required: true, maxlength: 100 })}
              </div>
              ${textArea({ name: "note", label: reviewLabels.note, hint: "不要填写证件号码。", rows: 2, maxlength: 500, state })}
              ${submit("登记复查结果")}
            </form>`
    }`;
}

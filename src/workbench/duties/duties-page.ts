// What a listing leaves behind elsewhere: where it was made known and must be taken down, which agencies have not
// acknowledged its end, and what they still have to lift.
import { html } from "hono/html";
import { exitWords } from "../../registry/words.ts";
import type { getCourtObligations } from "../../sanctions/lifting/operations.ts";
import { obligationWords } from "../../sanctions/words.ts";
import type { getPublications, getTakeDowns, getUnacknowledged } from "../../subscriptions/notices/operations.ts";
import { noticeStateWords, publicationWords, takeDownWords } from "../../subscriptions/words.ts";
import { type AnswerOf, day, emptyForm, errorSummary, field, type FormState, hiddenFields } from "../../ui/index.ts";
import { type Markup, moment, nextPage, nothing, notification, type Reader, select, submit } from "../../ui/index.ts";
import { table, tag } from "../../ui/index.ts";
import { choicesOf, wordOf, type Words } from "../../ui/index.ts";
import { reasonField } from "../reason-page.ts";

export const TAKE_DOWNS = "/workbench/take-downs";
export const NOTICES = "/workbench/unacknowledged-removals";
export const LIFTS = "/workbench/lift-obligations";

/** The three stand under one link. */
function tabs(current: string): Markup {
  const all = [
    { href: TAKE_DOWNS, label: "撤下公布" },
    { href: NOTICES, label: "未确认收悉" },
    { href: LIFTS, label: "待解除惩戒" },
  ];
  return html`<nav class="tabs" aria-label="移出后续">
    ${all.map(({ href, label }) => html`<a href="${href}" ${href === current ? html`aria-current="page"` : ""}>${label}</a>`)}
  </nav>`;
}

const unacknowledgedWords = {
  open: "全部未确认",
  overdue: noticeStateWords.overdue,
  due_unknown: obligationWords.due_unknown,
};

type TakeDowns = AnswerOf<typeof getTakeDowns>;
type Unacknowledged = AnswerOf<typeof getUnacknowledged>;
type Lifts = AnswerOf<typeof getCourtObligations>;
type Publications = AnswerOf<typeof getPublications>["data"];

type ListPage<Page> = { page: Page; chosen: string; reader: Reader; state: FormState; done: string | null };

const listingLink = (id: string): Markup =>
  html`<a href="/workbench/listings/${id}">查看<span class="unseen">${id}</span></a>`;

function filter(path: string, words: Words, codes: readonly string[], chosen: string): Markup {
  return html`<form class="card row" method="get" action="${path}">
    ${select({ name: "state", label: "状态", state: emptyForm, initial: chosen, emptySays: "默认", choices: choicesOf(words, codes) })}
    <button class="button-secondary">筛选</button>
  </form>`;
}

export function takeDownContent({ page, chosen, reader, state, done }: ListPage<TakeDowns>, mayAct: boolean): Markup {
  return html`${errorSummary(state, { doneOn: "撤下日期" })} ${notification(done)}
    <h1>撤下其他公布渠道</h1>
    ${tabs(TAKE_DOWNS)}
    <p>名单信息移出后，曾经另行公布或者通报的，三个工作日内撤下或者通知撤下。</p>
    ${filter(TAKE_DOWNS, takeDownWords, ["open", "overdue", "done", "cancelled"], chosen)}
    ${
      page.data.length === 0
        ? nothing("没有符合条件的任务。")
        : table(
            "撤下任务，新的在前",
            ["渠道", "名单信息", "公布日", "届满日", "状态", "办理"],
            page.data.map(({ id, publication, dueOn, state: of, doneOn }) => [
              html`<span id="${id}">${wordOf(publicationWords, publication.channel)}：${publication.recipient}</span>`,
              listingLink(publication.listing),
              day(publication.publishedOn),
              day(dueOn),
              tag(wordOf(takeDownWords, of), of === "overdue" ? "bad" : of === "open" ? "warn" : "plain"),
              mayAct && (of === "open" || of === "overdue") ? takenDownForm(id, reader, state) : day(doneOn),
            ]),
          )
    }
    ${nextPage(TAKE_DOWNS, { state: chosen }, page.nextCursor)}`;
}

function takenDownForm(id: string, reader: Reader, given: FormState): Markup {
  const state = given.form === id ? given : { ...emptyForm, form: id };
  return html`<form method="post" action="${TAKE_DOWNS}/${id}/done">
    ${hiddenFields(reader.csrfToken)}
    ${field({ name: "doneOn", label: "撤下日期", type: "date", state, required: true, width: "short" })}
    ${submit("登记撤下", "secondary")}
  </form>`;
}

export function noticeContent(page: Unacknowledged, chosen: string): Markup {
  return html`<h1>未确认收悉的移出</h1>
    ${tabs(NOTICES)}
    <p>名单信息移出后，查到过该信息的单位即时得到通知，并在期限内确认收悉。单位已解除惩戒的，视为确认收悉。</p>
    ${filter(NOTICES, unacknowledgedWords, ["open", "overdue", "due_unknown"], chosen)}
    ${
      page.data.length === 0
        ? nothing("没有未确认收悉的移出。")
        : table(
            "未确认收悉的移出，新的在前",
            ["单位", "案号", "名单信息", "移出方式", "通知时间", "届满日"],
            page.data.map(({ agency, caseNumber, listing, operation, toldAt, dueOn, overdue }) => [
              agency.name,
              caseNumber,
              listingLink(listing),
              wordOf(exitWords, operation) || "数据报送",
              moment(toldAt),
              overdue ? html`${day(dueOn)} ${tag("逾期", "bad")}` : day(dueOn),
            ]),
          )
    }
    ${nextPage(NOTICES, { state: chosen }, page.nextCursor)}`;
}

export function liftContent({ page, chosen, reader, state, done }: ListPage<Lifts>, mayClose: boolean): Markup {
  return html`${errorSummary(state, { documentNumber: "文号", reason: "事由" })} ${notification(done)}
    <h1>名单移出后待解除的惩戒</h1>
    ${tabs(LIFTS)}
    <p>移出后，各单位在期限内解除所实施的惩戒。确有理由无须解除的，由法院终止任务。</p>
    ${filter(LIFTS, obligationWords, ["open", "overdue", "due_unknown", "lifted", "cancelled", "closed"], chosen)}
    ${
      page.data.length === 0
        ? nothing("没有符合条件的惩戒。")
        : table(
            "解除任务",
            ["单位", "措施", "名单信息", "通知日", "届满日", "状态", "办理"],
            page.data.map(({ id, agency, measure, listing, notedOn, dueOn, overdue, state: of }) => [
              agency,
              measure.title,
              listingLink(listing),
              day(notedOn),
              day(dueOn),
              overdue
                ? tag(obligationWords.overdue, "bad")
                : tag(wordOf(obligationWords, of), of === "open" ? "warn" : "plain"),
              mayClose && of === "open" ? closingForm(id, reader, state) : null,
            ]),
          )
    }
    ${nextPage(LIFTS, { state: chosen }, page.nextCursor)}`;
}

function closingForm(id: string, reader: Reader, given: FormState): Markup {
  const isAgain = given.form === id;
  const state = isAgain ? given : { ...emptyForm, form: id };
  return html`<details class="act" ${isAgain ? html`open` : ""}>
    <summary>终止任务</summary>
    <form method="post" action="${LIFTS}/${id}/close">
      ${hiddenFields(reader.csrfToken)}
      ${field({ name: "documentNumber", label: "文号", state, required: true, maxlength: 100 })}
      ${reasonField(state, 500)} ${submit("终止任务", "danger")}
    </form>
  </details>`;
}

export type PublicationPage = { listing: string; publications: Publications; reader: Reader; state: FormState };

export function publicationContent(
  { listing, publications, reader, state }: PublicationPage,
  { mayRecord, done }: { mayRecord: boolean; done: string | null },
): Markup {
  return html`${errorSummary(state, { recipient: "对象", publishedOn: "公布日期" })} ${notification(done)}
    <h1>另行公布或者通报</h1>
    <p>名单信息 ${listingLink(listing)}（第七条、第八条）</p>
    ${
      publications.length === 0
        ? nothing("没有登记过另行公布或者通报。")
        : table(
            "公布或者通报情况",
            ["渠道", "对象", "日期", "文号", "登记时间"],
            publications.map(({ channel, recipient, publishedOn, document, recordedAt }) => [
              wordOf(publicationWords, channel),
              recipient,
              day(publishedOn),
              document,
              moment(recordedAt),
            ]),
          )
    }
    ${
      mayRecord
        ? html`<h2>登记</h2>
            <form class="card" method="post" action="/workbench/publications/${listing}">
              ${hiddenFields(reader.csrfToken)}
              ${select({ name: "channel", label: "渠道", state, required: true, choices: choicesOf(publicationWords) })}
              ${field({ name: "recipient", label: "报刊、网站、单位名称", state, required: true, maxlength: 200 })}
              ${field({ name: "publishedOn", label: "公布或者通报日期", type: "date", state, required: true, width: "short" })}
              ${field({ name: "document", label: "文号或者期号", state, maxlength: 200, width: "medium" })}
              ${submit("登记")}
            </form>`
        : ""
    }`;
}

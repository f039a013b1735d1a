// Drafts to decide on, the list that is signed, and what became of each.
import { html } from "hono/html";
import type { postSigning } from "../../registry/signing/operations.ts";
import { capacityWords, groundWords, listWords, termWords } from "../../registry/words.ts";
import { type AnswerOf, day, errorSummary, field, type FormState, hiddenFields, type Markup } from "../../ui/index.ts";
import { nextPage, nothing, notification, type Reader, submit, table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import type { Listing, Papers } from "../listings/detail.ts";

export type Draft = { listing: Listing; papers: Papers };
type Chosen = { listing: string; version: number; paper: string };

export type DraftsPage = {
  reader: Reader;
  drafts: readonly Draft[];
  nextCursor: string | null;
  done: string | null;
};

export function draftsContent({ reader, drafts, nextCursor, done }: DraftsPage): Markup {
  const mayDecide = drafts.some(({ listing }) => listing.next.acts.some(({ act }) => act === "decide"));
  return html`${notification(done)}
    <h1>待决定</h1>
    ${
      drafts.length === 0
        ? nothing("没有待决定的草拟。")
        : html`<form method="post" action="/workbench/decisions/review">
            ${hiddenFields(reader.csrfToken)} ${draftTable(drafts)} ${mayDecide ? submit("核对所选，准备签发") : ""}
          </form>`
    }
    ${nextPage("/workbench/decisions", {}, nextCursor)}`;
}

function draftTable(drafts: readonly Draft[]): Markup {
  return table(
    "草拟，新的在前",
    ["签发", "姓名或者名称", "名单", "案号", "文书", "能否决定"],
    drafts.map((draft, at) => {
      const { listing } = draft;
      return [
        chooser(draft, at),
        html`<a href="/workbench/listings/${listing.id}">${listing.party.name}</a>`,
        html`${wordOf(listWords, listing.list)}<br /><span class="soft"
            >${wordOf(capacityWords, listing.capacity)}</span
          >`,
        listing.caseNumber,
        paperChooser(draft, at),
        standing(draft),
      ];
    }),
  );
}

/** Offered where this person may decide, a paper is printed, and no bar stands that the same list would not remove. */
function chooser({ listing, papers }: Draft, at: number): Markup {
  const opening = listing.next.acts.find(({ act }) => act === "decide");
  const isOpen = opening !== undefined && opening.refusal?.code !== "same-person" && papers.length > 0;
  if (!isOpen) return html`—`;
  return html`<input type="hidden" name="items/${at}/version" value="${listing.version}" /><label class="choice"
      ><input type="checkbox" name="items/${at}/listing" value="${listing.id}" /><span class="unseen"
        >签发${listing.party.name}的${wordOf(listWords, listing.list)}</span
      ></label
    >`;
}

function paperChooser({ listing, papers }: Draft, at: number): Markup {
  const newest = papers.at(-1);
  if (!newest) return html`<a href="/workbench/listings/${listing.id}#papers">先打印文书</a>`;
  return html`<input
      type="hidden"
      name="items/${at}/paper"
      value="${newest.id}"
    />${newest.number}（${day(newest.datedOn)}）`;
}

function standing({ listing }: Draft): Markup {
  const opening = listing.next.acts.find(({ act }) => act === "decide");
  const refusals = opening?.refusal?.code === "same-person" ? [opening.refusal] : listing.bars;
  if (refusals.length === 0) return tag("可以决定", "good");
  return html`${refusals.map(({ reason, article }) => html`<p class="soft">${reason.zh}（${article}）</p>`)}`;
}

export type ReviewPage = {
  reader: Reader;
  chosen: readonly Chosen[];
  drafts: readonly Draft[];
  state: FormState;
};

/** Check answers: the list as it will be signed; one password and one code for all of it. */
export function reviewContent({ reader, chosen, drafts, state }: ReviewPage): Markup {
  if (chosen.length === 0)
    return html`<h1>签发</h1>
      <p>没有选择任何草拟。</p>
      <p><a class="button-secondary" href="/workbench/decisions">返回选择</a></p>`;
  // A code works once: it is typed again.
  const asked: FormState = { values: {}, refusal: state.refusal };
  return html`${errorSummary(state)}
    <p><a href="/workbench/decisions">返回选择</a></p>
    <h1>签发${chosen.length}件决定</h1>
    ${table(
      "将要签发的决定",
      ["姓名或者名称", "名单", "案号", "情形", "期限", "文书"],
      drafts.map(({ listing, papers }, at) => [
        html`<a href="/workbench/listings/${listing.id}">${listing.party.name}</a>`,
        wordOf(listWords, listing.list),
        listing.caseNumber,
        listing.grounds.map((code) => wordOf(groundWords, code)).join("；"),
        termText(listing),
        papers.find(({ id }) => id === chosen[at]?.paper)?.number ?? "",
      ]),
    )}
    <form class="card" method="post" action="/workbench/decisions/signing">
      ${hiddenFields(reader.csrfToken)}
      ${chosen.map(({ listing, version, paper }, at) => hiddenItem(at, { listing, version, paper }))}
      <p>限制消费先于失信决定生效；每一件分别决定，不能决定的一件不影响其他各件。</p>
      ${field({ name: "password", label: "密码", type: "password", state: asked, required: true, autocomplete: "current-password", maxlength: 1_000 })}
      ${field({ name: "code", label: "动态码", hint: "身份验证器应用中的六位数字，全部决定只需一次。", state: asked, required: true, autocomplete: "one-time-code", maxlength: 40, width: "short" })}
      ${submit("签发", "danger")}
    </form>`;
}

function hiddenItem(at: number, item: Chosen): Markup {
  return html`${Object.entries(item).map(
    ([member, value]) => html`<input type="hidden" name="items/${at}/${member}" value="${value}" />`,
  )}`;
}

function termText({ list, proceeding }: Listing): string {
  const term = proceeding?.term;
  if (list !== "dishonest" || !term) return "";
  return term.kind === "fixed" ? `${term.months ?? ""}个月` : termWords.open;
}

type Results = AnswerOf<typeof postSigning>["results"];

export function signedContent(reader: Reader, results: Results, chosen: readonly Chosen[]): Markup {
  const decided = results.filter(({ status }) => status === "decided").length;
  return html`<h1>签发结果</h1>
    <p class="card result ${decided === results.length ? "result-good" : "result-bad"}" role="status">
      共${results.length}件，已决定${decided}件${decided === results.length ? "" : `，未决定${results.length - decided}件`}。
    </p>
    ${table(
      "每一件的结果",
      ["名单信息", "结果"],
      results.map((result) => {
        if (result.status === "decided") {
          const { id, party, list } = result.listing;
          return [
            html`<a href="/workbench/listings/${id}">${party.name}，${wordOf(listWords, list)}</a>`,
            tag("已决定", "good"),
          ];
        }
        const { detail, refusal } = result.problem;
        return [
          html`<a href="/workbench/listings/${result.listing}">查看</a>`,
          html`${tag("未决定", "bad")} ${detail}${refusal ? `（${refusal.article}）` : ""}`,
        ];
      }),
    )}
    ${sheafForm(reader, results, chosen)}
    <p><a class="button-secondary" href="/workbench/decisions">返回待决定</a></p>`;
}

/** The papers of what was decided, as one document to print. */
function sheafForm({ csrfToken }: Reader, results: Results, chosen: readonly Chosen[]): Markup {
  const decided = new Set(results.flatMap((result) => (result.status === "decided" ? [result.listing.id] : [])));
  const papers = chosen.filter(({ listing }) => decided.has(listing)).map(({ paper }) => paper);
  if (papers.length === 0) return html``;
  return html`<form class="card" method="post" action="/workbench/decisions/papers">
    ${hiddenFields(csrfToken)} ${papers.map((paper) => html`<input type="hidden" name="papers" value="${paper}" />`)}
    <p>本批已决定的${papers.length}件文书，每件另起一页，用浏览器打印后签章、送达。</p>
    ${submit("打印本批文书", "secondary")}
  </form>`;
}

export function unprintedContent(refusal: FormState["refusal"]): Markup {
  return html`${errorSummary({ values: {}, refusal })}
    <h1>未能打印本批文书</h1>
    <p>其中有文书的内容在打印以后发生变化。请在各条名单信息中分别打印。</p>
    <p><a class="button-secondary" href="/workbench/decisions">返回待决定</a></p>`;
}

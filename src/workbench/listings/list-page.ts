// Lists of listings: the table, and the filters that stand in the address.
import { html } from "hono/html";
import { courtTasks } from "../../registry/operations.ts";
import type { getListings } from "../../registry/operations.ts";
import { listingStates, lists } from "../../registry/schema.ts";
import { capacityWords, courtTaskWords, listingStateWords, listWords } from "../../registry/words.ts";
import {
  type AnswerOf,
  day,
  field,
  type Markup,
  nextPage,
  nothing,
  notification,
  select,
  submit,
} from "../../ui/index.ts";
import { table, tag, type Tone } from "../../ui/index.ts";
import { wordOf, type Words } from "../../ui/index.ts";

export type Listings = AnswerOf<typeof getListings>;
export type ListingRow = Listings["data"][number];
/** The filters as the address has them. */
export type Filter = Readonly<Record<string, string>>;

const tones: Readonly<Record<string, Tone>> = {
  draft: "info",
  decided: "warn",
  grace: "warn",
  published: "bad",
  ended: "plain",
  lapsed: "plain",
};

export const stateTag = (state: string): Markup => tag(wordOf(listingStateWords, state), tones[state] ?? "plain");

export function listingTable(caption: string, rows: readonly ListingRow[]): Markup {
  return table(
    caption,
    ["姓名或者名称", "证件号码", "名单", "状态", "案号", "公布日期"],
    rows.map(({ id, party, list, capacity, state, caseNumber, publishedOn }) => [
      html`<a href="/workbench/listings/${id}">${party.name}</a>`,
      html`${party.documents.map(({ masked }) => html`<span class="masked">${masked}</span> `)}`,
      html`${wordOf(listWords, list)}${capacity === "debtor" ? "" : html`<br />${wordOf(capacityWords, capacity)}`}`,
      stateTag(state),
      caseNumber,
      day(publishedOn),
    ]),
  );
}

export function listContent(page: Listings, filter: Filter, done: string | null): Markup {
  return html`${notification(done)}
    <h1>名单信息</h1>
    <form class="card" method="get" action="/workbench/listings" role="search" aria-label="筛选名单信息">
      <div class="row">
        ${choice("list", "名单", listWords, lists, filter)}
        ${choice("state", "状态", listingStateWords, listingStates, filter)}
        ${choice("task", "待办事项", courtTaskWords, courtTasks, filter)}
      </div>
      <div class="row">${text("caseNumber", "案号", filter)} ${text("court", "法院代字（下级法院）", filter)}</div>
      ${submit("筛选", "secondary")}
    </form>
    ${page.data.length === 0 ? nothing("没有符合条件的名单信息。") : listingTable("名单信息，新的在前", page.data)}
    ${nextPage("/workbench/listings", filter, page.nextCursor)}`;
}

function choice(name: string, label: string, words: Words, codes: readonly string[], filter: Filter): Markup {
  const choices = codes.map((value) => ({ value, label: wordOf(words, value) }));
  const state = { values: filter, refusal: null };
  return select({ name, label, choices, emptySays: "全部", state });
}

function text(name: string, label: string, filter: Filter): Markup {
  return field({ name, label, type: "search", maxlength: 200, state: { values: filter, refusal: null } });
}

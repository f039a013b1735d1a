// What was found, so that namesakes can be told apart, and nothing that says how many there are.
import { html } from "hono/html";
import { listWords, sexWords } from "../../registry/words.ts";
import { day, type FormState, type Markup, nothing, submit, table, wordOf } from "../../ui/index.ts";
import type { PublicListing, PublicPage } from "../search/resource.ts";
import { searchForm } from "./home-page.ts";
import type { SearchValues } from "./search-form.ts";

export function resultsContent(values: SearchValues, found: PublicPage): Markup {
  const state: FormState = { values, refusal: null };
  return html`<h1>查询结果</h1>
    <p>
      “${values.name}”：${found.data.length === 0 ? "截至查询时，未查到正在公布的名单信息。" : "以下为正在公布的名单信息：名称完全一致的在前，其余按公布日期，最新的在前。"}
    </p>
    ${found.data.length === 0 ? noneFound() : html`${table("查询结果", headings, found.data.map(rowOf))} ${nextForm(values, found)}`}
    <h2>重新查询</h2>
    ${searchForm(state)}`;
}

const headings = ["姓名（名称）", "证件号码", "性别、年龄", "名单", "执行法院", "案号", "公布日期"];

function rowOf({ id, party, list, court, caseNumber, publishedOn }: PublicListing) {
  const { name, documents, sex, ageAtPublication } = party;
  const masked = documents.map((document) => document.masked);
  return [
    html`<a href="/search/listings/${id}">${name}</a>`,
    html`<span class="masked">${masked[0] ?? "—"}</span>`,
    [sex && sexWords[sex], ageAtPublication === null ? null : `公布时${ageAtPublication}岁`]
      .filter(Boolean)
      .join("，") || "—",
    wordOf(listWords, list),
    court.name,
    caseNumber,
    day(publishedOn),
  ];
}

function noneFound(): Markup {
  return html`${nothing("没有符合条件的信息。请核对姓名、名称是否完整，或者放宽名单、省份、法院的限制。")}
    <p class="soft">未查到不表示没有尚未履行的义务，也不作为信用证明。</p>`;
}

/** The words that were searched for stay out of addresses. */
function nextForm(values: SearchValues, { nextCursor, isCut }: PublicPage): Markup {
  if (nextCursor !== null)
    return html`<form method="post" action="/search" class="pages">
      ${Object.entries({ ...values, cursor: nextCursor }).map(
        ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
      )}
      ${submit("下一页", "secondary")}
    </form>`;
  return isCut
    ? html`<p class="soft">符合条件的较多，只显示其中一部分。未找到的，请补充名称，或者按省份、法院缩小范围。</p>`
    : html``;
}

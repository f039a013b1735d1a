// The first page: clocks with the working days that are left, overdue first; drafts to decide; new hits and sanctions.
import { html } from "hono/html";
import type { getHits } from "../../checks/hits/operations.ts";
import { gradeWords } from "../../checks/words.ts";
import type { getClocks } from "../../courts/clocks/operations.ts";
import { clockWords } from "../../courts/words.ts";
import type { getListings } from "../../registry/operations.ts";
import type { getCourtSanctions } from "../../sanctions/operations.ts";
import { durationWords, sanctionStateWords } from "../../sanctions/words.ts";
import { type AnswerOf, day, type Markup, moment, nothing, type Reader } from "../../ui/index.ts";
import { table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { daysLeft } from "../clock-page.ts";
import { listingTable } from "../listings/list-page.ts";
import { placeOf } from "../place.ts";

type Listings = AnswerOf<typeof getListings>;
type Clocks = AnswerOf<typeof getClocks>;

export type HomeFigures = {
  clocks: Clocks;
  drafts: Listings;
  publications: Listings;
  looks: Listings;
  hits: AnswerOf<typeof getHits>;
  sanctions: AnswerOf<typeof getCourtSanctions>;
};

export function homeContent(reader: Reader, figures: HomeFigures): Markup {
  const { clocks, drafts, publications, looks, hits, sanctions } = figures;
  return html`<h1>首页</h1>
    <h2>期限</h2>
    ${clockList(clocks)}
    <h2>${reader.role === "clerk" ? "草拟中" : "待决定的草拟"}</h2>
    ${someListings("草拟", drafts, "/workbench/decisions", "没有草拟。")}
    <h2>待公布</h2>
    ${someListings("待公布", publications, "/workbench/listings?task=publication", "没有待公布的决定。")}
    <h2>待复核的移出</h2>
    ${someListings("待复核的移出", looks, "/workbench/listings?task=second_look", "没有待复核的移出。")}
    <h2>新的命中</h2>
    ${hitTable(hits)}
    <h2>新的惩戒</h2>
    ${sanctionTable(sanctions)}`;
}

export function adminHomeContent({ roleName }: Reader): Markup {
  return html`<h1>首页</h1>
    <p>${roleName}不办理案件。请在上方选择要办理的事项。</p>`;
}

function clockList({ data, hasMore }: Clocks): Markup {
  if (data.length === 0) return nothing("没有正在计算的期限。");
  const rows = data.map((clock) => {
    const place = placeOf(clock.subject);
    return [
      daysLeft(clock),
      day(clock.dueOn),
      html`${wordOf(clockWords, clock.kind)}<br /><span class="soft">${clock.article}</span>`,
      place ? html`<a href="${place.href}">${place.kind}</a>` : clock.subject,
      clock.court,
    ];
  });
  return html`${table("正在计算的期限，逾期在前", ["剩余", "最后一日", "期限", "事项", "法院"], rows)}
  ${hasMore ? html`<p class="soft">只列出最先到期的${data.length}项。</p>` : ""}`;
}

function someListings(caption: string, page: Listings, more: string, empty: string): Markup {
  if (page.data.length === 0) return nothing(empty);
  return html`${listingTable(caption, page.data)} ${page.hasMore ? html`<p><a href="${more}">全部</a></p>` : ""}`;
}

function hitTable({ data }: HomeFigures["hits"]): Markup {
  if (data.length === 0) return nothing("还没有单位命中本院的名单信息。");
  const rows = data.map(({ checkedAt, agency, purpose, grade, listing }) => [
    moment(checkedAt),
    agency.name,
    purpose.title,
    wordOf(gradeWords, grade),
    html`<a href="/workbench/listings/${listing}#hits">名单信息</a>`,
  ]);
  return table("最近的命中", ["时间", "单位", "事由", "比对", "事项"], rows);
}

function sanctionTable({ data }: HomeFigures["sanctions"]): Markup {
  if (data.length === 0) return nothing("还没有单位依据本院的名单信息实施惩戒。");
  const rows = data.map(({ imposedOn, agency, measure, duration, state, listing }) => [
    day(imposedOn),
    agency,
    measure.title,
    wordOf(durationWords, duration),
    tag(wordOf(sanctionStateWords, state), state === "active" ? "info" : "plain"),
    html`<a href="/workbench/listings/${listing}#sanctions">名单信息</a>`,
  ]);
  return table("最近的惩戒", ["实施日期", "单位", "措施", "期间", "状态", "事项"], rows);
}

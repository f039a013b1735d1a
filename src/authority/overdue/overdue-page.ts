// What is overdue anywhere: feedback, lifts, acknowledgements of agencies, and answers of courts.
import { html } from "hono/html";
import { findPurpose } from "../../agencies/index.ts";
import { filterLinks } from "../../console/index.ts";
import type { getOverseenRequests } from "../../sanctions/identity/operations.ts";
import type { getAllObligations } from "../../sanctions/lifting/operations.ts";
import type { getOverseenTasks } from "../../sanctions/operations.ts";
import type { getAllUnacknowledged } from "../../subscriptions/notices/operations.ts";
import { type AnswerOf, day, type Markup, moment, nextPage, nothing, table, tag } from "../../ui/index.ts";

export const states = { overdue: "逾期", open: "全部未办结" };
export type State = keyof typeof states;

const purposeTitle = (code: string) => findPurpose(code)?.title ?? code;
const dueTag = (overdue: boolean) => (overdue ? tag("逾期", "bad") : tag("未到期", "warn"));

/** One of the four lists: what it is about, and its rows. */
function list(heading: string, path: string, state: State, rows: Markup | null, cursor: string | null): Markup {
  return html`<h1>${heading}</h1>
    ${filterLinks(path, states, state)} ${rows ?? nothing(state === "overdue" ? "没有逾期的。" : "没有未办结的。")}
    ${nextPage(path, { state }, cursor)}`;
}

export function feedbackContent(state: State, { data, nextCursor }: AnswerOf<typeof getOverseenTasks>): Markup {
  const rows = data.map(({ agency, purpose, openedAt, dueOn, overdue, checks }) => [
    html`<a href="/authority/agencies/${agency.id}">${agency.name}</a>`,
    purposeTitle(purpose),
    moment(openedAt),
    day(dueOn),
    dueTag(overdue),
    checks,
  ]);
  const headings = ["单位", "事由", "首次命中", "反馈期限", "状态", "核查次数"];
  const shown = rows.length > 0 ? table("各单位未反馈的任务", headings, rows) : null;
  return list("未反馈的任务", "/authority/feedback", state, shown, nextCursor);
}

export function liftsContent(state: State, { data, nextCursor }: AnswerOf<typeof getAllObligations>): Markup {
  const rows = data.map(({ agency, measure, purpose, court, aroseAt, dueOn, overdue }) => [
    agency,
    measure.title,
    purposeTitle(purpose),
    court ?? "—",
    moment(aroseAt),
    day(dueOn),
    dueTag(overdue),
  ]);
  const headings = ["单位", "措施", "事由", "法院", "名单移出时间", "解除期限", "状态"];
  const shown = rows.length > 0 ? table("名单移出后尚未解除的惩戒", headings, rows) : null;
  return list("未解除的惩戒", "/authority/lifts", state, shown, nextCursor);
}

export function noticesContent(state: State, { data, nextCursor }: AnswerOf<typeof getAllUnacknowledged>): Markup {
  const rows = data.map(({ agency, court, caseNumber, toldAt, dueOn, overdue }) => [
    html`<a href="/authority/agencies/${agency.id}">${agency.name}</a>`,
    court.name,
    caseNumber,
    moment(toldAt),
    day(dueOn),
    dueTag(overdue),
  ]);
  const headings = ["单位", "法院", "案号", "通知时间", "确认期限", "状态"];
  const shown = rows.length > 0 ? table("各单位尚未确认的名单移出", headings, rows) : null;
  return list("未确认的移出通知", "/authority/notices", state, shown, nextCursor);
}

export function identityContent(state: State, { data, nextCursor }: AnswerOf<typeof getOverseenRequests>): Markup {
  const rows = data.map(({ court, agencies, askedOn, dueOn, overdue }) => [
    court,
    agencies.join("、"),
    day(askedOn),
    day(dueOn),
    dueTag(overdue),
  ]);
  const headings = ["法院", "提出单位", "提出日期", "答复期限", "状态"];
  const shown = rows.length > 0 ? table("法院尚未答复的身份核实请求", headings, rows) : null;
  return list("未答复的身份核实请求", "/authority/identity", state, shown, nextCursor);
}

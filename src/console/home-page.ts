// Where the day at the console begins: what is overdue, what is open, and the ways to ask.
import { html } from "hono/html";
import type { getOwnAgency } from "../agencies/operations.ts";
import type { getOwnAlerts } from "../checks/misuse/operations.ts";
import type { getObligations, getReviews } from "../sanctions/lifting/operations.ts";
import type { getTasks } from "../sanctions/operations.ts";
import type { getNotices } from "../subscriptions/notices/operations.ts";
import { type AnswerOf, countOf, day, figureLinks, type Markup, nothing } from "../ui/index.ts";
import { obligationsTable, reviewsTable } from "./lifting/lifting-page.ts";
import type { Titles } from "./pages.ts";
import { tasksTable } from "./tasks/task-page.ts";

export type Home = {
  agency: AnswerOf<typeof getOwnAgency>;
  tasks: AnswerOf<typeof getTasks>;
  overdueTasks: AnswerOf<typeof getTasks>;
  lifts: AnswerOf<typeof getObligations>;
  overdueLifts: AnswerOf<typeof getObligations>;
  reviews: AnswerOf<typeof getReviews>;
  notices: AnswerOf<typeof getNotices>;
  /** The liaison's alone. */
  alerts: AnswerOf<typeof getOwnAlerts> | null;
};

export function homeContent(home: Home, titles: Titles): Markup {
  const { agency, tasks, overdueTasks, lifts, overdueLifts, reviews, notices, alerts } = home;
  const figures = [
    { href: "/console/tasks?state=overdue", label: "逾期未反馈", value: countOf(overdueTasks) },
    { href: "/console/tasks", label: "待反馈", value: countOf(tasks) },
    { href: "/console/lifts?state=overdue", label: "逾期未解除", value: countOf(overdueLifts) },
    { href: "/console/lifts", label: "待解除", value: countOf(lifts) },
    { href: "/console/reviews", label: "待复查", value: countOf(reviews) },
    { href: "/console/notices", label: "通知待确认", value: countOf(notices) },
    ...(alerts ? [{ href: "/console/misuse", label: "异常提示待核实", value: countOf(alerts) }] : []),
  ];
  const isIdle = tasks.data.length + lifts.data.length + reviews.data.length === 0;
  return html`<h1>${agency.name}</h1>
    ${agency.agreement.until ? html`<p class="soft">共享协议有效期至${day(agency.agreement.until)}</p>` : ""}
    <p>
      <a class="button-primary" href="/console/check">核查一名当事人</a>
      <a class="button-secondary" href="/console/batch">批量核查</a>
    </p>
    ${figureLinks(figures)} ${isIdle ? nothing("目前没有待办事项。") : ""}
    ${
      lifts.data.length > 0
        ? html`<h2>待解除的惩戒</h2>
            ${obligationsTable(overdueFirst(overdueLifts.data, lifts.data), titles)}`
        : ""
    }
    ${
      tasks.data.length > 0
        ? html`<h2>待反馈</h2>
            ${tasksTable(overdueFirst(overdueTasks.data, tasks.data), titles)}`
        : ""
    }
    ${
      reviews.data.length > 0
        ? html`<h2>原拒办事项待复查</h2>
            ${reviewsTable(reviews.data, titles)}`
        : ""
    }`;
}

const ROWS_SHOWN = 10;

function overdueFirst<Row extends { overdue: boolean }>(overdue: readonly Row[], open: readonly Row[]): Row[] {
  return [...overdue, ...open.filter((row) => !row.overdue)].slice(0, ROWS_SHOWN);
}

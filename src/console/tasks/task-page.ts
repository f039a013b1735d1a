// What the agency owes an answer to: the list with what is overdue first, and one matter with its reports.
import { html } from "hono/html";
import type { getTask, getTasks } from "../../sanctions/operations.ts";
import {
  durationWords,
  feedbackWords,
  reasonWords,
  sanctionStateWords,
  taskStateWords,
} from "../../sanctions/words.ts";
import { type AnswerOf, day, hiddenFields, type Markup, moment, nextPage, nothing } from "../../ui/index.ts";
import { type Reader, submit, summaryList, table, tag } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { answerContent, partyFacts } from "../checks/answer-page.ts";
import { filterLinks } from "../filter-page.ts";
import type { Titles } from "../pages.ts";

type Tasks = AnswerOf<typeof getTasks>;
type TaskRow = Tasks["data"][number];
export type Task = AnswerOf<typeof getTask>;

export type TaskState = keyof typeof taskStateWords;

export function taskTag({ state, overdue, feedback }: Pick<TaskRow, "state" | "overdue" | "feedback">): Markup {
  if (feedback) return tag(wordOf(feedbackWords, feedback.kind), "good");
  if (state === "settled") return tag(taskStateWords.settled, "good");
  return overdue ? tag(taskStateWords.overdue, "bad") : tag(taskStateWords.open, "warn");
}

/** `overdue` are those that come before all others; null on later pages. */
export function tasksContent(state: TaskState, tasks: Tasks, overdue: Tasks | null, titles: Titles): Markup {
  const rows = overdue ? [...overdue.data, ...tasks.data.filter((task) => !task.overdue)] : tasks.data;
  return html`<h1>反馈任务</h1>
    ${filterLinks("/console/tasks", taskStateWords, state)}
    ${rows.length === 0 ? nothing("没有这样的任务。") : tasksTable(rows, titles)}
    ${nextPage("/console/tasks", { state }, tasks.nextCursor)}`;
}

export function tasksTable(rows: readonly TaskRow[], titles: Titles): Markup {
  return table(
    "反馈任务：每一当事人、事由、事项一件",
    ["期限", "状态", "事由", "事项编号", "当事人", "核查次数", ""],
    rows.map((task) => [
      day(task.dueOn),
      taskTag(task),
      titles.get(task.purpose) ?? task.purpose,
      task.caseReference,
      task.party?.name ?? "已删除",
      task.checks,
      html`<a href="/console/tasks/${task.id}">办理<span class="unseen">${task.caseReference}</span></a>`,
    ]),
  );
}

const kinds = ["sanctioned", "not_sanctioned", "not_the_person"] as const;
export type FeedbackKind = (typeof kinds)[number];
export const isFeedbackKind = (kind: string): kind is FeedbackKind => kinds.some((known) => known === kind);

export function taskContent({ csrfToken }: Reader, task: Task, titles: Titles): Markup {
  const { id, purpose, caseReference, openedAt, dueOn, checks, lastCheck, answer, feedback } = task;
  return html`<h1>反馈任务</h1>
    <p>${taskTag(task)}</p>
    ${summaryList([
      ...partyFacts({ subject: task.party }),
      { label: "核查事由", value: titles.get(purpose) ?? purpose },
      { label: "办理事项编号", value: caseReference },
      { label: "首次命中", value: moment(openedAt) },
      { label: "反馈期限", value: day(dueOn) },
      { label: "核查次数", value: checks },
      { label: "最近一次核查", value: html`<a href="/console/checks/${lastCheck}"><code>${lastCheck}</code></a>` },
    ])}
    <h2>${feedback ? "更换反馈" : "反馈办理结果"}</h2>
    <ul class="acts no-print">
      ${kinds.map(
        (kind) =>
          html`<li>
            <a class="button-secondary" href="/console/tasks/${id}/feedback/${kind}">${feedbackWords[kind]}</a>
          </li>`,
      )}
    </ul>
    <form class="no-print" method="post" action="/console/checks/${lastCheck}/replay">
      ${hiddenFields(csrfToken)}
      <p class="soft">核查结果过了使用期限的，实施惩戒之前须重新核查。</p>
      ${submit("重新核查", "secondary")}
    </form>
    ${answerContent(answer, "最近一次核查结果")} ${sanctionsOf(task)} ${historyOf(task)}`;
}

function sanctionsOf({ sanctions }: Task): Markup {
  if (sanctions.length === 0) return html``;
  return html`<h2>惩戒</h2>
    ${table(
      "依据本任务实施的惩戒",
      ["措施", "决定", "期间", "状态", ""],
      sanctions.map(({ id, measure, decision, duration, state }) => [
        measure.title,
        html`${decision.number}<br />${day(decision.datedOn)}`,
        wordOf(durationWords, duration),
        wordOf(sanctionStateWords, state),
        html`<a href="/console/sanctions/${id}">查看<span class="unseen">${measure.title}</span></a>`,
      ]),
    )}`;
}

function historyOf({ history }: Task): Markup {
  if (history.length === 0) return html``;
  return html`<h2>反馈记录</h2>
    ${table(
      "历次反馈",
      ["时间", "结果", "理由", "说明", "经办"],
      history.map(({ reportedAt, kind, reason, note, operator, supersededBy }) => [
        moment(reportedAt),
        html`${wordOf(feedbackWords, kind)} ${supersededBy ? tag("已更换") : ""}`,
        reason === null ? "" : wordOf(reasonWords, reason),
        note ?? "",
        html`<span class="soft">${operator}</span>`,
      ]),
    )}`;
}

// SQL on what agencies owe an answer to: tasks with their current report and the check that was made last.
import { and, asc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Reader } from "../platform/database.ts";
import { checkRecord, feedbackTask } from "../checks/schema.ts";
import { feedback } from "./schema.ts";

export type TaskRow = typeof feedbackTask.$inferSelect;
export type FeedbackRow = typeof feedback.$inferSelect;
export type CheckRow = typeof checkRecord.$inferSelect;

export type TaskCase = { task: TaskRow; feedback: FeedbackRow | null; lastCheck: CheckRow };

export const taskStates = ["open", "overdue", "settled"] as const;
export type TaskFilter = {
  agencyId: string;
  /** `overdue` are those of the open ones whose day has passed. */
  state: (typeof taskStates)[number] | undefined;
  today: string;
};

/** The agency's task with this id; another agency's is not found. */
export async function findTask(reader: Reader, agencyId: string, id: string): Promise<TaskRow | null> {
  const own = and(eq(feedbackTask.agencyId, agencyId), eq(feedbackTask.id, id));
  const [found] = await reader.select().from(feedbackTask).where(own);
  return found ?? null;
}

export async function findTaskCase(reader: Reader, agencyId: string, id: string): Promise<TaskCase | null> {
  const own = and(eq(feedbackTask.agencyId, agencyId), eq(feedbackTask.id, id));
  const [found] = await selectCases(reader).where(own);
  return found ?? null;
}

/** In the order in which they were opened, after `after` (an id). */
export async function listTaskCases(
  reader: Reader,
  { agencyId, state, today }: TaskFilter,
  after: string | null,
  limit: number,
): Promise<TaskCase[]> {
  const isOpen = isNull(feedback.id);
  const byState = {
    open: isOpen,
    overdue: and(isOpen, lt(feedbackTask.dueOn, today)),
    settled: isNotNull(feedback.id),
  };
  return selectCases(reader)
    .where(
      and(
        eq(feedbackTask.agencyId, agencyId),
        state && byState[state],
        after === null ? undefined : gt(feedbackTask.id, after),
      ),
    )
    .orderBy(asc(feedbackTask.id))
    .limit(limit);
}

/** Of every agency. */
export async function countOpenTasks(reader: Reader, today: string): Promise<{ open: number; overdue: number }> {
  const current = and(eq(feedback.taskId, feedbackTask.id), isNull(feedback.supersededBy));
  const [counts] = await reader
    .select({
      open: sql<number>`count(*)::int`,
      overdue: sql<number>`(count(*) filter (where ${feedbackTask.dueOn} < ${today}))::int`,
    })
    .from(feedbackTask)
    .leftJoin(feedback, current)
    .where(isNull(feedback.id));
  return counts ?? { open: 0, overdue: 0 };
}

function selectCases(reader: Reader) {
  const current = and(eq(feedback.taskId, feedbackTask.id), isNull(feedback.supersededBy));
  const last = and(eq(checkRecord.agencyId, feedbackTask.agencyId), eq(checkRecord.id, feedbackTask.lastCheckId));
  return reader
    .select({ task: feedbackTask, feedback, lastCheck: checkRecord })
    .from(feedbackTask)
    .innerJoin(checkRecord, last)
    .leftJoin(feedback, current);
}

// SQL on what agencies owe an answer to: tasks with their current report and the check that was made last.
import { and, asc, eq, gt, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { agency } from "../agencies/schema.ts";
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
  /** A check of the agency's: only the task in which it counts. */
  checkId: string | null;
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
  { agencyId, state, checkId, today }: TaskFilter,
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
        checkId === null ? undefined : countsIn(checkId),
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

export type OverseenTask = { task: TaskRow; agency: string };

/** Open tasks of every agency in the order in which they were opened, after `after`; with `dueBefore` those past their day. */
export async function listOpenTasks(
  reader: Reader,
  dueBefore: string | null,
  after: string | null,
  limit: number,
): Promise<OverseenTask[]> {
  const current = and(eq(feedback.taskId, feedbackTask.id), isNull(feedback.supersededBy));
  return reader
    .select({ task: feedbackTask, agency: agency.name })
    .from(feedbackTask)
    .innerJoin(agency, eq(agency.id, feedbackTask.agencyId))
    .leftJoin(feedback, current)
    .where(
      and(
        isNull(feedback.id),
        dueBefore === null ? undefined : lt(feedbackTask.dueOn, dueBefore),
        after === null ? undefined : gt(feedbackTask.id, after),
      ),
    )
    .orderBy(asc(feedbackTask.id))
    .limit(limit);
}

/** A check belongs to the task of its party, purpose and matter, where it called for something. */
function countsIn(checkId: string) {
  return sql`exists (
    select 1 from check_record c
    where c.agency_id = ${feedbackTask.agencyId} and c.id = ${checkId} and c.action <> 'none'
      and c.subject_index = ${feedbackTask.subjectIndex} and c.purpose = ${feedbackTask.purpose}
      and c.case_reference = ${feedbackTask.caseReference})`;
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

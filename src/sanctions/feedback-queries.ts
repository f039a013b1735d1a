// SQL on reports: one is current, those before it stay.
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { feedback } from "./schema.ts";
import type { FeedbackRow } from "./task-queries.ts";

export async function findCurrentFeedback(reader: Reader, taskId: string): Promise<FeedbackRow | null> {
  const current = and(eq(feedback.taskId, taskId), isNull(feedback.supersededBy));
  const [found] = await reader.select().from(feedback).where(current);
  return found ?? null;
}

/** Every report on the task, the first one first. */
export async function listFeedback(reader: Reader, taskId: string): Promise<FeedbackRow[]> {
  return reader.select().from(feedback).where(eq(feedback.taskId, taskId)).orderBy(asc(feedback.id));
}

/** Null where the task has a current report already. */
export async function insertFeedback(tx: Transaction, row: typeof feedback.$inferInsert): Promise<FeedbackRow | null> {
  const target = { target: feedback.taskId, where: sql`superseded_by is null` };
  const [inserted] = await tx.insert(feedback).values(row).onConflictDoNothing(target).returning();
  return inserted ?? null;
}

/** False where another report has replaced it meanwhile. */
export async function supersedeFeedback(tx: Transaction, id: string, by: string): Promise<boolean> {
  const current = and(eq(feedback.id, id), isNull(feedback.supersededBy));
  return (await tx.update(feedback).set({ supersededBy: by }).where(current).returning()).length > 0;
}

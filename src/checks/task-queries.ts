// SQL that corrects when feedback is due, after a new holiday notice.
import { sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";

/** Tasks that were opened on one day for one purpose are due on one day. */
export type TaskDay = { openedOn: string; purpose: string };

/** The days of tasks that are not due yet, or of which nobody knew when. */
export async function listTaskDays(reader: Reader, today: string): Promise<TaskDay[]> {
  return reader.execute<TaskDay>(sql`
    select distinct (opened_at at time zone 'Asia/Shanghai')::date::text as "openedOn", purpose
    from feedback_task where due_on is null or due_on >= ${today}::date`);
}

/** How many tasks are due on another day than before. */
export async function moveTasks(
  tx: Transaction,
  today: string,
  days: readonly (TaskDay & { dueOn: string | null })[],
): Promise<number> {
  const moved = await tx.execute(sql`
    update feedback_task t set due_on = given."dueOn"
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as given ("openedOn" date, purpose text, "dueOn" date)
    where (t.due_on is null or t.due_on >= ${today}::date)
      and (t.opened_at at time zone 'Asia/Shanghai')::date = given."openedOn"
      and t.purpose = given.purpose
      and t.due_on is distinct from given."dueOn"
    returning t.id`);
  return moved.length;
}

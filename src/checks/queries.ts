// SQL on the record of checks: an agency reads its own rows, newest first.
import { and, desc, eq, getTableColumns, gt, lt, sql } from "drizzle-orm";
import type { Reader } from "../platform/database.ts";
import { uuidAfter } from "../platform/id.ts";
import { checkRecord } from "./schema.ts";

export type StoredCheck = typeof checkRecord.$inferSelect;
export type CheckRow = StoredCheck & { feedbackDueOn: string | null };

/** A check, and when feedback on its matter is due. An erased one has no matter any more. */
export const checkColumns = {
  ...getTableColumns(checkRecord),
  // Names in full: drizzle leaves the table out where a statement selects from one.
  feedbackDueOn: sql<string | null>`(
    select t.due_on from feedback_task t
    where check_record.action <> 'none'
      and t.agency_id = check_record.agency_id and t.subject_index = check_record.subject_index
      and t.purpose = check_record.purpose and t.case_reference = check_record.case_reference
  )`.as("feedback_due_on"),
};

/** The agency's check with this id; another agency's is not found. */
export async function findCheck(reader: Reader, agencyId: string, id: string): Promise<CheckRow | undefined> {
  const own = and(eq(checkRecord.agencyId, agencyId), eq(checkRecord.id, id));
  const [found] = await reader.select(checkColumns).from(checkRecord).where(own);
  return found;
}

export type CheckFilter = { agencyId: string; batchId: string | null };

/** A batch is answered within seconds; its checks have ids from this time on. */
export const BATCH_MS_MAX = 600_000;

/** Up to `limit` of the agency's checks before `before` (an id), newest first. */
export async function listChecks(
  reader: Reader,
  { agencyId, batchId }: CheckFilter,
  before: string | null,
  limit: number,
): Promise<CheckRow[]> {
  const earlier = before === null ? undefined : lt(checkRecord.id, before);
  const ofBatch =
    batchId === null
      ? undefined
      : and(
          eq(checkRecord.batchId, batchId),
          gt(checkRecord.id, batchId),
          lt(checkRecord.id, uuidAfter(batchId, BATCH_MS_MAX)),
        );
  return reader
    .select(checkColumns)
    .from(checkRecord)
    .where(and(eq(checkRecord.agencyId, agencyId), ofBatch, earlier))
    .orderBy(desc(checkRecord.id))
    .limit(limit);
}

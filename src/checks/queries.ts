// SQL on the record of checks: an agency reads its own rows, newest first.
import { and, desc, eq, lt } from "drizzle-orm";
import type { Reader } from "../platform/database.ts";
import { checkRecord } from "./schema.ts";

export type CheckRow = typeof checkRecord.$inferSelect;

/** The agency's check with this id; another agency's is not found. */
export async function findCheck(reader: Reader, agencyId: string, id: string): Promise<CheckRow | undefined> {
  const own = and(eq(checkRecord.agencyId, agencyId), eq(checkRecord.id, id));
  const [found] = await reader.select().from(checkRecord).where(own);
  return found;
}

/** Up to `limit` of the agency's checks before `before` (an id), newest first. */
export async function listChecks(
  reader: Reader,
  agencyId: string,
  before: string | null,
  limit: number,
): Promise<CheckRow[]> {
  const earlier = before === null ? undefined : lt(checkRecord.id, before);
  return reader
    .select()
    .from(checkRecord)
    .where(and(eq(checkRecord.agencyId, agencyId), earlier))
    .orderBy(desc(checkRecord.id))
    .limit(limit);
}

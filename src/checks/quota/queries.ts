// SQL on what is drawn of limits: locked, written and read by whoever draws.
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { checkAllowance } from "./schema.ts";

export type AllowanceRow = typeof checkAllowance.$inferSelect;

/** The key of the agency's own row. */
export const WHOLE_AGENCY = "";

const ofBoth = (agencyId: string, keyId: string) =>
  and(eq(checkAllowance.agencyId, agencyId), inArray(checkAllowance.keyId, [WHOLE_AGENCY, keyId]));

/** The rows of an agency and of a key, locked in this order, and the time by which all processes count. */
export async function lockAllowances(
  tx: Transaction,
  agencyId: string,
  keyId: string,
): Promise<{ rows: AllowanceRow[]; nowMs: number }> {
  // Locks first: of two that draw, the second sees the time after the first.
  const rows = await tx
    .select()
    .from(checkAllowance)
    .where(ofBoth(agencyId, keyId))
    .orderBy(asc(checkAllowance.keyId))
    .for("update");
  return { rows, nowMs: await readClock(tx) };
}

/** The clock that all processes share. */
export async function readClock(reader: Reader): Promise<number> {
  const [clock] = await reader.execute<{ nowMs: number }>(sql`
    select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"`);
  if (!clock) throw new Error("the database told no time");
  return clock.nowMs;
}

/** Rows for an agency and a key that have none; there is nothing to lock before. */
export async function insertAllowances(tx: Transaction, rows: readonly AllowanceRow[]): Promise<void> {
  await tx
    .insert(checkAllowance)
    .values([...rows])
    .onConflictDoNothing();
}

/** Both rows in one statement. */
export async function saveAllowances(tx: Transaction, rows: readonly AllowanceRow[]): Promise<void> {
  await tx
    .insert(checkAllowance)
    .values([...rows])
    .onConflictDoUpdate({
      target: [checkAllowance.agencyId, checkAllowance.keyId],
      set: {
        day: sql`excluded.day`,
        granted: sql`excluded.granted`,
        tokens: sql`excluded.tokens`,
        filledAt: sql`excluded.filled_at`,
        persons: sql`excluded.persons`,
      },
    });
}

/** What is drawn of the limits of an agency and of its keys. */
export async function listAllowances(reader: Reader, agencyId: string): Promise<AllowanceRow[]> {
  return reader
    .select()
    .from(checkAllowance)
    .where(eq(checkAllowance.agencyId, agencyId))
    .orderBy(asc(checkAllowance.keyId));
}

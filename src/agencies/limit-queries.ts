// SQL on the limits that agencies have of their own.
import { eq } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { agencyLimit } from "./schema.ts";

export type LimitRow = typeof agencyLimit.$inferSelect;
export type NewLimitRow = typeof agencyLimit.$inferInsert;

/** At most one row a scope. */
export async function listLimits(reader: Reader, agencyId: string): Promise<LimitRow[]> {
  return reader.select().from(agencyLimit).where(eq(agencyLimit.agencyId, agencyId));
}

/** Limits that `row` does not name stay as they are; null is none of its own. */
export async function upsertLimits(tx: Transaction, row: NewLimitRow): Promise<LimitRow> {
  const { agencyId: _, scope: __, ...changed } = row;
  const [kept] = await tx
    .insert(agencyLimit)
    .values(row)
    .onConflictDoUpdate({ target: [agencyLimit.agencyId, agencyLimit.scope], set: { ...changed, setAt: new Date() } })
    .returning();
  if (!kept) throw new Error("an upsert returned no row");
  return kept;
}

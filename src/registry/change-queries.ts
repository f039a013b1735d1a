// The register's sequence of changes: positions are dense and in commit order, so a follower reads on by number.
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";

export type ChangeKind = "listed" | "changed" | "ended";

/** The positions that an act took: after the first, up to the last; both the same where it changed nothing. */
export type Positions = { before: number; after: number };

/**
 * Records one change. The last step of a transaction: it holds the register's one position row until the commit, and
 * every other writer waits for it.
 */
export async function recordChange(tx: Transaction, listingId: string, kind: ChangeKind): Promise<void> {
  await recordChanges(tx, 1, sql`(values (${listingId}::uuid, ${kind}::text)) as one (listing_id, kind)`);
}

/** The same for the `count` rows that applying a stage has collected. */
export async function recordStagedChanges(tx: Transaction, count: number): Promise<Positions> {
  if (count > 0) await recordChanges(tx, count, sql`stage_change`);
  const [state] = await tx.execute<{ position: number }>(sql`select position from register_state`);
  const after = state?.position ?? 0;
  return { before: after - count, after };
}

async function recordChanges(tx: Transaction, count: number, rows: SQL): Promise<void> {
  await tx.execute(sql`
    with taken as (update register_state set position = position + ${count} returning position - ${count} as base)
    insert into listing_change (position, listing_id, kind)
    select taken.base + row_number() over (), listing_id, kind from ${rows}, taken`);
}

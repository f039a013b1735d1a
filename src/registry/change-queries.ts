// The register's sequence of changes: positions are dense and in commit order, so a follower reads on by number; and each
// change is bound by the public log.
import { type SQL, sql } from "drizzle-orm";
import { appendSeries } from "../audit/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import type { ChangeKind } from "./change-fact.ts";

/** The positions that an act took: after the first, up to the last; both the same where it changed nothing. */
export type Positions = { before: number; after: number };

/** What a change says of its listing. */
const stateNames = ["version", "source", "state", "under_objection", "natural_key", "content_hash"];

/** The changes with their facts (`change-fact.ts`) in canonical JSON: no value holds a character which JSON escapes. */
const changeFacts: SQL = sql`(
  select position as row, uuid_send(salt) as salt,
    '{"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","change":"' || kind
      || '","content":"' || content_hash || '","key":"' || natural_key || '","kind":"listing","listing":"' || listing_id
      || '","position":' || position || ',"state":"' || state || '","underObjection":' || under_objection
      || ',"v":1,"version":' || version || '}' as fact
  from listing_change
)`;

/** The columns of `stage_change` but its last one, out of a write to `listing l`. */
export const changedState: SQL = sql.raw(["l.id", ...stateNames.map((name) => `l.${name}`)].join(", "));

/** The table in which the changes of a load are collected. */
export async function createChangeTable(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    create temp table stage_change (
      listing_id uuid, version integer, source text, state text, under_objection boolean, natural_key uuid,
      content_hash uuid, kind text
    ) on commit drop`);
}

/**
 * Records one change: what the listing is now. The last step of a transaction: it holds the register's one position row
 * until the commit, and every other writer waits for it. Returns that position.
 */
export async function recordChange(tx: Transaction, listingId: string, kind: ChangeKind): Promise<number> {
  const change = sql`(
    select id as listing_id, ${kind}::text as kind, ${sql.raw(stateNames.join(", "))} from listing where id = ${listingId}
  ) as one`;
  return (await recordChanges(tx, 1, change, false)).after;
}

/** The same for the `count` rows that applying a stage has collected. */
export async function recordStagedChanges(tx: Transaction, count: number): Promise<Positions> {
  if (count > 0) return recordChanges(tx, count, sql`stage_change`, true);
  const after = await readPosition(tx);
  return { before: after, after };
}

/** The position of the last change. */
export async function readPosition(reader: Reader): Promise<number> {
  const [state] = await reader.execute<{ position: number }>(sql`select position from register_state`);
  return state?.position ?? 0;
}

async function recordChanges(tx: Transaction, count: number, rows: SQL, bulk: boolean): Promise<Positions> {
  const [taken] = await tx.execute<{ after: number; at: string }>(sql`
    update register_state set position = position + ${count} returning position as after, clock_timestamp()::text as at`);
  if (!taken) throw new Error("the register has no position");
  const { after, at } = taken;
  const before = after - count;
  const names = sql.raw(["listing_id", "kind", ...stateNames].join(", "));
  // In the order of the ids, so that the index by listing is filled from one end.
  await tx.execute(sql`
    insert into listing_change (position, at, salt, ${names})
    select ${before}::bigint + row_number() over (order by listing_id), ${at}::timestamptz, gen_random_uuid(), ${names}
    from ${rows}`);
  await appendSeries(tx, changeFacts, { first: before + 1, last: after }, bulk);
  return { before, after };
}

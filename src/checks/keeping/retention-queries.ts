// SQL that gives months of the record up: which checks must stay and why, and a partition of nothing else in their place.
import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { listing } from "../../registry/schema.ts";
import { checkRecord, hit } from "../schema.ts";

/**
 * A relation of `check_id`, `reason` and `is_open` over checks below an id: what an open matter needs stays as it is, what a
 * closed one names stays without personal data.
 */
export type Holding = (before: string) => SQL;

/** Whoever was shown a listing is told of its end: until then the check is needed. */
export const heldByListings: Holding = (before) => sql`
  select h.check_id, 'listing' as reason, true as is_open
  from ${hit} h join ${listing} l on l.id = h.listing_id and l.state = 'published'
  where h.check_id < ${before}::uuid`;

export type Stood = { partition: string; rows: number; dropped: number; erased: number; held: number };
export type HeldFor = { reason: string; checks: number };

/** To the end of the transaction: every check below `before` that anything names. */
export async function collectHeld(tx: Transaction, before: string, holdings: readonly Holding[]): Promise<void> {
  const all = sql.join(
    holdings.map((holding) => sql`(${holding(before)})`),
    sql` union all `,
  );
  await tx.execute(sql`
    create temporary table held_check on commit drop as
    select check_id as id, bool_or(is_open) as is_open, array_agg(distinct reason) filter (where is_open) as reasons
    from (${all}) as named (check_id, reason, is_open)
    group by check_id`);
  await tx.execute(sql`create index on held_check (id)`);
  await tx.execute(sql`analyze held_check`);
}

/** What would become of each partition's checks. */
export async function countStood(tx: Transaction, before: string): Promise<Stood[]> {
  const rows = await tx.execute<Stood>(sql`
    select r.tableoid::regclass::text as partition, count(*)::float8 as rows,
      (count(*) filter (where h.id is null))::float8 as dropped,
      (count(*) filter (where not h.is_open))::float8 as erased,
      (count(*) filter (where h.is_open))::float8 as held
    from ${checkRecord} r left join held_check h on h.id = r.id
    where r.id < ${before}::uuid
    group by 1 order by 1`);
  return [...rows];
}

/** For what checks are held back; one may be for several reasons. */
export async function countHeldFor(tx: Transaction): Promise<HeldFor[]> {
  const rows = await tx.execute<HeldFor>(sql`
    select reason, count(*)::int as checks
    from held_check h cross join unnest(h.reasons) as reason
    where exists (select from ${checkRecord} r where r.id = h.id)
    group by reason order by reason`);
  return [...rows];
}

/** Checks that only closed matters name, and that still hold personal data. */
export async function listUnerased(tx: Transaction, limit: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select h.id from held_check h join ${checkRecord} r on r.id = h.id
    where not h.is_open and octet_length(r.subject_sealed) > 0
    order by h.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** What leaves the record: its rows, their entries in the log, and how many of these were erased before. */
export type Dropped = {
  rows: number;
  entries: number;
  erased: number;
  firstGroup: number | null;
  lastGroup: number | null;
};

/**
 * Puts what is held of these partitions, the lowest of all, into one in their place. They take no writes meanwhile; only the
 * exchange itself holds up checks, for as long as it takes to remove files.
 */
export async function replacePartitions(
  tx: Transaction,
  partitions: readonly string[],
  before: string,
): Promise<Dropped> {
  const upper = sql.raw(`'${before}'`);
  for (const name of partitions) await tx.execute(sql`lock table ${sql.identifier(name)} in share row exclusive mode`);
  const [dropped] = await tx.execute<Dropped>(sql`
    select count(*)::float8 as rows, count(log_group)::float8 as entries,
      (count(log_group) filter (where salt is null))::float8 as erased,
      min(log_group)::float8 as "firstGroup", max(log_group)::float8 as "lastGroup"
    from ${checkRecord} r
    where r.id < ${upper} and not exists (select from held_check h where h.id = r.id)`);
  await tx.execute(sql`
    create table check_record_kept
      (like check_record including defaults including constraints including storage including compression)`);
  const kept = await tx.execute(sql`
    insert into check_record_kept
    select r.* from ${checkRecord} r where r.id < ${upper} and exists (select from held_check h where h.id = r.id)`);
  await removeWhatNamesDropped(tx, upper);
  for (const name of partitions) {
    await tx.execute(sql`alter table check_record detach partition ${sql.identifier(name)}`);
    await tx.execute(sql`drop table ${sql.identifier(name)}`);
  }
  if (kept.count === 0) await tx.execute(sql`drop table check_record_kept`);
  else {
    await tx.execute(sql`alter table check_record_kept rename to check_record_first`);
    await tx.execute(
      sql`alter table check_record attach partition check_record_first for values from (minvalue) to (${upper})`,
    );
  }
  if (!dropped) throw new Error("a count returned no row");
  return dropped;
}

/** Matches that were shown, and certificates that nobody can be told anything of any more. */
async function removeWhatNamesDropped(tx: Transaction, upper: SQL): Promise<void> {
  await tx.execute(sql`
    delete from hit h where h.check_id < ${upper} and not exists (select from check_record_kept k where k.id = h.check_id)`);
  await tx.execute(sql`
    delete from certificate c
    where c.subject_id < ${upper}
      and not exists (select from check_record_kept k where k.id = c.subject_id or k.batch_id = c.subject_id)`);
}

/** The day before which checks were given up, `YYYY-MM-DD`; null where none ever were. */
export async function readGivenUpUntil(reader: Reader): Promise<string | null> {
  const [row] = await reader.execute<{ until: string | null }>(sql`
    select max(fact ->> 'until') as until from log_fact
    where subject = 'check_record' and fact ->> 'kind' = 'retention'`);
  return row?.until ?? null;
}

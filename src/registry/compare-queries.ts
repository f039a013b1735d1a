// Comparing a stage with the live rows: set-based, each statement one pass. What differs stands in a table of the transaction.
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import { ROLLED_BACK } from "./exit-reason.ts";
import type { Stage } from "./stage.ts";

/**
 * `missing`: the snapshot lacks a row of its source. `superseded`: ended after the file was cut. `disputed`: ended by the
 * source that owned it, and not published again since. `joined`, `restated`, `named`: rows of a second source, for the
 * first time, with other words, and as before; `parted`: it names the row no longer. `adopted`: this source outranks the
 * owner.
 */
export const outcomes = [
  "new",
  "changed",
  "removed",
  "missing",
  "superseded",
  "disputed",
  "joined",
  "restated",
  "named",
  "parted",
  "adopted",
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * The table that `compareWithLive` leaves: `line` of the stage (null for a missing row), `listing_id` of the period that
 * is meant (null for a new one), `court` by name and `court_key`, `outcome`, `conflicting`.
 */
export const differenceTable = "stage_difference";

/** Hashes and sorts of a few million rows stay in memory; the transaction runs a handful of them, one after another. */
const WORK_MEMORY = "256MB";
/** First key of the advisory lock on comparing and applying; any constant that nothing else uses. */
const APPLY_LOCK = 7_305_126;

export type Comparison = { source: string; outranked: string[]; endsMissing: boolean; asOf: Date };

/** Until the transaction's end no other load is compared, applied or rolled back: two sources may name the same rows. */
export async function lockApplying(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${APPLY_LOCK})`);
  await tx.execute(sql`set local work_mem = ${sql.raw(`'${WORK_MEMORY}'`)}`);
}

/** False while a load is compared or applied; otherwise none is until the transaction's end. */
export async function tryLockApplying(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute<{ locked: boolean }>(sql`select pg_try_advisory_xact_lock(${APPLY_LOCK}) as locked`);
  return row?.locked === true;
}

/**
 * What the stage says against the live rows; what it leaves as it is, is left out. A document is looked for where a key is
 * not null: as a condition of its own, the planner would look for all of them and throw away what is live.
 */
export async function compareWithLive(tx: Transaction, stage: Stage, comparison: Comparison): Promise<void> {
  const { source, outranked, endsMissing } = comparison;
  await tx.execute(sql`
    create temp table stage_difference on commit drop as
    select s.line, coalesce(l.id, ended.id) as listing_id, d.blind_index is not null as known,
      coalesce(l.subject_id, d.subject_id, s.subject_id) as subject_id,
      s.court_name as court, coalesce(s.court_code, s.court_name) as court_key, false as conflicting,
      case
        when s.line is null then case when l.source = ${source} then 'missing' else 'parted' end
        when l.id is null then coalesce(ended.outcome, 'new')
        when l.source = ${source} then case when s.removed then 'removed' else 'changed' end
        when s.removed then 'parted'
        when l.source = any (${textArray(outranked)}) then 'adopted'
        when l.joined_hash is null then 'joined'
        when l.joined_hash <> s.content_hash then 'restated'
        else 'named'
      end as outcome
    from ${sql.identifier(stage)} s
    ${endsMissing ? sql`full` : sql`left`} join (
      select id, subject_id, natural_key, listing.content_hash, listing.source, m.content_hash as joined_hash
      from listing left join listing_source m on m.listing_id = id and m.source = ${source}
      where ended_at is null
    ) l on l.natural_key = s.natural_key
    left join lateral (${endedPeriod(comparison)}) ended on true
    left join document d on d.blind_index = case when l.id is null then s.blind_index end
    where case
      when s.line is null then l.source = ${source} or l.joined_hash is not null
      when l.id is null then not s.removed
      when l.source = ${source} then s.removed or l.content_hash <> s.content_hash
      else l.joined_hash is not null or not s.removed
    end`);
  await tx.execute(sql`analyze stage_difference`);
}

/** The ended period that forbids a new one for the staged row `s`. What was rolled back was never meant to be. */
function endedPeriod({ source, asOf }: Comparison): SQL {
  const cut = sql`${asOf.toISOString()}::timestamptz`;
  return sql`
    select e.id, case when e.ended_at > ${cut} then 'superseded' else 'disputed' end as outcome
    from listing e
    where l.id is null and e.natural_key = s.natural_key and e.ended_at is not null
      and case
        when e.ended_by not like 'feed:%' then e.ended_at > ${cut}
        else e.ended_by <> ${`feed:${source}`} and e.exit_reason <> ${ROLLED_BACK}
          and (e.ended_at > ${cut} or s.published_on <= (e.ended_at at time zone 'Asia/Shanghai')::date)
      end
    order by e.ended_at desc
    limit 1`;
}

/** The rows that the file lacks, and those staged as known, are of courts that the register knows. */
export async function nameKnownCourts(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update stage_difference x set court = l.court_name from listing l where x.court is null and l.id = x.listing_id`);
}

/** Rows that were staged as known, and whose listing has moved since: without their content nothing can be written. */
export async function countMoved(tx: Transaction, stage: Stage): Promise<number> {
  return count(
    tx,
    sql`
    select count(*)::int as rows from stage_difference x join ${sql.identifier(stage)} s using (line)
    where s.listing_id is null and x.outcome in ('new', 'changed', 'adopted')`,
  );
}

/** A file without a term contradicts no term, and an unclear ground (GX) no ground. */
export async function markConflicts(tx: Transaction, stage: Stage): Promise<number> {
  const marked = await tx.execute(sql`
    update stage_difference x set conflicting = true
    from ${sql.identifier(stage)} s, listing l
    where x.outcome in ('joined', 'restated', 'named') and s.line = x.line and l.id = x.listing_id and (
      not s.name_keys && l.name_keys
      or (not (s.grounds @> l.grounds and s.grounds <@ l.grounds) and not 'GX' = any (s.grounds || l.grounds))
      or s.published_on <> l.published_on
      or s.term_ends_on <> l.term_ends_on
      or (s.term_kind <> l.term_kind and 'unknown' not in (s.term_kind, l.term_kind)))`);
  return marked.count;
}

/** Also how many of them rest on a row of the file. */
export async function countOutcomes(tx: Transaction): Promise<Record<Outcome, { rows: number; staged: number }>> {
  const found = await tx.execute<{ outcome: Outcome; rows: number; staged: number }>(
    sql`select outcome, count(*)::int as rows, count(line)::int as staged from stage_difference group by outcome`,
  );
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, { rows: 0, staged: 0 }]));
  for (const { outcome, rows, staged } of found) counts[outcome] = { rows, staged };
  return counts as Record<Outcome, { rows: number; staged: number }>;
}

/** New rows of courts that no listing has named yet. */
export async function countNewOfUnknownCourts(tx: Transaction): Promise<number> {
  return count(
    tx,
    sql`
    select coalesce(sum(rows), 0)::int as rows
    from (select court_key, count(*) as rows from stage_difference where outcome = 'new' group by court_key) found
    where not exists (select from listing_court known where known.court = found.court_key)`,
  );
}

/** Rows that the snapshot lacks although a court set them a term that still runs. */
export async function countMissingInTerm(tx: Transaction): Promise<number> {
  return count(
    tx,
    sql`
    select count(*)::int as rows from stage_difference x join listing l on l.id = x.listing_id
    where x.outcome = 'missing' and l.term_kind = 'fixed'
      and l.term_ends_on > (now() at time zone 'Asia/Shanghai')::date`,
  );
}

export async function countStaged(tx: Transaction, stage: Stage): Promise<{ rows: number; masked: number }> {
  const [row] = await tx.execute<{ rows: number; masked: number }>(sql`
    select count(*)::int as rows, count(*) filter (where starts_with(kind, 'masked_'))::int as masked
    from ${sql.identifier(stage)}`);
  return row ?? { rows: 0, masked: 0 };
}

async function count(tx: Transaction, query: SQL): Promise<number> {
  const [row] = await tx.execute<{ rows: number }>(query);
  return row?.rows ?? 0;
}

/** drizzle would spread an array into a list of parameters. */
function textArray(values: string[]): SQL {
  return sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;
}

// The set-based statements of a load: compare the stage with the live rows, then write what differs. Each is one pass.
// Between them stand two tables of the transaction: `stage_difference`, and `stage_change` for what was really written.
import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { ChangeKind } from "./change-queries.ts";
import { columnList, contentNames, type Stage } from "./stage.ts";

export type Outcome = "new" | "changed" | "removed" | "missing" | "superseded";

/** Hashes and sorts of a few million rows stay in memory; the transaction runs a handful of them, one after another. */
const WORK_MEMORY = "256MB";

/**
 * What the stage says against the live rows, unchanged rows left out. `missing` only where `endsMissing`; a live row of
 * another source stands as it is; a key that its court ended after `asOf` stays ended.
 */
export async function compareWithLive(
  tx: Transaction,
  stage: Stage,
  { source, endsMissing, asOf }: { source: string; endsMissing: boolean; asOf: Date },
): Promise<void> {
  await tx.execute(sql`set local work_mem = ${sql.raw(`'${WORK_MEMORY}'`)}`);
  await tx.execute(sql`create temp table stage_change (listing_id uuid, kind text) on commit drop`);
  await tx.execute(sql`
    create temp table stage_difference on commit drop as
    select s.line, l.id as live_id, d.blind_index is not null as known,
      coalesce(l.subject_id, d.subject_id, s.subject_id) as subject_id,
      case
        when s.line is null then 'missing'
        when l.id is not null then case when s.removed then 'removed' else 'changed' end
        when exists (
          select from listing e where e.natural_key = s.natural_key
            and e.ended_at > ${asOf.toISOString()}::timestamptz and e.ended_by not like 'feed:%'
        ) then 'superseded'
        else 'new'
      end as outcome
    from ${sql.identifier(stage)} s
    ${endsMissing ? sql`full` : sql`left`} join (
      select id, subject_id, natural_key, content_hash, source from listing where ended_at is null
    ) l on l.natural_key = s.natural_key
    left join document d on l.id is null and d.blind_index = s.blind_index
    where case
      when s.line is null then l.source = ${source}
      when l.id is null then not s.removed
      else l.source = ${source} and (s.removed or l.content_hash <> s.content_hash)
    end`);
  await tx.execute(sql`analyze stage_difference`);
}

export async function countOutcomes(tx: Transaction): Promise<Record<Outcome, number>> {
  const rows = await tx.execute<{ outcome: Outcome; rows: number }>(
    sql`select outcome, count(*)::int as rows from stage_difference group by outcome`,
  );
  const counts = { new: 0, changed: 0, removed: 0, missing: 0, superseded: 0 };
  for (const { outcome, rows: count } of rows) counts[outcome] = count;
  return counts;
}

export async function countStaged(tx: Transaction, stage: Stage): Promise<number> {
  return count(tx, sql`select count(*)::int as rows from ${sql.identifier(stage)}`);
}

export async function countLive(tx: Transaction, source: string): Promise<number> {
  return count(tx, sql`select count(*)::int as rows from listing where ended_at is null and source = ${source}`);
}

async function count(tx: Transaction, query: SQL): Promise<number> {
  const [row] = await tx.execute<{ rows: number }>(query);
  return row?.rows ?? 0;
}

/** In the order of their keys, so that each index is filled from one end and two loads cannot wait for each other. */
export async function insertParties(tx: Transaction, stage: Stage, source: string): Promise<void> {
  await tx.execute(sql`
    insert into document (blind_index, subject_id, kind, masked, number_sealed, source)
    select s.blind_index, x.subject_id, s.kind, s.masked, s.number_sealed, ${source}
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'new' and not x.known
    union all
    select s.further_index, x.subject_id, s.further_kind, s.further_masked, s.further_sealed, ${source}
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome in ('new', 'changed') and s.further_index is not null
    order by 1
    on conflict do nothing`);
  await tx.execute(sql`
    insert into subject (id, kind)
    select x.subject_id, s.party_kind
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'new' and not x.known
      order by 1
    on conflict do nothing`);
}

/** A period that somebody opened meanwhile stands. */
export async function insertNew(tx: Transaction, stage: Stage, source: string, loadId: string): Promise<number> {
  return recordWritten(
    tx,
    "listed",
    sql`
    insert into listing (id, subject_id, state, source, load_id, natural_key, content_hash, ${columnList(contentNames)})
    select s.listing_id, x.subject_id, 'published', ${source}, ${loadId}, s.natural_key, s.content_hash,
        ${columnList(contentNames, "s")}
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'new'
      order by x.subject_id
    on conflict (natural_key) where ended_at is null do nothing
    returning id`,
  );
}

export async function updateChanged(tx: Transaction, stage: Stage, loadId: string): Promise<number> {
  return recordWritten(
    tx,
    "changed",
    sql`
    update listing l set version = l.version + 1, load_id = ${loadId}, content_hash = s.content_hash,
        (${columnList(contentNames)}) = row (${columnList(contentNames, "s")})
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'changed' and l.id = x.live_id and l.ended_at is null
    returning l.id`,
  );
}

export async function endDropped(
  tx: Transaction,
  outcome: "removed" | "missing",
  { source, loadId, reason }: { source: string; loadId: string; reason: string },
): Promise<number> {
  return recordWritten(
    tx,
    "ended",
    sql`
    update listing l set version = l.version + 1, load_id = ${loadId}, state = 'ended', ended_at = now(),
        ended_by = ${`feed:${source}`}, exit_reason = ${reason}
      from stage_difference x
      where x.outcome = ${outcome} and l.id = x.live_id and l.ended_at is null
    returning l.id`,
  );
}

async function recordWritten(tx: Transaction, kind: ChangeKind, write: SQL): Promise<number> {
  const result = await tx.execute(sql`
    with written as (${write}) insert into stage_change (listing_id, kind) select id, ${kind} from written`);
  return result.count;
}

/** After a large load the planner needs new statistics before autovacuum's turn. */
export async function analyzeRegister(reader: Reader): Promise<void> {
  await reader.execute(sql`analyze listing, document, subject`);
}

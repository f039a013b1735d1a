// Writing what a comparison found: set-based, each statement one pass over `stage_difference`; `stage_change` collects what
// was really written. A row that its court ended meanwhile stays ended.
import { type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { ChangeKind } from "./change-fact.ts";
import { changedState } from "./change-queries.ts";
import { MISSING, REMOVED } from "./exit-reason.ts";
import { columnList, contentNames, type Stage } from "./stage.ts";

type Writer = { source: string; loadId: string };

/** In the order of their keys, so that each index is filled from one end. */
export async function insertParties(tx: Transaction, stage: Stage, source: string): Promise<void> {
  await tx.execute(sql`
    insert into document (blind_index, subject_id, kind, masked, number_sealed, source)
    select s.blind_index, x.subject_id, s.kind, s.masked, s.number_sealed, ${source}
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'new' and not x.known
    union all
    select s.further_index, x.subject_id, s.further_kind, s.further_masked, s.further_sealed, ${source}
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome in ('new', 'changed', 'adopted') and s.further_index is not null
    order by 1
    on conflict do nothing`);
  await tx.execute(sql`
    insert into subject (id, kind)
    select x.subject_id, s.party_kind
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'new' and not x.known
      order by 1
    on conflict do nothing`);
  await tx.execute(sql`
    insert into listing_court (court) select distinct court_key from stage_difference where outcome = 'new'
    on conflict do nothing`);
}

/** A period that a court opened meanwhile stands. */
export async function insertNew(tx: Transaction, stage: Stage, { source, loadId }: Writer): Promise<number> {
  return recordWritten(
    tx,
    "listed",
    sql`
    insert into listing as l (id, subject_id, state, source, load_id, natural_key, content_hash, ${columnList(contentNames)})
    select s.listing_id, x.subject_id, 'published', ${source}, ${loadId}, s.natural_key, s.content_hash,
        ${columnList(contentNames, "s")}
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = 'new'
      order by x.subject_id
    on conflict (natural_key) where ended_at is null do nothing`,
  );
}

/** What the changed rows said before, under a lock that lasts until they are written. */
export async function keepVersions(tx: Transaction, { loadId }: Writer): Promise<void> {
  const content = contentNames.map((name) => `'${name}', l.${name}`).join(", ");
  await tx.execute(sql`
    insert into listing_version (listing_id, version, load_id, source, content_hash, content)
    select l.id, l.version, ${loadId}::uuid, l.source, l.content_hash, jsonb_build_object(${sql.raw(content)})
      from stage_difference x join listing l on l.id = x.listing_id
      where x.outcome in ('changed', 'adopted') and l.ended_at is null
      order by l.id
      for update of l`);
}

/** An adopted row becomes this source's own. */
export async function updateChanged(tx: Transaction, stage: Stage, outcome: "changed" | "adopted", writer: Writer) {
  const { source, loadId } = writer;
  return recordWritten(
    tx,
    "changed",
    sql`
    update listing l set version = l.version + 1, load_id = ${loadId}, source = ${source}, content_hash = s.content_hash,
        (${columnList(contentNames)}) = row (${columnList(contentNames, "s")})
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome = ${outcome} and l.id = x.listing_id and l.ended_at is null`,
  );
}

export async function endDropped(tx: Transaction, { source, loadId }: Writer): Promise<number> {
  return recordWritten(
    tx,
    "ended",
    sql`
    update listing l set version = l.version + 1, load_id = ${loadId}, state = 'ended', ended_at = now(),
        ended_by = ${`feed:${source}`}, exit_reason = case x.outcome when 'missing' then ${MISSING} else ${REMOVED} end
      from stage_difference x
      where x.outcome in ('missing', 'removed') and l.id = x.listing_id and l.ended_at is null`,
  );
}

/** Rows of the source that go or change are kept for a roll-back; of an adopted row its former owner is a second source. */
export async function updateSources(tx: Transaction, stage: Stage, { source, loadId }: Writer): Promise<void> {
  await tx.execute(sql`
    with gone as (
      delete from listing_source m using stage_difference x
      where m.listing_id = x.listing_id and m.source = ${source} and x.outcome in ('parted', 'restated', 'adopted')
      returning m.*
    )
    insert into listing_source_version (load_id, listing_id, source, content_hash, named_by, since)
    select ${loadId}::uuid, listing_id, source, content_hash, load_id, since from gone`);
  await tx.execute(sql`
    insert into listing_source (listing_id, source, content_hash, load_id)
    select x.listing_id, ${source}, s.content_hash, ${loadId}::uuid
      from stage_difference x join ${sql.identifier(stage)} s using (line)
      where x.outcome in ('joined', 'restated')
    union all
    select listing_id, source, content_hash, load_id from listing_version where load_id = ${loadId} and source <> ${source}`);
}

/** `write` is a statement on `listing l` without its `returning`. */
export async function recordWritten(tx: Transaction, kind: ChangeKind, write: SQL): Promise<number> {
  const result = await tx.execute(sql`
    with written as (${write} returning ${changedState}) insert into stage_change select *, ${kind} from written`);
  return result.count;
}

/** After a large load the planner needs new statistics before autovacuum's turn. */
export async function analyzeRegister(reader: Reader): Promise<void> {
  await reader.execute(sql`analyze listing, document, subject`);
}

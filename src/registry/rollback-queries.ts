// Undoing a load: what it wrote stands between two positions of the register; `stage_undo` says what of it can be undone.
import { sql } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import { recordWritten } from "./apply-queries.ts";
import type { ChangeKind } from "./change-fact.ts";
import type { Positions } from "./change-queries.ts";
import { ROLLED_BACK } from "./exit-reason.ts";
import { columnList, contentNames } from "./stage.ts";

/** What a load does to a listing. */
type LoadedKind = Exclude<ChangeKind, "identified">;

/** The table that `collectEffects` leaves: `listing_id`, `kind` of the change, and whether it `is_left` as it is. */
export const undoTable = "stage_undo";

export type UndoneLoad = {
  loadId: string;
  source: string;
  positions: Positions;
  /** Positions of later loads that were rolled back, and of their roll-backs: they cancel out. */
  cancelled: Positions[];
};

/** Locks what the load wrote; whatever is decided about it is decided afterwards. */
export async function collectEffects(tx: Transaction, { positions }: UndoneLoad): Promise<void> {
  await tx.execute(sql`
    create temp table stage_undo on commit drop as
    select l.id as listing_id, c.kind, false as is_left
    from listing_change c join listing l on l.id = c.listing_id
    where c.position > ${positions.before} and c.position <= ${positions.after}
    order by l.id
    for update of l`);
  await tx.execute(sql`analyze stage_undo`);
}

/**
 * Left is what anybody changed since, what another source came to name, and what is listed anew. Whose number a document is
 * changes nothing of what a listing says.
 */
export async function markLeft(tx: Transaction, { loadId, source, positions, cancelled }: UndoneLoad): Promise<void> {
  await tx.execute(sql`
    update stage_undo u set is_left = true
    from listing l left join listing_version v on v.listing_id = l.id and v.load_id = ${loadId} and not v.undone
    where l.id = u.listing_id and (
      exists (
        select from listing_change c
        where c.position > ${positions.after} and c.listing_id = l.id and c.kind <> 'identified' and not exists (
          select from jsonb_to_recordset(${JSON.stringify(cancelled)}::jsonb) as r (before bigint, after bigint)
          where c.position > r.before and c.position <= r.after
        )
      )
      or case u.kind
        when 'listed' then l.ended_at is not null
          or exists (select from listing_source m where m.listing_id = l.id)
        when 'changed' then l.ended_at is not null or v.source is null
          or v.source <> ${source} and not exists (
            select from listing_source m
            where m.listing_id = l.id and m.source = v.source and m.load_id = ${loadId}
          )
        else l.ended_by is distinct from ${`feed:${source}`}
          or exists (select from listing o where o.natural_key = l.natural_key and o.ended_at is null)
      end)`);
}

export async function countEffects(tx: Transaction): Promise<Record<LoadedKind | "left", number>> {
  const rows = await tx.execute<{ kind: LoadedKind | "left"; rows: number }>(sql`
    select case when is_left then 'left' else kind end as kind, count(*)::int as rows from stage_undo group by 1`);
  const counts = { listed: 0, changed: 0, ended: 0, left: 0 };
  for (const { kind, rows: count } of rows) counts[kind] = count;
  return counts;
}

export async function endListed(tx: Transaction, source: string): Promise<number> {
  return recordWritten(
    tx,
    "ended",
    sql`
    update listing l set version = l.version + 1, state = 'ended', ended_at = now(), ended_by = ${`feed:${source}`},
        exit_reason = ${ROLLED_BACK}
      from stage_undo u
      where u.kind = 'listed' and not u.is_left and l.id = u.listing_id`,
  );
}

/** What the load wrote is kept as a version, too: checks were answered with it. */
export async function restoreChanged(tx: Transaction, loadId: string): Promise<number> {
  const content = contentNames.map((name) => `'${name}', l.${name}`).join(", ");
  await tx.execute(sql`
    insert into listing_version (listing_id, version, load_id, source, content_hash, content, undone)
    select l.id, l.version, ${loadId}::uuid, l.source, l.content_hash, jsonb_build_object(${sql.raw(content)}), true
      from stage_undo u join listing l on l.id = u.listing_id
      where u.kind = 'changed' and not u.is_left`);
  return recordWritten(
    tx,
    "changed",
    sql`
    update listing l set version = l.version + 1, source = v.source, content_hash = v.content_hash,
        (${columnList(contentNames)}) = row (${columnList(contentNames, "was")})
      from stage_undo u join listing_version v on v.listing_id = u.listing_id and v.load_id = ${loadId} and not v.undone,
        jsonb_populate_record(null::listing, v.content) was
      where u.kind = 'changed' and not u.is_left and l.id = u.listing_id`,
  );
}

export async function relistEnded(tx: Transaction): Promise<number> {
  return recordWritten(
    tx,
    "listed",
    sql`
    update listing l set version = l.version + 1, state = 'published', ended_at = null, ended_by = null,
        exit_operation = null, exit_reason = null
      from stage_undo u
      where u.kind = 'ended' and not u.is_left and l.id = u.listing_id`,
  );
}

export async function restoreSources(tx: Transaction, loadId: string): Promise<void> {
  const isLeft = (listingId: string) =>
    sql`exists (select from stage_undo u where u.is_left and u.listing_id = ${sql.raw(listingId)})`;
  await tx.execute(sql`delete from listing_source m where m.load_id = ${loadId} and not ${isLeft("m.listing_id")}`);
  await tx.execute(sql`
    insert into listing_source (listing_id, source, content_hash, load_id, since)
    select v.listing_id, v.source, v.content_hash, v.named_by, v.since from listing_source_version v
    where v.load_id = ${loadId} and not ${isLeft("v.listing_id")}
    on conflict do nothing`);
}

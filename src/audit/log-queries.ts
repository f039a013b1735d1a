// SQL of the public log: what the sequencer takes and writes, and what proofs are read from.
import type { Sql } from "../platform/database.ts";
import type { Json, Tile, TileAddress } from "./log/index.ts";

export type EntryKind = "check" | "listing" | "fact";
/** A group of entries; of a series also the number of its first row. */
export type Group = { id: number; kind: EntryKind; firstRow: number | null };
export type Waiting = Group & { bulk: boolean; commitments: Buffer; createdAtMs: number };
export type Placed = Group & { firstIndex: number; size: number };
export type StoredCheckpoint = { size: number; note: string };

/** Any constant that nothing else uses as an advisory lock. */
const SEQUENCER_LOCK = 7_305_125;
const HASH_BYTES = 32;
/** The level under which bundles of entries are stored beside the tiles. */
const ENTRIES_LEVEL = -1;

const levelOf = (level: TileAddress["level"]) => (level === "entries" ? ENTRIES_LEVEL : level);

/** Whether this session may be the sequencer; it stays so until it ends. */
export async function lockSequencer(sql: Sql): Promise<boolean> {
  const [row] = await sql<[{ locked: boolean }]>`select pg_try_advisory_lock(${SEQUENCER_LOCK}) as locked`;
  return row.locked;
}

/** Begins a term of office: every write of an earlier one finds no row any more. `quorum` of witnesses hold from now on. */
export async function beginEpoch(sql: Sql, quorum = 0): Promise<number> {
  const [row] = await sql<[{ epoch: number }]>`
    insert into log_state (epoch, size, quorum) values (1, 0, ${quorum})
    on conflict (one) do update set epoch = log_state.epoch + 1, quorum = excluded.quorum
    returning epoch`;
  return row.epoch;
}

/** The size of the tree, its row locked to the end of the transaction; none when another sequencer is in office. */
export async function lockSize(tx: Sql, epoch: number): Promise<number | undefined> {
  const [row] = await tx<{ size: number }[]>`select size from log_state where epoch = ${epoch} for update`;
  return row?.size;
}

/** How many entries have their index. */
export async function readTreeSize(sql: Sql): Promise<number> {
  const [row] = await sql<{ size: number }[]>`select size from log_state`;
  return row?.size ?? 0;
}

/**
 * Takes waiting groups away, in their order, up to `entriesMax` entries or one group. Whatever is committed is visible
 * here and is taken once, so nothing depends on the order of commits; an act that began after another one had ended has
 * the higher id and comes later.
 */
export async function takeWaiting(tx: Sql, groupsMax: number, entriesMax: number): Promise<Waiting[]> {
  return tx<Waiting[]>`
    with first as (
      select bulk, id, octet_length(commitments) / ${HASH_BYTES} as size
      from log_outbox order by bulk, id limit ${groupsMax}
    ), counted as (
      select bulk, id, sum(size) over (order by bulk, id) - size as before from first
    ), taken as (
      delete from log_outbox o using counted c
      where o.bulk = c.bulk and o.id = c.id and c.before < ${entriesMax}
      returning o.*
    )
    select id, kind, bulk, first_row as "firstRow", commitments,
      (extract(epoch from created_at) * 1000)::float8 as "createdAtMs"
    from taken order by bulk, id`;
}

export async function insertGroups(tx: Sql, groups: readonly Placed[]): Promise<void> {
  await tx`
    insert into log_group (id, kind, first_row, first_index, size)
    select * from unnest(
      ${groups.map(({ id }) => id)}::bigint[], ${groups.map(({ kind }) => kind)}::text[],
      ${groups.map(({ firstRow }) => firstRow)}::bigint[], ${groups.map(({ firstIndex }) => firstIndex)}::bigint[],
      ${groups.map(({ size }) => size)}::int[])`;
}

/** A tile only ever grows: a full one is never written again. */
export async function writeTiles(tx: Sql, tiles: readonly Tile[]): Promise<void> {
  await tx`
    insert into log_tile (level, index, width, bytes)
    select * from unnest(
      ${tiles.map(({ level }) => levelOf(level))}::smallint[], ${tiles.map(({ index }) => index)}::bigint[],
      ${tiles.map(({ width }) => width)}::smallint[],
      ${tiles.map(({ hashes }) => `\\x${hashes.toString("hex")}`)}::text[]::bytea[])
    on conflict (level, index) do update set width = excluded.width, bytes = excluded.bytes
    where log_tile.width < excluded.width`;
}

/** `oldestMs`: when the oldest of the new entries was written, if anybody waits for its proof. */
export async function advance(tx: Sql, size: number, oldestMs: number | null): Promise<void> {
  await tx`
    update log_state
    set size = ${size}, unpublished_since = coalesce(unpublished_since, to_timestamp(${oldestMs}::float8 / 1000))`;
}

/** The stored bytes of each tile, or null, in the order asked for; a wider tile stands in for a narrower one. */
export async function readTiles(sql: Sql, addresses: readonly TileAddress[]): Promise<(Buffer | null)[]> {
  const rows = await sql<{ bytes: Buffer | null }[]>`
    select t.bytes
    from unnest(
      ${addresses.map(({ level }) => levelOf(level))}::smallint[], ${addresses.map(({ index }) => index)}::bigint[],
      ${addresses.map(({ width }) => width)}::smallint[]) with ordinality as a (level, index, width, place)
    left join log_tile t on t.level = a.level and t.index = a.index and t.width >= a.width
    order by a.place`;
  return rows.map(({ bytes }) => bytes);
}

export async function findCheckpoint(sql: Sql): Promise<StoredCheckpoint | undefined> {
  const [row] = await sql<StoredCheckpoint[]>`select size, note from log_checkpoint order by size desc limit 1`;
  return row;
}

/** The size of the newest checkpoint, and when it was signed; null while there is none. */
export async function readLastCheckpoint(sql: Sql): Promise<{ size: number; at: Date } | null> {
  const [row] = await sql<{ size: number; at: number }[]>`
    select size, (extract(epoch from created_at) * 1000)::float8 as at from log_checkpoint order by size desc limit 1`;
  return row ? { size: row.size, at: new Date(row.at) } : null;
}

/** Of one size there is one checkpoint: a second one breaks the primary key. */
export async function insertCheckpoint(tx: Sql, { size, note }: StoredCheckpoint): Promise<void> {
  await tx`insert into log_checkpoint (size, note) values (${size}, ${note})`;
  await tx`update log_state set unpublished_since = null`;
}

/** The same tree with other signatures, where keys are exchanged while nothing is added. */
export async function replaceSignatures(tx: Sql, { size, note }: StoredCheckpoint): Promise<void> {
  await tx`update log_checkpoint set note = ${note} where size = ${size}`;
}

/** Under which names the log in this database was published before it was given up and succeeded. */
export async function listFormerOrigins(sql: Sql): Promise<string[]> {
  const rows = await sql<{ origin: string }[]>`
    select distinct subject as origin from audit_entry where action = 'log.abandon'`;
  return rows.map(({ origin }) => origin);
}

/** Where a group's entries begin; none while it waits. */
export async function findFirstIndex(sql: Sql, group: number): Promise<number | undefined> {
  const [row] = await sql<{ first: number }[]>`select first_index as first from log_group where id = ${group}`;
  return row?.first;
}

/** The group and place of a row of a series; none while it waits. */
export async function findPlaceOfRow(
  sql: Sql,
  kind: EntryKind,
  row: number,
): Promise<{ group: number; place: number } | undefined> {
  const [found] = await sql<{ group: number; place: number }[]>`
    select id as "group", (${row}::bigint - first_row)::int as place
    from (
      select * from log_group where kind = ${kind} and first_row <= ${row} order by first_row desc limit 1
    ) nearest
    where ${row} < first_row + size`;
  return found;
}

export type Lag = { seconds: number; waiting: number; size: number };

/** How long the oldest entry has been without a checkpoint. A load's changes wait longer, and do not count. */
export async function readLag(sql: Sql): Promise<Lag> {
  const [row] = await sql<[Lag]>`
    select
      coalesce(extract(epoch from clock_timestamp() - least(oldest, unpublished_since)), 0)::float8 as seconds,
      waiting, coalesce(size, 0) as size
    from (
      select min(created_at) filter (where not bulk) as oldest,
        coalesce(sum(octet_length(commitments)) / ${HASH_BYTES}, 0)::float8 as waiting
      from log_outbox
    ) outbox
    left join log_state on true`;
  return row;
}

/** A place in a group is a smallint. */
const GROUP_ENTRIES_MAX = 32_768;

/** Groups that begin at `from` or later and end after `after`, at the latest at `end`: in their order. */
export async function listGroups(sql: Sql, range: { from: number; after: number; end: number }): Promise<Placed[]> {
  const from = Math.max(range.from, range.after - GROUP_ENTRIES_MAX);
  return sql<Placed[]>`
    select id, kind, first_row as "firstRow", first_index as "firstIndex", size
    from log_group
    where first_index >= ${from} and first_index < ${range.end}
      and first_index + size > ${range.after} and first_index + size <= ${range.end}
    order by first_index`;
}

/** Where the group begins that has this entry. */
export async function findGroupAt(sql: Sql, index: number): Promise<number | undefined> {
  const [row] = await sql<{ first: number }[]>`
    select first from (
      select first_index as first, size from log_group where first_index <= ${index} order by first_index desc limit 1
    ) last
    where first + size > ${index}`;
  return row?.first;
}

/** Checkpoints of trees larger than `after`, up to `size`. */
export async function listCheckpoints(sql: Sql, after: number, size: number): Promise<StoredCheckpoint[]> {
  return sql<StoredCheckpoint[]>`
    select size, note from log_checkpoint where size > ${after} and size <= ${size} order by size`;
}

export type Extent = { size: number; groupsEnd: number; checkpointSize: number };

/** How far each table says that the log goes. */
export async function readExtent(sql: Sql): Promise<Extent> {
  const [row] = await sql<[Extent]>`
    select
      coalesce((select size from log_state), 0) as size,
      coalesce((select max(first_index + size) from log_group), 0) as "groupsEnd",
      coalesce((select max(size) from log_checkpoint), 0) as "checkpointSize"`;
  return row;
}

export type StoredFact = { group: number; place: number; salt: Buffer | null; fact: Json };

export async function readFacts(sql: Sql, groups: readonly number[]): Promise<StoredFact[]> {
  return sql<StoredFact[]>`
    select log_group as "group", log_place as place, salt, fact from log_fact where log_group = any (${groups}::bigint[])`;
}

/** The newest fact on `subject`, with its place in the log. */
export async function findLastFact(sql: Sql, subject: string): Promise<StoredFact | undefined> {
  const [found] = await sql<StoredFact[]>`
    select log_group as "group", log_place as place, salt, fact from log_fact where subject = ${subject}
    order by log_group desc, log_place desc limit 1`;
  return found;
}

export async function findStrayFact(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ subject: string }[]>`
    select subject from log_fact f
    where not exists (select from log_group where id = f.log_group)
      and not exists (select from log_outbox where id = f.log_group)
    limit 1`;
  return row ? `a fact on ${row.subject}` : null;
}

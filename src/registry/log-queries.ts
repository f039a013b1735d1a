// SQL that follows the public log back to the changes of the register, and the changes to the listings they speak of.
import { and, asc, desc, eq, gte, isNotNull, lte } from "drizzle-orm";
import type { Reader, Sql } from "../platform/database.ts";
import type { LoggedChange } from "./change-fact.ts";
import { contentColumns, type ListingContent } from "./content.ts";
import { listing, listingChange, listingVersion } from "./schema.ts";

export type RowSpan = { firstRow: number; size: number };

/** The changes of these spans, whatever of them is there. */
export async function readLoggedChanges(sql: Sql, spans: readonly RowSpan[]): Promise<LoggedChange[]> {
  return sql<LoggedChange[]>`
    select
      c.position, c.listing_id as "listingId", c.kind, floor(extract(epoch from c.at) * 1000)::float8 as "atMs",
      c.version, c.state, c.under_objection as "underObjection", c.natural_key as "naturalKey",
      c.content_hash as "contentHash", uuid_send(c.salt) as salt
    from unnest(
      ${spans.map(({ firstRow }) => firstRow)}::bigint[], ${spans.map(({ size }) => size)}::int[]
    ) as span (first, size)
    join listing_change c on c.position between span.first and span.first + span.size - 1`;
}

/** The last change of a listing up to a moment, a position or a version of it. */
export async function findChange(
  reader: Reader,
  listingId: string,
  { at, position, version }: { at?: Date; position?: number | undefined; version?: number | undefined },
): Promise<LoggedChange | null> {
  const upTo = and(
    eq(listingChange.listingId, listingId),
    isNotNull(listingChange.version),
    at && lte(listingChange.at, at),
    position === undefined ? undefined : lte(listingChange.position, position),
    version === undefined ? undefined : lte(listingChange.version, version),
  );
  const [found] = await reader.select().from(listingChange).where(upTo).orderBy(desc(listingChange.version)).limit(1);
  if (!found) return null;
  const { at: changedAt, salt, ...row } = found;
  const bytes = salt && Buffer.from(salt.replaceAll("-", ""), "hex");
  return { ...row, atMs: changedAt.getTime(), salt: bytes } as LoggedChange;
}

/** What the listing said in this version; null where it still says so. */
export async function findContent(reader: Reader, listingId: string, version: number): Promise<ListingContent | null> {
  const [found] = await reader
    .select({ content: listingVersion.content })
    .from(listingVersion)
    .where(and(eq(listingVersion.listingId, listingId), gte(listingVersion.version, version)))
    .orderBy(asc(listingVersion.version))
    .limit(1);
  return found ? contentOf(found.content) : null;
}

/** What stands in a row, or in the JSON of one, by the names of its columns. */
export function contentOf(row: Readonly<Record<string, unknown>>): ListingContent {
  const said = contentColumns.map((column): [string, unknown] => [column, row[listing[column].name] ?? null]);
  return Object.fromEntries(said) as ListingContent;
}

/** `documents` are kind and blind index (hexadecimal) of each document of the party. */
export type Said = {
  id: string;
  content: ListingContent;
  hash: string;
  documents: [kind: string, index: string][];
};

const SAID_ROWS = 2_000;
const DOCUMENTS = `(
  select coalesce(jsonb_agg(jsonb_build_array(d.kind, encode(d.blind_index, 'hex'))), '[]')
  from document d where d.subject_id = l.subject_id
) as documents`;

type SaidRow = Omit<Said, "content"> & { said: Record<string, unknown> };

/** The listings after this one, in the order of their ids. */
export async function readSaid(sql: Sql, after: string): Promise<(Said & { key: string })[]> {
  const rows = await sql<(SaidRow & { key: string })[]>`
    select l.id, l.content_hash as hash, l.natural_key as key, to_jsonb(l) as said, ${sql.unsafe(DOCUMENTS)}
    from listing l where l.id > ${after} order by l.id limit ${SAID_ROWS}`;
  return rows.map(({ said, ...row }) => ({ ...row, content: contentOf(said) }));
}

/** The former versions after this one, in the order of listings and versions. */
export async function readSaidBefore(
  sql: Sql,
  after: { id: string; version: number },
): Promise<(Said & { version: number })[]> {
  const rows = await sql<(SaidRow & { version: number })[]>`
    select v.listing_id as id, v.version, v.content_hash as hash, v.content as said, ${sql.unsafe(DOCUMENTS)}
    from listing_version v join listing l on l.id = v.listing_id
    where (v.listing_id, v.version) > (${after.id}::uuid, ${after.version}::int)
    order by v.listing_id, v.version limit ${SAID_ROWS}`;
  return rows.map(({ said, ...row }) => ({ ...row, content: contentOf(said) }));
}

/**
 * The first position where changes and entries part: a change that no entry or two speak of, or an entry of no change. Of
 * positions below the first entry nothing is said: they are from before the log.
 */
export async function findUnloggedPosition(sql: Sql): Promise<number | null> {
  const [row] = await sql<{ position: number | null }[]>`
    with span as (
      select first_row as first, first_row + size as next from log_group where kind = 'listing'
      union all
      select first_row, first_row + octet_length(commitments) / 32 from log_outbox where kind = 'listing'
      union all
      select position + 1, null from register_state
    ), followed as (
      select next, lead(first) over (order by first, next nulls last) as following from span
    )
    select least(
      (select min(least(next, following)) from followed where next <> following),
      (select min(position) from listing_change where position > (select position from register_state)),
      (
        select min(position) from listing_change
        where version is not null and position < (select min(first) from span)
      )
    ) as position`;
  return row?.position ?? null;
}

/**
 * A listing that is not what its last change says; `seen` is false where no change speaks of it. Acts that no answer shows
 * count its version up and are no change of the register: drafts, decisions, what is noted on a listing that has ended.
 */
export async function findStrayListing(sql: Sql): Promise<{ id: string; seen: boolean } | null> {
  const [row] = await sql<{ id: string; seen: boolean }[]>`
    select l.id, c.position is not null as seen
    from listing l
    left join lateral (
      select * from listing_change c where c.listing_id = l.id and c.version is not null order by c.version desc limit 1
    ) c on true
    where case
      when c.position is null then l.state = 'published' and l.created_at > (select since from log_state)
      else l.version < c.version or (l.state, l.under_objection, l.natural_key, l.content_hash)
        is distinct from (c.state, c.under_objection, c.natural_key, c.content_hash)
    end
    limit 1`;
  return row ?? null;
}

// The public's search as SQL. One statement finds and shows: what is not published in its snapshot is nowhere in it.
import type { PendingQuery, Row } from "postgres";
import type { Sql } from "../../platform/database.ts";
import type { Listing } from "../../registry/index.ts";
import { searchedOf } from "../../registry/searched/schema.ts";

/** Art. 4: minors may never be listed, and one who was by mistake is shown to nobody. */
const ADULT_AGE = 18;

export type PublicRow = Pick<
  Listing,
  | "id"
  | "list"
  | "capacity"
  | "name"
  | "sex"
  | "ageAtPublication"
  | "courtCode"
  | "courtName"
  | "areaName"
  | "titleDocument"
  | "titleMaker"
  | "grounds"
  | "groundsRaw"
  | "obligation"
  | "performance"
  | "performedPart"
  | "unperformedPart"
  | "legalRepresentative"
  | "filedOn"
  | "termKind"
  | "termEndsOn"
  | "underObjection"
> & {
  partyKind: "person" | "organisation";
  caseNumber: string;
  competentCourt: string | null;
  publishedOn: string;
  documents: { kind: string; masked: string }[];
};

/** A listing that was found, and its place: whole names first (0), then pieces of names (1); in each the newest first. */
export type FoundRow = PublicRow & { rank: number };

export type Sought = {
  /** Match keys of which any is a name of the party. */
  names: readonly string[];
  /**
   * What stands in the organisation's name, which is not one of `whole`, and of its pieces those that narrow the search
   * most; null: not looked for.
   */
  piece: { text: string; whole: readonly string[]; pieces: readonly string[]; isCommon: boolean } | null;
  /** Blind indexes of the organisation's code, in hexadecimal. */
  documents: readonly string[];
  lists: readonly Listing["list"][];
  /** Each a choice of marks (`searched/schema.ts`): one of a province, one of a court. */
  places: readonly (readonly string[])[];
};

export type FoundPlace = { rank: number; publishedOn: string; id: string };

const row = searchedOf("l");

/** In force, of an adult, and not what its court has opened for these days (暂时解除). */
const IS_SHOWN = `${row.isPublished}
      and (l.answers_until is null or l.answers_until >= current_date)
      and (l.age_at_publication is null or l.age_at_publication >= ${ADULT_AGE})`;

const SHOWN_COLUMNS = `l.id, l.list, l.capacity, s.kind as "partyKind", l.name, l.sex,
      l.age_at_publication as "ageAtPublication", l.court_code as "courtCode", l.court_name as "courtName",
      l.competent_court as "competentCourt", l.area_name as "areaName", l.case_number_raw as "caseNumber",
      l.title_document as "titleDocument", l.title_maker as "titleMaker", l.grounds, l.grounds_raw as "groundsRaw",
      l.obligation, l.performance, l.performed_part as "performedPart", l.unperformed_part as "unperformedPart",
      l.legal_representative as "legalRepresentative", l.filed_on::text as "filedOn",
      l.published_on::text as "publishedOn", l.term_kind as "termKind", l.term_ends_on::text as "termEndsOn",
      l.under_objection as "underObjection", coalesce((
        select jsonb_agg(jsonb_build_object('kind', d.kind, 'masked', d.masked) order by d.kind desc, d.masked)
        from document d where d.subject_id = l.subject_id
      ), '[]') as documents`;

type Fragment = PendingQuery<Row[]>;

/**
 * Of at most `most` listings that are found the page after `after`, and whether they are that many (`isCut`). Where more
 * would fit, those that the index names first are found, so that no name is too common. Each way is materialized: it reads
 * no further than it is asked to, and is planned without the limit, for which a planner that knows little of names would
 * read the table. Prepared, because planning takes as long as finding.
 */
export async function listFound(
  sql: Sql,
  sought: Sought,
  { most, after, limit }: { most: number; after: FoundPlace | null; limit: number },
): Promise<{ rows: FoundRow[]; isCut: boolean }> {
  const ways = waysTo(sql, sought, most);
  const found = ways.map((way, at) => sql`${sql.unsafe(`way${at}`)} as materialized (${way}), `);
  const each = ways.map(
    (_, at) => sql`${sql.unsafe(at > 0 ? "union" : "")} (select * from ${sql.unsafe(`way${at}`)} limit ${most})`,
  );
  const rows = await sql<(FoundRow & { found: number })[]>`
    with ${found} found as (
      select * from (${each}) every order by rank, published_on desc, id desc limit ${most}
    ), page as (
      select * from found ${after ? afterPlace(sql, after) : sql``} order by rank, published_on desc, id desc limit ${limit}
    )
    select page.rank, (select count(*)::int from found) as found, ${sql.unsafe(SHOWN_COLUMNS)}
    from page join listing l on l.id = page.id join subject s on s.id = l.subject_id
    order by page.rank, page.published_on desc, page.id desc`;
  return { rows: [...rows], isCut: rows[0]?.found === most };
}

/** Null for what is not shown, whatever the reason. */
export async function findShown(sql: Sql, id: string): Promise<PublicRow | null> {
  const [found] = await sql<PublicRow[]>`
    select ${sql.unsafe(SHOWN_COLUMNS)} from listing l join subject s on s.id = l.subject_id
    where l.id = ${id} and ${sql.unsafe(IS_SHOWN)}`;
  return found ?? null;
}

function waysTo(sql: Sql, { names, piece, documents, lists, places }: Sought, most: number): Fragment[] {
  const marks = [...(lists.length > 1 ? [] : [lists]), ...places];
  const bears = marks.map((choice) => sql` and ${sql.unsafe(row.marks)} && ${[...choice]}::text[]`);
  // An empty list would be taken for a value.
  const isSought = sql`${sql.unsafe(IS_SHOWN)} ${bears.length > 0 ? bears : sql``}`;
  const byPieces = isWalked({ piece, places }) ? byWalking : byIndex;
  return [
    ...(names.length > 0 ? [byName(sql, names, isSought), byOtherName(sql, names, isSought)] : []),
    ...(piece ? [byPieces(sql, piece, isSought, { lists, most })] : []),
    ...(documents.length > 0 ? [byDocument(sql, documents, isSought)] : []),
  ];
}

const placeOf = (rank: number) => `l.id, ${rank} as rank, l.published_on`;

function byName(sql: Sql, names: readonly string[], isSought: Fragment): Fragment {
  return sql`
    select ${sql.unsafe(placeOf(0))}
    from unnest(${[...names]}::text[]) as asked (name)
    cross join lateral (
      select * from listing where ${sql.unsafe(searchedOf().name)} = asked.name and state = 'published' offset 0
    ) l
    where ${isSought}`;
}

/** A former name, an alias, or the name without its brackets. */
function byOtherName(sql: Sql, names: readonly string[], isSought: Fragment): Fragment {
  return sql`
    select ${sql.unsafe(placeOf(0))} from listing l
    where ${isSought} and ${sql.unsafe(row.hasPieces)} and l.name_keys && ${[...names]}::text[]`;
}

type Piece = NonNullable<Sought["piece"]>;

/** The name decides nearly always, and its parts are looked at only then: the planner thinks all of them cost the same. */
function isInName(sql: Sql, { text, whole }: Piece): Fragment {
  const stands = sql`position(${text} in ${sql.unsafe(row.text)}) > 0`;
  return sql`${stands} and case when ${stands} then not l.name_keys && ${[...whole]}::text[] end
      and exists (select from subject s where s.id = l.subject_id and s.kind = 'organisation')`;
}

/** Whether a piece is looked for by walking: what nearly every name holds fills a page soonest from one to the next. */
export function isWalked({ piece, places }: Pick<Sought, "piece" | "places">): boolean {
  return piece?.isCommon === true && places.length === 0;
}

/** Marks are in the same index as pieces. */
function byIndex(sql: Sql, piece: Piece, isSought: Fragment): Fragment {
  return sql`
    select ${sql.unsafe(placeOf(1))} from listing l
    where ${isSought} and ${sql.unsafe(row.hasPieces)} and ${sql.unsafe(row.pieces)} @> ${[...piece.pieces]}::text[]
      and ${isInName(sql, piece)}`;
}

function byWalking(
  sql: Sql,
  piece: Piece,
  isSought: Fragment,
  { lists, most }: { lists: readonly string[]; most: number },
): Fragment {
  return sql`
    select ${sql.unsafe(placeOf(1))} from listing l
    where ${isSought} and ${sql.unsafe(row.isLong)} and l.list = any (${[...lists]}::text[]) and ${isInName(sql, piece)}
    order by l.list limit ${most}`;
}

function byDocument(sql: Sql, documents: readonly string[], isSought: Fragment): Fragment {
  return sql`
    select ${sql.unsafe(placeOf(0))}
    from (
      select distinct subject_id from unnest(${[...documents]}::text[]) as asked (key)
      cross join lateral (select subject_id from document where blind_index = decode(asked.key, 'hex') offset 0) known
    ) d
    join subject s on s.id = d.subject_id and s.kind = 'organisation'
    cross join lateral (select * from listing where subject_id = d.subject_id and state = 'published' offset 0) l
    where ${isSought}`;
}

function afterPlace(sql: Sql, { rank, publishedOn, id }: FoundPlace): Fragment {
  return sql`where rank > ${rank}::int
    or rank = ${rank}::int and (published_on, id) < (${publishedOn}::date, ${id}::uuid)`;
}

/** The pieces of names that many listings hold, with the share of all that do, as the planner's statistics have them. */
export async function listCommonPieces(sql: Sql): Promise<{ piece: string; share: number }[]> {
  return sql<{ piece: string; share: number }[]>`
    select piece, share
    from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as known (piece, share)
    where schemaname = current_schema() and tablename = 'listing_searched' and attname = 'string_to_array'
      and piece is not null`;
}

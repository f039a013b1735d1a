// SQL that asks the register as it was at one of its positions. It must find what the group statement found there.
import { sql } from "drizzle-orm";
import type { Reader } from "../../platform/database.ts";
import type { StoredMatch } from "../answer.ts";
import { GRADE_ORDER, gradeSql, matchSql, settledSql } from "../match-sql.ts";

/** The last position that was taken at this moment. */
export async function findPositionAt(reader: Reader, at: Date): Promise<number> {
  const [row] = await reader.execute<{ position: number }>(sql`
    select coalesce(max(position), 0) as position from listing_change where at <= ${at.toISOString()}::timestamptz`);
  return row?.position ?? 0;
}

export type AskedAt = {
  /** As of a check: of the full number first, then of its masks. */
  keys: readonly string[];
  nameKeys: readonly string[];
  lists: readonly string[];
  position: number;
  /** The day in Shanghai, for terms that had ended by then. */
  day: string;
};

const SETTLED = settledSql("l", {
  key: "asked.key",
  names: "asked.names",
  stands: "from_position <= asked.position and coalesce(until_position > asked.position, true)",
});

/** Every listing that answered at this position, in the order of an answer. */
export async function findMatchesAt(reader: Reader, asked: AskedAt): Promise<StoredMatch[]> {
  const { keys, nameKeys, lists, position, day } = asked;
  const key = sql`decode(${keys[0]}, 'hex')`;
  const rows = await reader.execute<{ match: StoredMatch }>(sql`
    select match
    from (
      select distinct on (l.id) l.list, said.published_on, l.id,
        ${sql.raw(matchSql("said", "c.under_objection"))} as match
      from (
        select subject_id, true as is_full from document where blind_index = ${key} and source not like 'finding:%'
        union all
        select added_to, true from identity_finding
          where blind_index = ${key} and added_to is not null
            and from_position <= ${position} and coalesce(until_position > ${position}, true)
        union all
        select subject_id, false from document
          where blind_index in (select decode(given.value, 'hex') from ${texts(keys.slice(1))} given) and number_sealed is null
      ) d
      cross join (
        select ${key} as key, ${position}::bigint as position, array(select given.value from ${texts(nameKeys)} given) as names
      ) asked
      join listing l on l.subject_id = d.subject_id
      cross join lateral (
        select version, state, under_objection from listing_change
        where listing_id = l.id and position <= ${position} and version is not null order by version desc limit 1
      ) c
      left join lateral (
        select content from listing_version where listing_id = l.id and version >= c.version order by version limit 1
      ) v on true
      cross join lateral jsonb_populate_record(l, coalesce(v.content, '{}')) said
      cross join lateral (
        select ${sql.raw(gradeSql("said", "asked.names"))} as grade
      ) compared
      ${sql.raw(SETTLED.joins)}
      where c.state = 'published'
        and ${sql.raw(SETTLED.isParty)}
        and (said.answers_until is null or said.answers_until >= ${day}::date)
        and l.list in (select given.value from ${texts(lists)} given)
      order by l.id, array_position(${sql.raw(GRADE_ORDER)}, grade.grade)
    ) found
    order by list, published_on desc, id`);
  return rows.map(({ match }) => match);
}

export type LastChange = { listingId: string; state: string; position: number; atMs: number };

/** The last change of each of these listings up to a position. */
export async function findLastChanges(
  reader: Reader,
  listingIds: readonly string[],
  position: number,
): Promise<LastChange[]> {
  return reader.execute<LastChange>(sql`
    select distinct on (listing_id)
      listing_id as "listingId", state, position, floor(extract(epoch from at) * 1000)::float8 as "atMs"
    from listing_change
    where listing_id in (select given.value::uuid from ${texts(listingIds)} given) and position <= ${position} and version is not null
    order by listing_id, version desc`);
}

/** Of which listings a court found by this position that they are not the party's. */
export async function listToldApart(reader: Reader, key: Buffer, position: number): Promise<string[]> {
  const rows = await reader.execute<{ id: string }>(sql`
    select listing_id as id from identity_finding
    where blind_index = ${key} and finding = 'different'
      and from_position <= ${position} and coalesce(until_position > ${position}, true)`);
  return rows.map(({ id }) => id);
}

/** drizzle would spread an array into a list of parameters. */
function texts(values: readonly string[]) {
  return sql`jsonb_array_elements_text(${JSON.stringify(values)}::jsonb)`;
}

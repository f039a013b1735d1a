// The group statement as it is without the public log: what bench/log.ts compares with. Nothing but the log is missing.
import { hitsSql, IN_FORCE_SQL } from "../../src/checks/match-sql.ts";
import { type Asked as LoggedAsked, MATCHER_VERSION } from "../../src/checks/statement.ts";
import {
  answersOf,
  arrange,
  byteaArray,
  type Group,
  plainArray,
  type Recorded,
  type Row,
  SEPARATOR,
  textArray,
} from "../../src/checks/statement-values.ts";
import type { Sql } from "../../src/platform/database.ts";

export type Asked = Omit<LoggedAsked, "salt" | "subjectCommitment">;

/**
 * The text never changes, so it is built once, prepared once a session and planned once. Parameters:
 * 1–3 credentials (digest, purpose, lists); 4–8 items (id, place of the credential, first key, sealed subject, facts in
 * the order of `factsOf`); 9–10 masks to look for (item, key); 11 the name keys of each item; 12–13 their batches and
 * previous checks.
 * Fewer and plainer arrays: each one costs about 6 µs a group and 0.5 µs an item, half here and half in PostgreSQL.
 */
const STATEMENT = `
with credential as materialized (
  -- The keys and purposes of the group that are in force in this snapshot.
  select c.place, k.id as key_id, k.agency_id, c.purpose, string_to_array(c.lists, chr(31)) as lists
  from unnest($1::bytea[], $2::text[], $3::text[]) with ordinality as c (digest, purpose, lists, place)
  ${IN_FORCE_SQL}
), item as materialized (
  select * from unnest($4::uuid[], $5::int[], $6::bytea[], $7::bytea[], $8::text[], $12::uuid[], $13::uuid[])
    with ordinality as i (id, credential, subject_index, subject_sealed, facts, batch_id, previous_check_id, item)
), ${hitsSql()}), found as materialized (
  -- One value for the whole group: a join by item would compare every item with every hit.
  select jsonb_object_agg(item, matches) as matches, jsonb_object_agg(item, outcome) as outcomes
  from (
    select
      item,
      case when bool_or(grade = 'exact') then 'listed' else 'review' end as outcome,
      jsonb_agg(match order by list, published_on desc, id) as matches
    from matched
    group by item
  ) by_item
), recorded as (
  insert into check_record (
    id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome, matches,
    register_position, matcher_version, document_kind, subject_index, subject_sealed, organisation_name,
    reference, on_behalf_of, batch_id, previous_check_id
  )
  select
    i.id, c.agency_id, c.key_id, now(), c.purpose, f.facts[1], f.facts[2], f.facts[3],
    c.lists, coalesce(found.outcomes ->> i.item::text, 'clear'), found.matches -> i.item::text,
    (select position from register_state), ${MATCHER_VERSION}, f.facts[4], i.subject_index, i.subject_sealed,
    f.facts[5], f.facts[6], f.facts[7], i.batch_id, i.previous_check_id
  from found
  cross join item i
  cross join lateral (select string_to_array(i.facts, chr(31), '') as facts offset 0) f
  join credential c on c.place = i.credential
  returning id, outcome, matches
)
select
  now() as "checkedAt",
  (select position from register_state) as "registerPosition",
  array(select place::int from credential) as "inForce",
  count(*)::int as recorded,
  jsonb_agg(
    jsonb_build_object('id', id, 'outcome', outcome, 'matches', matches, 'action', 'none', 'measures', null)
  ) filter (where outcome <> 'clear') as found,
  null::jsonb as tasks
from recorded`;

/** Answers and records `asked` in one statement; the results stand in the order of `asked`. */
export async function askRegister(sql: Sql, asked: readonly Asked[]): Promise<(Recorded | undefined)[]> {
  const group = arrange(asked);
  const [row] = await sql.unsafe<[Row]>(STATEMENT, parametersOf(group), { prepare: true });
  return answersOf(group, row);
}

function parametersOf({ asked, credentials, credentialOf }: Group<Asked>): string[] {
  const masks = asked.flatMap(({ keys }, index) => keys.slice(1).map((key) => ({ item: index + 1, key })));
  return [
    byteaArray(credentials.map(({ keyDigest }) => keyDigest.toString("hex"))),
    plainArray(credentials.map(({ purpose }) => purpose)),
    plainArray(credentials.map(({ lists }) => lists.join(SEPARATOR))),
    plainArray(asked.map(({ id }) => id)),
    plainArray(credentialOf),
    byteaArray(asked.map(({ keys: [key] }) => key)),
    byteaArray(asked.map(({ subjectSealed }) => subjectSealed.toString("hex"))),
    textArray(asked.map(factsOf)),
    plainArray(masks.map(({ item }) => item)),
    byteaArray(masks.map(({ key }) => key)),
    textArray(asked.map(({ nameKeys }) => nameKeys.join(SEPARATOR))),
    plainArray(asked.map(({ asking }) => asking.batchId)),
    plainArray(asked.map(({ asking }) => asking.previousCheckId)),
  ];
}

/** Texts of one item in one element; what is absent is empty, which no request may hold. */
function factsOf({ asking, role, documentKind, organisationName, reference, onBehalfOf }: Asked): string {
  const { caseReference, operator } = asking;
  return [caseReference, operator, role, documentKind, organisationName, reference, onBehalfOf].join(SEPARATOR);
}

// The group statement: one round trip that reads the register, writes the record and gives the answers, in one snapshot.
// Whatever was committed before it starts is in the answer, and no answer exists without its row.
import { appendGroupSql } from "../audit/index.ts";
import type { Sql } from "../platform/database.ts";
import { publicId } from "../platform/id.ts";
import { publicIdSql } from "../platform/id-sql.ts";
import { type Claim, CLAIMED_ANSWERS_SQL, CLAIMED_SQL, CLAIMS_SQL } from "./claim-sql.ts";
import { hitsSql, IN_FORCE_SQL } from "./match-sql.ts";
import { CONSEQUENCES_SQL, DUE_SQL, OFFERED_SQL } from "./measure-sql.ts";
import {
  answersOf,
  arrange,
  type Asking,
  byteaArray,
  type Group,
  plainArray,
  type Recorded,
  type Row,
  SEPARATOR,
  textArray,
} from "./statement-values.ts";

export type { Asking, Recorded };

/** Changes when the same register and question may give another answer. */
export const MATCHER_VERSION = 1;

/** One party to ask about, ready for the statement: nothing is computed per party after this. */
export type Asked = {
  id: string;
  asking: Asking;
  role: string;
  documentKind: string;
  /** Blind indexes (hexadecimal) that lead to a listing; the first one identifies the party in the record. */
  keys: [string, ...string[]];
  nameKeys: string[];
  subjectSealed: Buffer;
  organisationName: string | null;
  reference: string | null;
  onBehalfOf: string | null;
  /** Of the entry in the public log (`fact.ts`), and under it the party. */
  salt: Buffer;
  subjectCommitment: string;
  /** Of the request: the same for all of its parties. */
  claim?: Claim;
};

/** Settings of the sessions that run the statement: one plan, an index nested loop, whatever the tables' statistics say. */
export const statementSession = {
  plan_cache_mode: "force_generic_plan",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_seqscan: "off",
  jit: "off",
};

/** A member's value as JSON.stringify writes it. */
const json = (value: string) => `coalesce(to_json(${value})::text, 'null')`;

/** A match in canonical JSON, as the receipt shows it: the members of `StoredMatch` in their order. */
const MATCH_JSON = `concat(
      '{"capacity":', ${json("l.capacity")}, ',"caseNumber":', ${json("l.case_number_raw")},
      ',"courtCode":', ${json("l.court_code")}, ',"courtName":', ${json("l.court_name")},
      ',"grade":"', grade.grade, '","grounds":', ${json("l.grounds")}, ',"list":"', l.list,
      '","listingId":"', ${publicIdSql("lst", "l.id")}, '","publishedOn":', ${json("l.published_on")},
      ',"termEndsOn":', ${json("l.term_ends_on")}, ',"termKind":"', l.term_kind,
      '","underObjection":', l.under_objection::text, '}'
    )`;

/**
 * The fact of `fact.ts` in canonical JSON, around what differs from item to item: most of it is written once for a
 * credential. Nothing that stands in it unescaped holds a character which JSON escapes.
 */
export const FACT_PARTS = `
    '","agency":"' || c.agency || '","answer":[' as fact_start,
    '],"checkedAt":"' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","id":"' as fact_time,
    '","key":"' || k.id || '","kind":"check","lists":' || to_json(string_to_array(c.lists, chr(31))) ||
      ',"matcherVersion":${MATCHER_VERSION},"measures":' as fact_key,
    '","purpose":"' || c.purpose || '","registerPosition":' || (select position from register_state) ||
      ',"request":' as fact_purpose`;

const factJson = (
  request: string,
  version: string,
) => `'{"action":"' || a.action || c.fact_start || coalesce(a.hits ->> 'json', '') || c.fact_time || f.said[10]
      || c.fact_key || coalesce(a.hits ->> 'codes', '[]') || ',"outcome":"' || a.outcome
      || c.fact_purpose || to_json(${request}) || ',"subject":"' || f.said[12] || '","v":${version}}'`;
export const FACT_JSON = factJson("f.said[1:9]", "2");
/** With when and why the agency had acted, where it did before it asked. */
const LATE_FACT_JSON = factJson(
  "f.said[1:9] || f.said[14:15]",
  "' || case when f.said[14] is null then 2 else 3 end || '",
);

/** What was found about each item, and what is offered for it. */
const FOUND_SQL = `${hitsSql(`,
    ${MATCH_JSON} as match_json`)}), found as materialized (
  -- One value for the whole group: a join by item would compare every item with every hit.
  select jsonb_object_agg(
      by_item.item,
      jsonb_build_object(
        'outcome', by_item.outcome, 'matches', by_item.matches, 'json', by_item.json,
        'action', offered.action, 'measures', offered.measures, 'codes', offered.codes
      )
    ) as hits
  from (
    select
      item,
      case when bool_or(grade = 'exact') then 'listed' else 'review' end as outcome,
      jsonb_agg(match order by list, published_on desc, id) as matches,
      string_agg(match_json, ',' order by list, published_on desc, id) as json,
      array_agg(list) filter (where grade = 'exact') as exact_lists,
      array_agg(list) filter (where grade <> 'exact') as other_lists,
      -- A masked row is the party's too where a court has found so.
      array_agg(subject_id) filter (where is_full or grade = 'exact') as parties
    from matched
    group by item
  ) by_item
  cross join lateral (${OFFERED_SQL}
  ) offered
`;

/** Where the two texts of the statement differ. */
const PLAIN = { claims: "", isClaimed: "", answers: "", fact: FACT_JSON, columns: "", values: "" };
const CARRYING = {
  claims: CLAIMS_SQL,
  isClaimed: CLAIMED_SQL,
  answers: CLAIMED_ANSWERS_SQL,
  fact: LATE_FACT_JSON,
  columns: ", acted_at, acted_reason",
  values: ", a.said[14]::timestamptz, a.said[15]",
};

/**
 * The text never changes, so it is built once, prepared once a session and planned once. Parameters:
 * 1–3 credentials (digest, purpose, lists); 4–8 items (id, place of the credential, first key, sealed subject, facts in
 * the order of `factsOf`); 9–10 masks to look for (item, key); 11 the name keys of each item;
 * 12–13 the agency of each credential and its last day for feedback; 14–18 the keys of a group that carries any (`claim-sql.ts`).
 * Fewer and plainer arrays: each one costs about 6 µs a group and 0.5 µs an item, half here and half in PostgreSQL.
 */
const groupSql = ({ claims, isClaimed, answers, fact, columns, values }: typeof PLAIN) => `
with credential as materialized (
  -- The keys and purposes of the group that are in force in this snapshot.
  select
    c.place, k.id as key_id, k.agency_id, c.purpose, string_to_array(c.lists, chr(31)) as lists,${FACT_PARTS}
  from unnest($1::bytea[], $2::text[], $3::text[], $12::text[])
    with ordinality as c (digest, purpose, lists, agency, place)
  ${IN_FORCE_SQL}
), item as materialized (
  select * from unnest($4::uuid[], $5::int[], $6::bytea[], $7::bytea[], $8::text[])
    with ordinality as i (id, credential, subject_index, subject_sealed, facts, item)
)${claims}, ${FOUND_SQL}), answered as materialized (
  select
    i.id, i.credential, c.agency_id, c.key_id, c.purpose, c.lists, f.said, a.outcome, a.action,
    a.hits -> 'matches' as matches, a.hits -> 'measures' as measures,
    i.subject_index, i.subject_sealed, s.salt,
    row_number() over (order by i.item) - 1 as place,
    sha256(s.salt || convert_to(${fact}, 'UTF8')) as commitment
  from found
  cross join item i
  cross join lateral (select string_to_array(i.facts, chr(31), '') as said offset 0) f
  cross join lateral (select decode(f.said[11], 'hex') as salt offset 0) s
  cross join lateral (
    select hits, coalesce(hits ->> 'outcome', 'clear') as outcome, coalesce(hits ->> 'action', 'none') as action
    from (select found.hits -> i.item::text as hits offset 0) h
  ) a
  join credential c on c.place = i.credential${isClaimed}
), logged as (
  ${appendGroupSql("check", "answered")}
), ${CONSEQUENCES_SQL}, recorded as (
  insert into check_record (
    id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome, matches,
    action, measures, register_position, matcher_version, document_kind, subject_index, subject_sealed, organisation_name,
    reference, on_behalf_of, batch_id, previous_check_id, salt, log_group, log_place${columns}
  )
  select
    a.id, a.agency_id, a.key_id, now(), a.purpose, a.said[1], a.said[2], a.said[3], a.lists, a.outcome, a.matches,
    a.action, a.measures, (select position from register_state), ${MATCHER_VERSION}, a.said[4], a.subject_index, a.subject_sealed,
    a.said[5], a.said[6], a.said[7], a.said[8]::uuid, a.said[9]::uuid, a.salt, logged.id, a.place${values}
  from answered a
  cross join logged
  returning id, outcome, matches, action, measures
)
select
  now() as "checkedAt",
  (select position from register_state) as "registerPosition",${answers}
  array(select place::int from credential) as "inForce",
  count(*)::int as recorded,
  jsonb_agg(
    jsonb_build_object('id', id, 'outcome', outcome, 'matches', matches, 'action', action, 'measures', measures)
  ) filter (where outcome <> 'clear') as found,
  ${DUE_SQL} as tasks
from recorded`;

export const GROUP_STATEMENT = groupSql(PLAIN);
const CARRYING_STATEMENT = groupSql(CARRYING);

/**
 * Answers and records `asked` in one statement; the results stand in the order of `asked`. A group that carries no
 * Idempotency-Key, and no check that was sent after the act, pays nothing for those that do.
 */
export function askRegister(sql: Sql, asked: readonly Asked[]): Promise<(Recorded | null | undefined)[]> {
  const carries = asked.some(({ claim, asking }) => claim || asking.late);
  return askWith(carries ? CARRYING_STATEMENT : GROUP_STATEMENT, sql, asked);
}

/** The same with the text of a bench, which leaves out what it measures. */
export async function askWith(
  statement: string,
  sql: Sql,
  asked: readonly Asked[],
): Promise<(Recorded | null | undefined)[]> {
  const group = arrange(asked);
  const parameters = [...parametersOf(group), ...(statement === CARRYING_STATEMENT ? claimsOf(group) : [])];
  const [row] = await sql.unsafe<[Row]>(statement, parameters, { prepare: true });
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
    plainArray(credentials.map(({ agencyId }) => publicId("agy", agencyId))),
    plainArray(credentials.map(({ feedbackDueOn }) => feedbackDueOn)),
  ];
}

/** The claims of a group, each once: a batch has one. */
function claimsOf({ asked, credentialOf }: Group<Asked>): string[] {
  const places = new Map<Claim, number | undefined>();
  for (const [index, { claim }] of asked.entries()) if (claim) places.set(claim, credentialOf[index]);
  const claims = [...places.keys()];
  return [
    plainArray(claims.map(({ digest }) => digest)),
    plainArray(claims.map(({ fingerprint }) => fingerprint)),
    plainArray(claims.map(({ answerId }) => answerId)),
    plainArray(claims.map(({ language }) => language)),
    plainArray(claims.map((claim) => places.get(claim) ?? null)),
  ];
}

/**
 * Texts of one item in one element; what is absent is empty, which no request may hold. The first nine are the request; the
 * last three, of some items only, are the answer that claims a key, and when and why the agency had acted.
 */
function factsOf({ id, asking, salt, subjectCommitment, claim, ...asked }: Asked): string {
  const { caseReference, operator, batchId, previousCheckId, late } = asking;
  const { role, documentKind, organisationName, reference, onBehalfOf } = asked;
  const said = [caseReference, operator, role, documentKind, organisationName, reference, onBehalfOf];
  const logged = [publicId("chk", id), salt.toString("hex"), subjectCommitment];
  const carried = late ? [claim?.answerId, late.actedAt.toISOString(), late.reason] : claim ? [claim.answerId] : [];
  return [...said, batchId, previousCheckId, ...logged, ...carried].join(SEPARATOR);
}

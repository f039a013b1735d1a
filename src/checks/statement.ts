// The group statement: one round trip that reads the register, writes the record and gives the answers, in one snapshot.
// Whatever was committed before it starts is in the answer, and no answer exists without its row.
import type { Sql } from "../platform/database.ts";
import type { Outcome, StoredMatch } from "./answer.ts";

/** Changes when the same register and question may give another answer. */
export const MATCHER_VERSION = 1;

/** What the parties of one request share. */
export type Asking = {
  keyDigest: Buffer;
  purpose: string;
  lists: readonly string[];
  caseReference: string;
  operator: string;
  batchId: string | null;
  previousCheckId: string | null;
};

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
};

/** What the statement recorded for an `Asked`; absent when its key or purpose was not in force. */
export type Recorded = { checkedAt: Date; registerPosition: number; outcome: Outcome; matches: StoredMatch[] | null };

/** Settings of the sessions that run the statement: one plan, an index nested loop, whatever the tables' statistics say. */
export const statementSession = {
  plan_cache_mode: "force_generic_plan",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_seqscan: "off",
  jit: "off",
};

/** Separates texts inside one array element (U+001F); requests refuse control characters, so no text holds it. */
const SEPARATOR = "\x1f";

/**
 * The text never changes, so it is built once, prepared once a session and planned once. Parameters:
 * 1–3 credentials (digest, purpose, lists); 4–7 requests (case reference, operator, batch, previous check);
 * 8–17 items (id, place of credential and request, role, document kind, first key, sealed subject, organisation's name,
 * reference, on behalf of); 18–19 probes (item, key); 20 the name keys of each item.
 */
const STATEMENT = `
with credential as materialized (
  -- The keys and purposes of the group that are in force in this snapshot.
  select c.place, k.id as key_id, k.agency_id, c.purpose, string_to_array(c.lists, chr(31)) as lists
  from unnest($1::bytea[], $2::text[], $3::text[]) with ordinality as c (digest, purpose, lists, place)
  join api_key k on k.digest = c.digest
    and k.revoked_at is null
    and k.not_before <= now()
    and (k.expires_at is null or k.expires_at > now())
    and 'checks:write' = any (k.scopes)
  join agency a on a.id = k.agency_id
    and a.state = 'active'
    and (a.agreement_from is null or a.agreement_from <= current_date)
    and (a.agreement_until is null or a.agreement_until >= current_date)
  join agency_purpose p on p.agency_id = k.agency_id
    and p.purpose = c.purpose
    and p.valid_from <= current_date
    and (p.valid_until is null or p.valid_until >= current_date)
), hit as materialized (
  -- The index nested loop over every key of the group: for nearly every key it ends at the first index.
  -- offset 0 keeps the order of these joins: a table that was never analyzed looks small enough to be read whole.
  select distinct on (p.item, l.id)
    p.item, l.id, l.list, l.published_on, grade.grade,
    jsonb_build_object(
      'listingId', l.id, 'list', l.list, 'grade', grade.grade,
      'courtCode', l.court_code, 'courtName', l.court_name, 'caseNumber', l.case_number_raw,
      'grounds', l.grounds, 'publishedOn', l.published_on, 'termKind', l.term_kind,
      'termEndsOn', l.term_ends_on, 'capacity', l.capacity, 'underObjection', l.under_objection
    ) as match
  from unnest($18::int[], $19::bytea[]) as p (item, key)
  cross join lateral (select * from document where blind_index = p.key offset 0) d
  cross join lateral (
    select * from listing
    where subject_id = d.subject_id
      and state = 'published'
      and (answers_until is null or answers_until >= current_date)
    offset 0
  ) l
  cross join lateral (
    select case
      when d.number_sealed is null then 'probable'
      when l.name_keys && string_to_array(($20::text[])[p.item], chr(31)) then 'exact'
      else 'conflict'
    end as grade
  ) grade
  where l.list = any (string_to_array(($3::text[])[($9::int[])[p.item]], chr(31)))
  order by p.item, l.id, array_position(array['exact', 'conflict', 'probable'], grade.grade)
), found as materialized (
  -- One value for the whole group: a join by item would compare every item with every hit.
  select jsonb_object_agg(item, matches) as matches, jsonb_object_agg(item, outcome) as outcomes
  from (
    select
      item,
      case when bool_or(grade = 'exact') then 'listed' else 'review' end as outcome,
      jsonb_agg(match order by list, published_on desc, id) as matches
    from hit
    group by item
  ) by_item
), recorded as (
  insert into check_record (
    id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome, matches,
    register_position, matcher_version, document_kind, subject_index, subject_sealed, organisation_name,
    reference, on_behalf_of, batch_id, previous_check_id
  )
  select
    i.id, c.agency_id, c.key_id, now(), c.purpose, ($4::text[])[i.asking], ($5::text[])[i.asking], i.role,
    c.lists, coalesce(f.outcomes ->> i.item::text, 'clear'), f.matches -> i.item::text,
    (select position from register_state), ${MATCHER_VERSION}, i.document_kind, i.subject_index, i.subject_sealed,
    i.organisation_name, i.reference, i.on_behalf_of, ($6::uuid[])[i.asking], ($7::uuid[])[i.asking]
  from found f
  cross join unnest(
    $8::uuid[], $9::int[], $10::int[], $11::text[], $12::text[], $13::bytea[], $14::bytea[], $15::text[], $16::text[],
    $17::text[]
  ) with ordinality as i (
    id, credential, asking, role, document_kind, subject_index, subject_sealed, organisation_name, reference,
    on_behalf_of, item
  )
  join credential c on c.place = i.credential
  returning id, outcome, matches
)
select
  now() as "checkedAt",
  (select position from register_state) as "registerPosition",
  array(select place::int from credential) as "inForce",
  count(*)::int as recorded,
  jsonb_agg(jsonb_build_object('id', id, 'outcome', outcome, 'matches', matches)) filter (where outcome <> 'clear')
    as found
from recorded`;

type Row = {
  checkedAt: Date;
  registerPosition: number;
  /** Places of the credentials that were in force. */
  inForce: number[];
  recorded: number;
  /** The checks that are not clear: one row answers the whole group, because nearly all of it is clear. */
  found: { id: string; outcome: Outcome; matches: StoredMatch[] }[] | null;
};

/** Answers and records `asked` in one statement; the results stand in the order of `asked`. */
export async function askRegister(sql: Sql, asked: readonly Asked[]): Promise<(Recorded | undefined)[]> {
  const group = arrange(asked);
  const [row] = await sql.unsafe<[Row]>(STATEMENT, parametersOf(group), { prepare: true });
  return answersOf(group, row);
}

type Group = ReturnType<typeof arrange>;

/** The group with what its items share told apart: requests by identity, credentials by key and purpose. */
function arrange(asked: readonly Asked[]) {
  const askings = new Places<Asking, Asking>();
  const credentials = new Places<string, Asking>();
  const askingOf = asked.map(({ asking }) => askings.placeOf(asking, asking));
  const ofAsking = askings.values.map((asking) =>
    credentials.placeOf(`${asking.keyDigest.toString("latin1")}${asking.purpose}`, asking),
  );
  const credentialOf = askingOf.map((place) => ofAsking[place - 1] ?? 0);
  return { asked, askings: askings.values, askingOf, credentials: credentials.values, credentialOf };
}

/** The distinct values that were placed, in the order of their first use, and the 1-based place of each. */
class Places<Key, Value> {
  readonly values: Value[] = [];
  readonly #places = new Map<Key, number>();

  placeOf(key: Key, value: Value): number {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.values.push(value);
      this.#places.set(key, place);
    }
    return place;
  }
}

function parametersOf({ asked, askings, askingOf, credentials, credentialOf }: Group) {
  const probes = asked.flatMap(({ keys }, index) => keys.map((key) => ({ item: index + 1, key })));
  return [
    byteaArray(credentials.map(({ keyDigest }) => keyDigest.toString("hex"))),
    plainArray(credentials.map(({ purpose }) => purpose)),
    plainArray(credentials.map(({ lists }) => lists.join(SEPARATOR))),
    askings.map(({ caseReference }) => caseReference),
    askings.map(({ operator }) => operator),
    plainArray(askings.map(({ batchId }) => batchId)),
    plainArray(askings.map(({ previousCheckId }) => previousCheckId)),
    plainArray(asked.map(({ id }) => id)),
    plainArray(credentialOf),
    plainArray(askingOf),
    plainArray(asked.map(({ role }) => role)),
    plainArray(asked.map(({ documentKind }) => documentKind)),
    byteaArray(asked.map(({ keys: [key] }) => key)),
    byteaArray(asked.map(({ subjectSealed }) => subjectSealed.toString("hex"))),
    asked.map(({ organisationName }) => organisationName),
    asked.map(({ reference }) => reference),
    asked.map(({ onBehalfOf }) => onBehalfOf),
    plainArray(probes.map(({ item }) => item)),
    byteaArray(probes.map(({ key }) => key)),
    asked.map(({ nameKeys }) => nameKeys.join(SEPARATOR)),
  ];
}

/** Bytea arrays as PostgreSQL reads them: the driver's own encoder of Buffer arrays costs several times as much. */
function byteaArray(hexadecimals: readonly string[]): string {
  return `{${hexadecimals.map((text) => `"\\\\x${text}"`).join(",")}}`;
}

/** Arrays of values that need no quotes (ids, codes, numbers), without the driver's look at every character. */
function plainArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

function answersOf({ asked, credentialOf }: Group, row: Row): (Recorded | undefined)[] {
  const { checkedAt, registerPosition } = row;
  const clear: Recorded = { checkedAt, registerPosition, outcome: "clear", matches: null };
  const found = new Map(row.found?.map(({ id, outcome, matches }) => [id, { ...clear, outcome, matches }]));
  const inForce = new Set(row.inForce);
  const answers = asked.map(({ id }, index) =>
    inForce.has(credentialOf[index] ?? 0) ? (found.get(id) ?? clear) : undefined,
  );
  // Guards invariant 1 against a fault of our own: what is answered is what was written.
  if (answers.filter(Boolean).length !== row.recorded) throw new Error("the record and the answers differ in number");
  return answers;
}

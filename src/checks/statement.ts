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
  /** Blind indexes that lead to a listing; the first one identifies the party in the record. */
  keys: [Buffer, ...Buffer[]];
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

/** Separates texts inside one array element; requests refuse control characters, so no text holds it. */
const SEPARATOR = "\x1f";

/** Bytea arrays as PostgreSQL reads them: the driver's own encoder of Buffer arrays costs several times as much. */
function byteaArray(values: readonly Buffer[]): string {
  return `{${values.map((value) => `"\\\\x${value.toString("hex")}"`).join(",")}}`;
}

/** The distinct values of `items` in the order of their first use, and the 1-based place of each item's value. */
function distinct<Item, Value>(items: readonly Item[], keyOf: (item: Item) => unknown, valueOf: (item: Item) => Value) {
  const places = new Map<unknown, number>();
  const values: Value[] = [];
  const placeOf = items.map((item) => {
    const key = keyOf(item);
    const known = places.get(key);
    if (known !== undefined) return known;
    values.push(valueOf(item));
    places.set(key, values.length);
    return values.length;
  });
  return { values, placeOf };
}

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
  const [row] = await sql<[Row]>`
    with credential as materialized (${credentialsInForce(sql, group)}),
    shared as materialized (${sharedValues(sql, group)}),
    hit as materialized (${hits(sql, group)}),
    found as materialized (
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
    ),
    recorded as (${insertion(sql, group)})
    select
      now() as "checkedAt",
      (select position from register_state) as "registerPosition",
      array(select place::int from credential) as "inForce",
      count(*)::int as recorded,
      jsonb_agg(jsonb_build_object('id', id, 'outcome', outcome, 'matches', matches)) filter (where outcome <> 'clear')
        as found
    from recorded
  `;
  return answersOf(group, row);
}

type Group = ReturnType<typeof arrange>;

/** The group with what its items share told apart: requests by identity, credentials by key and purpose. */
function arrange(asked: readonly Asked[]) {
  const askings = distinct(
    asked,
    ({ asking }) => asking,
    ({ asking }) => asking,
  );
  const credentials = distinct(
    askings.values,
    ({ keyDigest, purpose }) => `${keyDigest.toString("latin1")}${purpose}`,
    (asking) => asking,
  );
  return { asked, askings, credentials };
}

/** The keys and purposes of the group that are in force in this snapshot. */
function credentialsInForce(sql: Sql, { credentials: { values } }: Group) {
  return sql`
    select c.place, k.id as key_id, k.agency_id, c.purpose, string_to_array(c.lists, ${SEPARATOR}) as lists
    from unnest(
      ${byteaArray(values.map(({ keyDigest }) => keyDigest))}::bytea[],
      ${values.map(({ purpose }) => purpose)}::text[],
      ${values.map(({ lists }) => lists.join(SEPARATOR))}::text[]
    ) with ordinality as c (digest, purpose, lists, place)
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
      and (p.valid_until is null or p.valid_until >= current_date)`;
}

/** What requests share is sent once, as arrays that items point into. */
function sharedValues(sql: Sql, { asked, askings, credentials }: Group) {
  return sql`
    select
      ${credentials.placeOf}::int[] as credential,
      ${askings.values.map(({ lists }) => lists.join(SEPARATOR))}::text[] as lists,
      ${askings.values.map(({ caseReference }) => caseReference)}::text[] as case_reference,
      ${askings.values.map(({ operator }) => operator)}::text[] as operator,
      ${askings.values.map(({ batchId }) => batchId)}::uuid[] as batch_id,
      ${askings.values.map(({ previousCheckId }) => previousCheckId)}::uuid[] as previous_check_id,
      ${askings.placeOf}::int[] as asking,
      ${asked.map(({ nameKeys }) => nameKeys.join(SEPARATOR))}::text[] as name_keys`;
}

/** The index nested loop over every key of the group: for nearly every key it ends at the first index. */
function hits(sql: Sql, { asked }: Group) {
  const probes = asked.flatMap(({ keys }, index) => keys.map((key) => ({ item: index + 1, key })));
  return sql`
    select distinct on (p.item, l.id)
      p.item, l.id, l.list, l.published_on, grade.grade,
      jsonb_build_object(
        'listingId', l.id, 'list', l.list, 'grade', grade.grade,
        'courtCode', l.court_code, 'courtName', l.court_name, 'caseNumber', l.case_number_raw,
        'grounds', l.grounds, 'publishedOn', l.published_on, 'termKind', l.term_kind,
        'termEndsOn', l.term_ends_on, 'capacity', l.capacity, 'underObjection', l.under_objection
      ) as match
    from unnest(
      ${probes.map(({ item }) => item)}::int[],
      ${byteaArray(probes.map(({ key }) => key))}::bytea[]
    ) as p (item, key)
    -- offset 0 keeps the order of these joins: a table that was never analyzed looks small enough to be read whole.
    cross join lateral (select * from document where blind_index = p.key offset 0) d
    cross join lateral (
      select * from listing
      where subject_id = d.subject_id
        and state = 'published'
        and (answers_until is null or answers_until >= current_date)
      offset 0
    ) l
    cross join shared s
    cross join lateral (
      select case
        when d.number_sealed is null then 'probable'
        when l.name_keys && string_to_array(s.name_keys[p.item], ${SEPARATOR}) then 'exact'
        else 'conflict'
      end as grade
    ) grade
    where l.list = any (string_to_array(s.lists[s.asking[p.item]], ${SEPARATOR}))
    order by p.item, l.id, array_position(array['exact', 'conflict', 'probable'], grade.grade)`;
}

/** The record: a row for every item whose credential is in force. */
function insertion(sql: Sql, { asked }: Group) {
  return sql`
    insert into check_record (
      id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome, matches,
      register_position, matcher_version, document_kind, subject_index, subject_sealed, organisation_name,
      reference, on_behalf_of, batch_id, previous_check_id
    )
    select
      i.id, c.agency_id, c.key_id, now(), c.purpose, s.case_reference[s.asking[i.item]],
      s.operator[s.asking[i.item]], i.role, c.lists, coalesce(f.outcomes ->> i.item::text, 'clear'),
      f.matches -> i.item::text, (select position from register_state), ${MATCHER_VERSION}, i.document_kind,
      i.subject_index, i.subject_sealed, i.organisation_name, i.reference, i.on_behalf_of,
      s.batch_id[s.asking[i.item]], s.previous_check_id[s.asking[i.item]]
    from shared s
    cross join found f
    cross join unnest(
      ${asked.map(({ id }) => id)}::uuid[],
      ${asked.map(({ role }) => role)}::text[],
      ${asked.map(({ documentKind }) => documentKind)}::text[],
      ${byteaArray(asked.map(({ keys: [key] }) => key))}::bytea[],
      ${byteaArray(asked.map(({ subjectSealed }) => subjectSealed))}::bytea[],
      ${asked.map(({ organisationName }) => organisationName)}::text[],
      ${asked.map(({ reference }) => reference)}::text[],
      ${asked.map(({ onBehalfOf }) => onBehalfOf)}::text[]
    ) with ordinality as i (
      id, role, document_kind, subject_index, subject_sealed, organisation_name, reference, on_behalf_of, item
    )
    join credential c on c.place = s.credential[s.asking[i.item]]
    returning id, outcome, matches`;
}

function answersOf({ asked, askings, credentials }: Group, row: Row): (Recorded | undefined)[] {
  const { checkedAt, registerPosition } = row;
  const clear: Recorded = { checkedAt, registerPosition, outcome: "clear", matches: null };
  const found = new Map(row.found?.map(({ id, outcome, matches }) => [id, { ...clear, outcome, matches }]));
  const inForce = new Set(row.inForce);
  const credentialAt = (index: number) => credentials.placeOf[(askings.placeOf[index] ?? 0) - 1] ?? 0;
  const answers = asked.map(({ id }, index) =>
    inForce.has(credentialAt(index)) ? (found.get(id) ?? clear) : undefined,
  );
  // Guards invariant 1 against a fault of our own: what is answered is what was written.
  if (answers.filter(Boolean).length !== row.recorded) throw new Error("the record and the answers differ in number");
  return answers;
}

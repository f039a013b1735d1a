// The group statement: one round trip that reads the register, writes the record and gives the answers, in one snapshot.
// Whatever was committed before it starts is in the answer, and no answer exists without its row.
import type { Sql } from "../platform/database.ts";
import type { Outcome, StoredMatch } from "./answer.ts";

/** Changes when the same register and question may give another answer. */
export const MATCHER_VERSION = 1;

/** One party to ask about, ready for the statement: nothing is computed per item after this. */
export type Asked = {
  id: string;
  keyDigest: Buffer;
  purpose: string;
  lists: readonly string[];
  caseReference: string;
  operator: string;
  role: string;
  documentKind: string;
  /** Blind indexes that lead to a listing; the first one identifies the party in the record. */
  keys: Buffer[];
  nameKeys: string[];
  subjectSealed: Buffer;
  organisationName: string | null;
  reference: string | null;
  onBehalfOf: string | null;
  batchId: string | null;
  previousCheckId: string | null;
};

/** What the statement recorded for an `Asked`; absent when its key or purpose was not in force. */
export type Recorded = {
  id: string;
  checkedAt: Date;
  outcome: Outcome;
  matches: StoredMatch[] | null;
  registerPosition: number;
};

/** Settings of the sessions that run the statement: one plan, an index nested loop, whatever the tables' statistics say. */
export const statementSession = {
  plan_cache_mode: "force_generic_plan",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_seqscan: "off",
  jit: "off",
};

/** Separates names inside one array element; the request refuses control characters, so no name holds it. */
const SEPARATOR = "\x1f";

/** Bytea arrays as PostgreSQL reads them: the driver's own encoder of Buffer arrays costs more than the statement. */
function byteaArray(values: Buffer[]): string {
  return `{${values.map((value) => `"\\\\x${value.toString("hex")}"`).join(",")}}`;
}

/** Answers and records `asked` in one statement. Rows come back by id, in no order. */
export async function askRegister(sql: Sql, asked: Asked[]): Promise<Map<string, Recorded>> {
  const credentials = new Map<string, { digest: Buffer; purpose: string; lists: string; ordinal: number }>();
  const ordinals = asked.map(({ keyDigest, purpose, lists }) => {
    const name = `${keyDigest.toString("latin1")}${purpose}`;
    const known = credentials.get(name);
    if (known) return known.ordinal;
    const ordinal = credentials.size + 1;
    credentials.set(name, { digest: keyDigest, purpose, lists: lists.join(SEPARATOR), ordinal });
    return ordinal;
  });
  const used = [...credentials.values()];
  const rows = await sql<Recorded[]>`
    with credential as materialized (
      select c.ordinal, k.id as key_id, k.agency_id, c.purpose, string_to_array(c.lists, ${SEPARATOR}) as lists
      from unnest(
        ${byteaArray(used.map(({ digest }) => digest))}::bytea[],
        ${used.map(({ purpose }) => purpose)}::text[],
        ${used.map(({ lists }) => lists)}::text[]
      ) with ordinality as c (digest, purpose, lists, ordinal)
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
    )
    insert into check_record (
      id, agency_id, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome, matches,
      register_position, matcher_version, document_kind, subject_index, subject_sealed, organisation_name,
      reference, on_behalf_of, batch_id, previous_check_id
    )
    select
      i.id, c.agency_id, c.key_id, now(), c.purpose, i.case_reference, i.operator, i.role, c.lists,
      case when found.exact then 'listed' when found.matches is not null then 'review' else 'clear' end,
      found.matches, (select position from register_state), ${MATCHER_VERSION}, i.document_kind,
      i.subject_index, i.subject_sealed, i.organisation_name, i.reference, i.on_behalf_of, i.batch_id,
      i.previous_check_id
    from unnest(
      ${asked.map(({ id }) => id)}::uuid[],
      ${ordinals}::int[],
      ${asked.map(({ caseReference }) => caseReference)}::text[],
      ${asked.map(({ operator }) => operator)}::text[],
      ${asked.map(({ role }) => role)}::text[],
      ${asked.map(({ documentKind }) => documentKind)}::text[],
      ${byteaArray(asked.map(({ keys }) => keys[0] ?? Buffer.alloc(0)))}::bytea[],
      ${asked.map(({ keys }) => byteaArray(keys))}::text[],
      ${asked.map(({ nameKeys }) => nameKeys.join(SEPARATOR))}::text[],
      ${byteaArray(asked.map(({ subjectSealed }) => subjectSealed))}::bytea[],
      ${asked.map(({ organisationName }) => organisationName)}::text[],
      ${asked.map(({ reference }) => reference)}::text[],
      ${asked.map(({ onBehalfOf }) => onBehalfOf)}::text[],
      ${asked.map(({ batchId }) => batchId)}::uuid[],
      ${asked.map(({ previousCheckId }) => previousCheckId)}::uuid[]
    ) as i (
      id, credential, case_reference, operator, role, document_kind, subject_index, keys, name_keys, subject_sealed,
      organisation_name, reference, on_behalf_of, batch_id, previous_check_id
    )
    join credential c on c.ordinal = i.credential
    left join lateral (
      select
        bool_or(hit.grade = 'exact') as exact,
        jsonb_agg(hit.match order by hit.list, hit.published_on desc, hit.id) as matches
      from (
        select distinct on (l.id)
          l.id, l.list, l.published_on, grade.grade,
          jsonb_build_object(
            'listingId', l.id, 'list', l.list, 'grade', grade.grade,
            'courtCode', l.court_code, 'courtName', l.court_name, 'caseNumber', l.case_number_raw,
            'grounds', l.grounds, 'publishedOn', l.published_on, 'termKind', l.term_kind,
            'termEndsOn', l.term_ends_on, 'capacity', l.capacity, 'underObjection', l.under_objection
          ) as match
        from document d
        join listing l on l.subject_id = d.subject_id
          and l.state = 'published'
          and (l.answers_until is null or l.answers_until >= current_date)
          and l.list = any (c.lists)
        cross join lateral (
          select case
            when d.number_sealed is null then 'probable'
            when l.name_keys && string_to_array(i.name_keys, ${SEPARATOR}) then 'exact'
            else 'conflict'
          end as grade
        ) grade
        where d.blind_index = any (i.keys::bytea[])
        order by l.id, array_position(array['exact', 'conflict', 'probable'], grade.grade)
      ) hit
    ) found on true
    returning id, checked_at as "checkedAt", outcome, matches, register_position as "registerPosition"
  `;
  return new Map(rows.map((row) => [row.id, row]));
}

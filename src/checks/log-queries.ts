// SQL that follows the public log back to the record of checks.
import { copyRows, type CopiedRow } from "../platform/copy-out.ts";
import type { Sql } from "../platform/database.ts";
import type { Action, Outcome, StoredMatch, StoredMeasure } from "./answer.ts";
import type { StoredCheck } from "./queries.ts";

export type LoggedCheck = Omit<StoredCheck, "logGroup" | "logPlace"> & { logGroup: number; logPlace: number };

/** In the order in which `loggedCheckOf` reads them. */
const COLUMNS = `id::text, agency_id::text, key_id, checked_at, purpose, case_reference, operator, role, lists, outcome,
  matches::text, register_position, matcher_version, document_kind, subject_index, subject_sealed, organisation_name,
  reference, on_behalf_of, batch_id::text, previous_check_id::text, salt, log_group, log_place, action, measures::text, acted_at,
  acted_reason`;

/** PostgreSQL counts microseconds from the year 2000 on. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

/**
 * Hands out the rows of these groups, in any order. Groups of one stretch of the log have ids close together, and the
 * index is by ranges. A row's `subjectSealed` and `subjectIndex` are only lent.
 */
export async function readLoggedChecks(
  sql: Sql,
  groups: readonly number[],
  read: (row: LoggedCheck) => void,
): Promise<void> {
  const first = groups.reduce((one, other) => Math.min(one, other));
  const last = groups.reduce((one, other) => Math.max(one, other));
  const query = `select ${COLUMNS} from check_record
    where log_group between ${first} and ${last} and log_group = any ('{${groups.join()}}'::bigint[])`;
  await copyRows(sql, query, (row) => read(loggedCheckOf(row)));
}

function timeOf(microseconds: number): Date {
  return new Date(EPOCH_MS + Math.floor(microseconds / 1000));
}

function loggedCheckOf(row: CopiedRow): LoggedCheck {
  return {
    id: row.text(0),
    agencyId: row.text(1),
    keyId: row.text(2),
    checkedAt: timeOf(row.bigint(3)),
    purpose: row.text(4),
    caseReference: row.text(5),
    operator: row.text(6),
    role: row.text(7),
    lists: row.texts(8),
    outcome: row.text(9) as Outcome,
    matches: row.isNull(10) ? null : (JSON.parse(row.text(10)) as StoredMatch[]),
    registerPosition: row.bigint(11),
    matcherVersion: row.smallint(12),
    documentKind: row.text(13),
    subjectIndex: row.bytes(14),
    subjectSealed: row.bytes(15),
    organisationName: row.nullableText(16),
    reference: row.nullableText(17),
    onBehalfOf: row.nullableText(18),
    batchId: row.nullableText(19),
    previousCheckId: row.nullableText(20),
    salt: row.isNull(21) ? null : row.bytes(21),
    logGroup: row.bigint(22),
    logPlace: row.smallint(23),
    action: row.nullableText(24) as Action | null,
    measures: row.isNull(25) ? null : (JSON.parse(row.text(25)) as StoredMeasure[]),
    actedAt: row.isNull(26) ? null : timeOf(row.bigint(26)),
    actedReason: row.nullableText(27),
  };
}

/** A check whose group the log does not know. Rows from before the log have none. */
export async function findStrayCheck(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from check_record r
    where (log_group is null and checked_at > (select since from log_state))
      or (
        log_group is not null
        and not exists (select from log_group where id = r.log_group and kind = 'check')
        and not exists (select from log_outbox where id = r.log_group and kind = 'check')
      )
    limit 1`;
  return row ? `check ${row.id}` : null;
}

/** Groups of which months were given up: rows of theirs may be missing, and how many do is stated. */
export type RetainedGroups = { firstGroup: number | null; lastGroup: number | null };

export async function listRetainedGroups(sql: Sql): Promise<RetainedGroups[]> {
  const rows = await sql<{ fact: RetainedGroups }[]>`
    select fact from log_fact where subject = 'check_record' and fact ->> 'kind' = 'retention'`;
  return rows.map(({ fact }) => fact);
}

/** How many entries of checks there are, of which a row is there, and of how many the log says that it was given up. */
export async function countEntries(sql: Sql): Promise<{ entries: number; rows: number; retained: number }> {
  const [row] = await sql<[{ entries: number; rows: number; retained: number }]>`
    select
      (
        (select coalesce(sum(size), 0) from log_group where kind = 'check')
        + (select coalesce(sum(octet_length(commitments) / 32), 0) from log_outbox where kind = 'check')
      )::float8 as entries,
      (select count(log_group) from check_record)::float8 as rows,
      (
        select coalesce(sum((fact ->> 'entries')::bigint), 0) from log_fact
        where subject = 'check_record' and fact ->> 'kind' = 'retention'
      )::float8 as retained`;
  return row;
}

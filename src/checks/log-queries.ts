// SQL that follows the public log back to the record of checks. Plain postgres.js: an ORM's row costs as much as its proof.
import type { Sql } from "../platform/database.ts";
import type { CheckRow } from "./queries.ts";

export type LoggedCheck = Omit<CheckRow, "logGroup" | "logPlace"> & { logGroup: number; logPlace: number };

/** The rows of these groups. Groups of one stretch of the log have ids close together, and the index is by ranges. */
export async function readLoggedChecks(sql: Sql, groups: readonly number[]): Promise<LoggedCheck[]> {
  const rows = await sql<(Omit<LoggedCheck, "checkedAt"> & { checkedAtMs: number })[]>`
    select
      id, agency_id as "agencyId", key_id as "keyId", purpose, case_reference as "caseReference", operator, role, lists,
      floor(extract(epoch from checked_at) * 1000)::float8 as "checkedAtMs", outcome, matches,
      register_position as "registerPosition", matcher_version as "matcherVersion", document_kind as "documentKind",
      subject_index as "subjectIndex", subject_sealed as "subjectSealed", organisation_name as "organisationName",
      reference, on_behalf_of as "onBehalfOf", batch_id as "batchId", previous_check_id as "previousCheckId",
      salt, log_group as "logGroup", log_place as "logPlace"
    from check_record
    where log_group between ${Math.min(...groups)} and ${Math.max(...groups)} and log_group = any (${groups}::bigint[])`;
  return rows.map(({ checkedAtMs, ...row }) => ({ ...row, checkedAt: new Date(checkedAtMs) }));
}

/** A check whose group the log does not know. Rows from before the log have none. */
export async function findStrayCheck(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from check_record r
    where (log_group is null and checked_at > (select since from log_state))
      or (
        log_group is not null
        and not exists (select from log_group where id = r.log_group)
        and not exists (select from log_outbox where id = r.log_group)
      )
    limit 1`;
  return row ? `check ${row.id}` : null;
}

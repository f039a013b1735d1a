// SQL that takes personal data out of the record of checks, a stretch of one agency's rows at a time.
import { and, asc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Reader, Sql, Transaction } from "../platform/database.ts";
import { checkRecord } from "./schema.ts";

/** An envelope is never empty. */
const isWhole = sql`octet_length(${checkRecord.subjectSealed}) > 0`;

export type Stretch = { agencyId: string; before: Date; after: string | null; limit: number };

/** The next rows of an agency that are older than `before` and not erased yet, in the order of their ids. */
export async function listErasable(reader: Reader, { agencyId, before, after, limit }: Stretch): Promise<string[]> {
  const rows = await reader
    .select({ id: checkRecord.id })
    .from(checkRecord)
    .where(
      and(
        eq(checkRecord.agencyId, agencyId),
        after === null ? undefined : gt(checkRecord.id, after),
        lt(checkRecord.checkedAt, before),
        isWhole,
      ),
    )
    .orderBy(asc(checkRecord.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Agencies that have ever asked. */
export async function listAskingAgencies(reader: Reader): Promise<string[]> {
  const rows = await reader.execute<{ id: string }>(sql`
    select id from agency a where exists (select from check_record where agency_id = a.id)`);
  return rows.map(({ id }) => id);
}

export async function findAgenciesOf(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader
    .select({ id: checkRecord.id, agencyId: checkRecord.agencyId })
    .from(checkRecord)
    .where(inArray(checkRecord.id, [...ids]));
  return new Map(rows.map(({ id, agencyId }) => [id, agencyId]));
}

/**
 * Takes away the party, the matter, the officer and what was found of whom, and with the salt the meaning of the entry;
 * a feedback task that has no later check loses its party and matter too. That the agency asked, when, for which purpose and with which outcome stays. Returns how many rows and entries it erased.
 */
export async function eraseRows(
  tx: Transaction,
  agencyId: string,
  ids: readonly string[],
): Promise<{ rows: number; entries: number }> {
  const [erased] = await tx.execute<{ rows: number; entries: number }>(sql`
    with given as materialized (
      select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
    ), shown as (
      delete from hit h using (
        select r.id, (m.match ->> 'listingId')::uuid as listing_id
        from check_record r, jsonb_array_elements(r.matches) m (match)
        where r.agency_id = ${agencyId} and r.id in (select id from given)
      ) found
      where h.listing_id = found.listing_id and h.check_id = found.id
    ), owed as (
      update feedback_task set subject_index = '', case_reference = id::text
      where agency_id = ${agencyId} and last_check_id in (select id from given)
    ), erased as (
      update check_record set
        salt = null, subject_sealed = '', subject_index = '', organisation_name = null, case_reference = '', operator = '',
        reference = null, on_behalf_of = null, acted_reason = case when acted_at is null then null else '' end, matches = case when outcome = 'clear' then null else '[]'::jsonb end
      where agency_id = ${agencyId} and id in (select id from given)
        and octet_length(subject_sealed) > 0
      returning log_group
    )
    select count(*)::int as rows, count(log_group)::int as entries from erased`);
  return erased ?? { rows: 0, entries: 0 };
}

/** How many entries have lost their salts, and how many the log says were erased and not given up since. */
export async function countErased(sql: Sql): Promise<{ found: number; stated: number }> {
  const [row] = await sql<[{ found: number; stated: number }]>`
    select
      (select count(*) from check_record where salt is null and log_group is not null)::float8 as found,
      (
        select coalesce(sum(case fact ->> 'kind'
          when 'erasure' then (fact ->> 'entries')::bigint
          when 'retention' then -(fact ->> 'erased')::bigint
        end), 0)
        from log_fact where fact ->> 'kind' in ('erasure', 'retention')
      )::float8 as stated`;
  return row;
}

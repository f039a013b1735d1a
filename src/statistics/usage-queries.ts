// SQL on what one agency has asked, by day: stored of closed days, counted from the record for the days since.
import { sql } from "drizzle-orm";
import { SANDBOX } from "../agencies/index.ts";
import type { Reader } from "../platform/database.ts";
import { isRecordedWithin } from "./agency-figure-queries.ts";
import type { Stretch } from "./month.ts";

export type OutcomeCount = { day: string; outcome: "listed" | "review" | "clear"; checks: number };
export type KeyCount = OutcomeCount & { keyId: string };

export async function listStoredOutcomes(reader: Reader, agencyId: string, { from, to }: Stretch) {
  return reader.execute<OutcomeCount>(sql`
    select day::text as day, part as outcome, value::float8 as checks from day_figure
    where scope = 'agency' and figure = 'checks' and body = ${agencyId} and day between ${from}::date and ${to}::date`);
}

export async function listRecordedOutcomes(reader: Reader, agencyId: string, stretch: Stretch) {
  return reader.execute<KeyCount>(sql`
    select (c.checked_at at time zone 'Asia/Shanghai')::date::text as day, c.key_id as "keyId", c.outcome,
      count(*)::float8 as checks
    from agency a join check_record c on ${isRecordedWithin(stretch)}
    where a.id = ${agencyId}
    group by 1, 2, 3`);
}

export type UsedKey = { id: string; note: string | null; isInForce: boolean };

/** The agency's keys, the oldest first. */
export async function listKeys(reader: Reader, agencyId: string): Promise<UsedKey[]> {
  const keys = await reader.execute<UsedKey>(sql`
    select id, note, revoked_at is null and not_before <= now() and coalesce(expires_at, 'infinity') > now() as "isInForce"
    from api_key where agency_id = ${agencyId} and not ${SANDBOX} = any (scopes) order by created_at, id`);
  return [...keys];
}

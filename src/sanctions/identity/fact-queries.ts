// SQL that follows the public log back to the answers of courts, and these to the findings that checks go by.
import { asc, eq, isNotNull, sql } from "drizzle-orm";
import type { Json } from "../../audit/index.ts";
import type { Reader } from "../../platform/database.ts";
import { identityFinding } from "../../registry/findings/schema.ts";
import type { RequestRow } from "./queries.ts";
import { identityRequest } from "./schema.ts";

export type IdentityFact = { subject: string; fact: { readonly [name: string]: Json } };
export type Answered = { request: RequestRow; finding: typeof identityFinding.$inferSelect | null };

/** The facts of all answers in their order. */
export async function listIdentityFacts(reader: Reader): Promise<IdentityFact[]> {
  return reader.execute<IdentityFact>(sql`
    select subject, fact from log_fact where fact ->> 'kind' = 'identity' order by log_group, log_place`);
}

/** Every answered request with what checks go by. */
export async function listAnswered(reader: Reader): Promise<Answered[]> {
  return reader
    .select({ request: identityRequest, finding: identityFinding })
    .from(identityRequest)
    .leftJoin(identityFinding, eq(identityFinding.id, identityRequest.id))
    .where(isNotNull(identityRequest.finding))
    .orderBy(asc(identityRequest.id));
}

/** A finding that no answer gave. */
export async function findUnansweredFinding(reader: Reader): Promise<string | null> {
  const [row] = await reader.execute<{ id: string }>(sql`
    select f.id from identity_finding f
    where not exists (select from identity_request r where r.id = f.id and r.finding is not null) limit 1`);
  return row?.id ?? null;
}

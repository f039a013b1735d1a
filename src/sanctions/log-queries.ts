// SQL that follows the public log back to sanctions.
import { asc, gt, sql } from "drizzle-orm";
import type { Json } from "../audit/index.ts";
import type { Reader } from "../platform/database.ts";
import { sanction } from "./schema.ts";
import type { SanctionRow } from "./sanction-queries.ts";

/** The sanctions after this one, in the order of their ids. */
export async function listSanctionsAfter(reader: Reader, after: string, limit: number): Promise<SanctionRow[]> {
  return reader.select().from(sanction).where(gt(sanction.id, after)).orderBy(asc(sanction.id)).limit(limit);
}

export type SanctionFact = { subject: string; fact: { readonly [name: string]: Json } };

/** What the log says of these subjects, in its order. */
export async function listFactsOf(reader: Reader, subjects: readonly string[]): Promise<SanctionFact[]> {
  return reader.execute<SanctionFact>(sql`
    select subject, fact from log_fact
    where subject in (select jsonb_array_elements_text(${JSON.stringify(subjects)}::jsonb))
    order by log_group, log_place`);
}

/** The subjects after this one of which the log says anything as of a sanction. */
export async function listSanctionSubjects(reader: Reader, after: string, limit: number): Promise<string[]> {
  const rows = await reader.execute<{ subject: string }>(sql`
    select distinct subject from log_fact
    where subject > ${after} and subject like 'san\\_%'
    order by subject limit ${limit}`);
  return rows.map(({ subject }) => subject);
}

/** Which of these ids are of no sanction. */
export async function findMissing(reader: Reader, ids: readonly string[]): Promise<string | null> {
  const [missing] = await reader.execute<{ id: string }>(sql`
    select given.id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as given (id)
    where not exists (select from ${sanction} where ${sanction.id} = given.id::uuid)
    limit 1`);
  return missing?.id ?? null;
}

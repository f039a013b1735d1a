// SQL that follows the public log back to the loads that became active.
import { desc, inArray, sql } from "drizzle-orm";
import type { Json } from "../audit/index.ts";
import type { Reader } from "../platform/database.ts";
import type { LoadRow } from "./queries.ts";
import { load } from "./schema.ts";

/** Every load that is or was active, newest first. */
export async function listActivated(reader: Reader): Promise<LoadRow[]> {
  return reader
    .select()
    .from(load)
    .where(inArray(load.state, ["activated", "rolled_back"]))
    .orderBy(desc(load.id));
}

export type LoadFact = { subject: string; at: string; fact: { readonly [name: string]: Json } };

/** The facts of all loads in their order. */
export async function listLoadFacts(reader: Reader): Promise<LoadFact[]> {
  return reader.execute<LoadFact>(sql`
    select subject, fact ->> 'at' as at, fact from log_fact where fact ->> 'kind' = 'load' order by log_group, log_place`);
}

// SQL that puts entries of the public log where the sequencer finds them, in the transaction of what they commit to.

import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import { logFact, logOutbox } from "./schema.ts";

/**
 * Text for a statement of the check path: `rows` is a relation with `commitment` and its dense `place` from 0 on. It
 * returns the group's id, and writes and returns nothing where there are no rows.
 */
export function appendGroupSql(kind: "check", rows: string): string {
  return `insert into log_outbox (kind, commitments)
  select '${kind}', string_agg(commitment, ''::bytea order by place) from ${rows}
  having count(*) > 0
  returning id`;
}

export type FactRow = Omit<typeof logFact.$inferInsert, "logGroup" | "logPlace">;

/** A group of facts that no other table holds, with their entries in the same order. */
export async function insertFacts(tx: Transaction, facts: readonly FactRow[], commitments: Buffer): Promise<void> {
  const [group] = await tx.insert(logOutbox).values({ kind: "fact", commitments }).returning({ id: logOutbox.id });
  if (!group) throw new Error("an insert returned no row");
  await tx.insert(logFact).values(facts.map((fact, logPlace) => ({ ...fact, logGroup: group.id, logPlace })));
}

export type RowRange = { first: number; last: number };

/**
 * The rows `first` to `last` of a table that numbers its rows without gaps, in groups of `groupRows`. One index scan a
 * group: a sort of the whole series by its groups would write millions of facts to disk.
 */
export async function insertSeries(tx: Transaction, kind: "listing", rows: SQL, options: SeriesOptions): Promise<void> {
  const { first, last, bulk, groupRows } = options;
  await tx.execute(sql`
    insert into log_outbox (bulk, kind, first_row, commitments)
    select ${bulk}, ${kind}, span.first, entries.commitments
    from generate_series(${first}::bigint / ${groupRows}, ${last}::bigint / ${groupRows}) number
    cross join lateral (
      select greatest(number * ${groupRows}, ${first}) as first, least((number + 1) * ${groupRows} - 1, ${last}) as last
    ) span
    cross join lateral (
      select string_agg(sha256(salt || convert_to(fact, 'UTF8')), ''::bytea order by row) as commitments
      from ${rows} as series where row between span.first and span.last
    ) entries
    order by number`);
}

export type SeriesOptions = RowRange & { bulk: boolean; groupRows: number };

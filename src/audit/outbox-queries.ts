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

/**
 * A series of rows that a table of their own holds under dense numbers: `rows` is a relation with `row` and `fact`, the
 * row's number and its fact in canonical JSON. One salt serves all: a row's own is the first half of SHA-256 over it
 * and the number in eight bytes.
 */
export async function insertSeries(tx: Transaction, kind: "listing", rows: SQL, options: SeriesOptions): Promise<void> {
  await tx.execute(sql`
    insert into log_outbox (bulk, kind, salt, first_row, commitments)
    select ${options.bulk}, ${kind}, ${options.salt}, min(row),
      string_agg(
        sha256(substring(sha256(${options.salt}::bytea || int8send(row)) for 16) || convert_to(fact, 'UTF8')), ''::bytea
        order by row
      )
    from ${rows} as series
    group by row / ${options.groupRows}::int order by 4`);
}

export type SeriesOptions = { bulk: boolean; salt: Buffer; groupRows: number };

// Appends facts to the public log. Callers pass their transaction: an act and its entry stand or fall together.
import type { SQL } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import { commitmentOf, type Json } from "./log/index.ts";
import { insertFacts, insertSeries, type RowRange } from "./outbox-queries.ts";
import { newSalt } from "./salt.ts";

/** Rows of a series that share one group: what the sequencer takes in half a transaction. */
const SERIES_ROWS = 4_096;

/** `subject` is the public id of what the fact is about; the fact itself holds no personal data. */
export type Fact = { subject: string; fact: Json };

export async function appendFacts(tx: Transaction, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const salted = facts.map((fact) => ({ ...fact, salt: newSalt() }));
  const commitments = Buffer.concat(salted.map(({ salt, fact }) => commitmentOf(salt, fact)));
  await insertFacts(tx, salted, commitments);
}

/**
 * Appends what the rows of a range say, however many: `rows` is a relation with `row`, `salt` and `fact` in canonical JSON.
 * Those of a load are `bulk` and wait for everything else.
 */
export async function appendSeries(tx: Transaction, rows: SQL, range: RowRange, bulk: boolean): Promise<void> {
  await insertSeries(tx, "listing", rows, { ...range, bulk, groupRows: SERIES_ROWS });
}

// Appends facts to the public log. Callers pass their transaction: an act and its entry stand or fall together.
import type { SQL } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import { commitmentOf, type Hash, type Json, sha256 } from "./log/index.ts";
import { insertFacts, insertSeries } from "./outbox-queries.ts";
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

/** Appends what rows of a table say, however many; those of a load are `bulk` and wait for everything else. */
export async function appendSeries(tx: Transaction, kind: "listing", rows: SQL, bulk: boolean): Promise<void> {
  await insertSeries(tx, kind, rows, { bulk, salt: newSalt(), groupRows: SERIES_ROWS });
}

/** The salt of one row of a series. */
export function saltOfRow(groupSalt: Buffer, row: number): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigInt64BE(BigInt(row));
  return sha256(Buffer.concat([groupSalt, number])).subarray(0, groupSalt.length);
}

/** The entry of one row of a series, as PostgreSQL made it. */
export function seriesEntry(groupSalt: Buffer, row: number, fact: Json): Hash {
  return commitmentOf(saltOfRow(groupSalt, row), fact);
}

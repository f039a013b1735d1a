// Makes the months of the record ahead of time, and readies those that are over for the question who asked about a party.
import type { Database, Reader, Transaction } from "../../platform/database.ts";
import { instantOf, uuidAt } from "../../platform/id.ts";
import { type Month, monthAfter, monthOf, monthsBetween } from "./month.ts";
import { createMonth, indexMonth, listPartitions, listUnindexed, lockMonths } from "./month-queries.ts";

/** Beyond the present month: whoever is told on the first day that none was made has two months for it. */
export const MONTHS_AHEAD = 3;
/** An id is made before its check is written, and clocks of processes differ; a check lives three seconds. */
const SETTLED_MS = 3_600_000;

/** Makes every month up to `MONTHS_AHEAD` beyond the present one, without a gap after the last that is there. */
export async function makeMonths(tx: Transaction, now: Date): Promise<Month[]> {
  await lockMonths(tx);
  const needed = monthAfter(monthOf(now), MONTHS_AHEAD);
  const made: Month[] = [];
  for (let month = monthOf(await readEnd(tx)); month.from <= needed.from; month = monthAfter(month)) {
    await createMonth(tx, month);
    made.push(month);
  }
  return made;
}

/** Gives each month that is over its index, the oldest first, each in a transaction of its own; their partitions. */
export async function indexMonthsOver(db: Database, now: Date): Promise<string[]> {
  const before = uuidAt(new Date(now.getTime() - SETTLED_MS));
  const unindexed = await listUnindexed(db, before);
  for (const partition of unindexed)
    await db.transaction(async (tx) => {
      await lockMonths(tx);
      await indexMonth(tx, partition);
    });
  return unindexed;
}

/** Whole months after the present one that are made; below nought, checks go to the rest. */
export async function countMonthsAhead(reader: Reader, now: Date): Promise<number> {
  return monthsBetween(monthOf(now).name, monthOf(await readEnd(reader)).name) - 1;
}

/** When the last month ends: the months follow one another without a gap. */
async function readEnd(reader: Reader): Promise<Date> {
  const last = (await listPartitions(reader)).findLast(({ to }) => to !== null);
  if (!last?.to) throw new Error("the record of checks has no month");
  return instantOf(last.to);
}

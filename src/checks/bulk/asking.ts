// Asks a file's questions, a thousand at a time. A thousand is one statement and then one stretch of results, so whatever
// ends in between, the next attempt finds on record what was asked and asks nothing twice.
import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Caller } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { AnswerSource } from "../answer.ts";
import { batchView } from "../batch.ts";
import type { Checker } from "../check.ts";
import { BATCH_SUBJECTS_MAX, type Party, purposeOf } from "../request.ts";
import { advance, type Advance, type BulkRow, listUntold } from "./queries.ts";
import { readRow } from "./row.ts";
import { resultLines } from "./results.ts";
import { type FileRow, readRows, refuse, ROWS_MAX } from "./rows.ts";

/** A stretch takes a tenth of a second; whoever is silent for so long has ended. */
export const LEASE_SECONDS = 30;
/** The statement that was under way when its answer got lost has ended by then (`connection.ts`). */
const SETTLED_MS = 3_500;
const ATTEMPTS_MAX = 20;

export class LeaseLost extends Error {}

export type Asker = {
  db: Database;
  checker: Checker;
  /** Of the key that sent the file. */
  caller: Caller;
  questions: string;
  results: string;
  /** Ends the work between two stretches. */
  signal: AbortSignal;
};

/** Prolongs the lease while the register cannot answer. */
type Holder = Asker & { hold: () => Promise<void> };

/** Asks what is left of `row`; its last state. The row says `cancelRequested` where that ended it early. */
export async function askFile(asker: Asker, row: BulkRow): Promise<BulkRow> {
  let current = row;
  // What the attempt before this one asked last may be on record without its results.
  let isUnsure = row.startedAt !== null;
  const save = async (values: Advance): Promise<void> => {
    const moved = await asker.db.transaction((tx) => advance(tx, current, values, LEASE_SECONDS));
    if (!moved) throw new LeaseLost("another process asks this file");
    current = moved;
  };
  if (current.total === null) {
    const total = await countRows(asker.questions, current);
    // All of it or nothing, as far as one can know beforehand.
    await asker.checker.requireRoom(asker.caller, total);
    await save({ total });
  }
  for await (const rows of stretchesOf(asker.questions, current)) {
    asker.signal.throwIfAborted();
    if (current.cancelRequested) break;
    const told = await tell({ ...asker, hold: () => save({}) }, current, rows, isUnsure);
    isUnsure = false;
    await save(told);
  }
  return current;
}

async function countRows(path: string, row: BulkRow): Promise<number> {
  let count = 0;
  for await (const _ of readRows(path, row)) if (++count > ROWS_MAX) refuse(`the file has more than ${ROWS_MAX} rows`);
  if (count === 0) refuse("the file has no rows");
  return count;
}

/** The rows that are left, a thousand at a time. */
async function* stretchesOf(path: string, row: BulkRow): AsyncGenerator<FileRow[]> {
  let place = 0;
  let rows: FileRow[] = [];
  for await (const one of readRows(path, row)) {
    if (place++ < row.done) continue;
    rows.push(one);
    if (rows.length < BATCH_SUBJECTS_MAX) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** Asks one stretch and puts its results behind the others; what the row says afterwards. */
async function tell(asker: Holder, row: BulkRow, rows: FileRow[], isUnsure: boolean): Promise<Advance> {
  const purpose = purposeOf(row.purpose);
  const read = rows.map((one) => readRow(one, purpose));
  const parties = read.filter((party): party is Party => !("problem" in party));
  const answers = parties.length === 0 ? [] : await answersTo(asker, row, parties, isUnsure);
  const { results } = batchView(row.id, read, answers, "zh");
  const text = Buffer.from(resultLines(rows, results));
  await writeAt(asker.results, text, row.resultBytes);
  const count = (outcome: AnswerSource["outcome"]) => answers.filter((answer) => answer.outcome === outcome).length;
  return {
    done: row.done + rows.length,
    listed: row.listed + count("listed"),
    review: row.review + count("review"),
    clear: row.clear + count("clear"),
    invalid: row.invalid + rows.length - parties.length,
    resultBytes: row.resultBytes + text.length,
    lastCheckId: answers.at(-1)?.id ?? row.lastCheckId,
  };
}

/** Answers in the order of `parties`, each asked once: where the outcome of an attempt is unknown, the record says it. */
async function answersTo(asker: Holder, row: BulkRow, parties: Party[], isUnsure: boolean): Promise<AnswerSource[]> {
  const { db, checker, caller, signal, hold } = asker;
  const { caseReference, operator, id: batchId } = row;
  const question = { purpose: purposeOf(row.purpose), caseReference, operator, parties, batchId };
  let unsure = isUnsure;
  for (let attempt = 1; ; attempt++) {
    try {
      const recorded = unsure ? await listUntold(db, row) : [];
      if (recorded.length === parties.length) return recorded;
      if (recorded.length > 0) throw new Error("a stretch of a file is on record in part");
      return await checker.check(caller, question);
    } catch (error) {
      if (!isPassing(error) || attempt === ATTEMPTS_MAX) throw error;
      unsure = true;
      await pause(SETTLED_MS, null, { signal });
      await hold();
    }
  }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof AppError && (error.code === "register-unavailable" || error.code === "temporary-reduced-capacity")
  );
}

async function writeAt(path: string, bytes: Buffer, position: number): Promise<void> {
  const file = await open(path, position === 0 ? "w" : "r+", 0o600);
  try {
    await file.truncate(position);
    await file.write(bytes, 0, bytes.length, position);
    await file.datasync();
  } finally {
    await file.close();
  }
}

// Erasing personal data from the record of checks, past its retention or on order. Every proof still holds, and the log
// itself says how many entries lost their meaning, so that nothing is hidden as erased.
import { appendAudit, appendFacts } from "../audit/index.ts";
import { eraseKeptAnswers } from "../courts/repeats/index.ts";
import type { Database, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { eraseRows, findAgenciesOf, listAskingAgencies, listErasable } from "./erasure-queries.ts";

/** Rows of one transaction. */
const ROWS_MAX = 5_000;

export type Erasure = { actor: string; reason: string };

/** Erases every check that was made before `before`; returns how many. What is erased already is left out. */
export async function eraseChecksBefore(
  db: Database,
  erasure: Erasure,
  before: Date,
  progress?: (rows: number) => void,
): Promise<number> {
  let rows = 0;
  for (const agencyId of await listAskingAgencies(db)) {
    const stretch = { agencyId, before, limit: ROWS_MAX };
    let ids = await listErasable(db, { ...stretch, after: null });
    while (ids.length > 0) {
      const found = ids;
      rows += await db.transaction((tx) => eraseChecks(tx, erasure, agencyId, found));
      progress?.(rows);
      ids = await listErasable(db, { ...stretch, after: ids.at(-1) ?? null });
    }
  }
  return rows;
}

/** Erases these checks on order; `not-found` where one does not exist, and nothing is erased. */
export async function eraseChecksById(tx: Transaction, erasure: Erasure, ids: readonly string[]): Promise<number> {
  const agencies = await findAgenciesOf(tx, ids);
  if (agencies.size < new Set(ids).size) throw new AppError("not-found");
  let rows = 0;
  for (const [agencyId, own] of Map.groupBy(agencies.keys(), (id) => agencies.get(id) ?? ""))
    rows += await eraseChecks(tx, erasure, agencyId, own);
  return rows;
}

async function eraseChecks(
  tx: Transaction,
  { actor, reason }: Erasure,
  agencyId: string,
  ids: readonly string[],
): Promise<number> {
  const erased = await eraseRows(tx, agencyId, ids);
  if (erased.rows === 0) return 0;
  // What was answered to other writes of the agency may name the party; which ones do cannot be told from outside.
  await eraseKeptAnswers(tx, agencyId);
  const subject = publicId("agy", agencyId);
  await appendAudit(tx, { actor, action: "check.erase", subject, reason, detail: erased });
  const fact = { kind: "erasure", agency: subject, at: new Date().toISOString(), ...erased, v: 1 };
  await appendFacts(tx, [{ subject, fact }]);
  return erased.rows;
}

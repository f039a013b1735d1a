// Rolling back the last activated load of a source: what it did is undone, what a court did since stands and is named.
import { appendAudit, appendFacts } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import {
  compareUndo,
  type Positions,
  advanceSourceState,
  recordStagedChanges,
  stateHashOf,
  type Undo,
  type UndoneLoad,
  undoLoad,
} from "../registry/index.ts";
import { requireMoved } from "./activate.ts";
import { rollbackOf } from "./load-fact.ts";
import { findLastActivated, findLoad, findRolledBackAfter, keepLeft, type LoadRow, moveLoad } from "./queries.ts";
import type { Decision } from "./release.ts";
import { type FeedSession, takeSource, withFeedSession } from "./session.ts";
import { type Load, viewLoad } from "./view.ts";

export type Rollback = { load: Load; undone: Undo };

/** Loads are rolled back from the last one on, as each stands on the one before it. */
export async function rollbackLoad({
  url,
  id,
  actor,
  reason,
  signal,
}: Decision & { reason: string }): Promise<Rollback> {
  const work = async (session: FeedSession): Promise<Rollback> => {
    const known = await findLoad(session.db, id);
    if (!known) throw new AppError("not-found");
    await takeSource(session, known.source);
    return session.db.transaction(async (tx) => {
      const row = await requireLast(tx, known);
      const undone = await undoneLoadOf(tx, row);
      const undo = await compareUndo(tx, undone);
      requireSecondPerson(row, undo, actor);
      return { load: viewLoad(await undoAndRecord(tx, undone, { actor, reason, undo })), undone: undo };
    });
  };
  return withFeedSession(url, work, signal);
}

async function requireLast(tx: Transaction, { id, source }: LoadRow): Promise<LoadRow> {
  const last = await findLastActivated(tx, source);
  if (last?.id === id) return last;
  const which = last ? `the last one active is ${publicId("lod", last.id)}` : "none is active";
  throw new AppError("conflict", { note: `only the last active load of ${source} is rolled back: ${which}` });
}

async function undoneLoadOf(tx: Transaction, row: LoadRow): Promise<UndoneLoad> {
  const { id, source, positionBefore, positionAfter } = row;
  if (positionBefore === null || positionAfter === null) {
    throw new AppError("conflict", { note: "the load is older than roll-backs: what it did was not kept" });
  }
  const later = await findRolledBackAfter(tx, row);
  const cancelled = later.flatMap((load) => [
    ...rangeOf(load.positionBefore, load.positionAfter),
    ...rangeOf(load.rollbackBefore, load.rollbackAfter),
  ]);
  return { loadId: id, source, positions: { before: positionBefore, after: positionAfter }, cancelled };
}

function rangeOf(before: number | null, after: number | null): Positions[] {
  return before === null || after === null ? [] : [{ before, after }];
}

/** Burden takes two people: a roll-back that lists somebody again is no exception. */
function requireSecondPerson({ actor: importer, decidedBy }: LoadRow, { relists }: Undo, actor: string): void {
  if (relists > 0 && (actor === importer || actor === decidedBy)) {
    const note = `the roll-back lists ${relists} again: another person than who imported or released the load decides`;
    throw new AppError("same-person", { note });
  }
}

async function undoAndRecord(
  tx: Transaction,
  undone: UndoneLoad,
  { actor, reason, undo }: { actor: string; reason: string; undo: Undo },
): Promise<LoadRow> {
  const { loadId, source } = undone;
  const changes = await undoLoad(tx, undone);
  await keepLeft(tx, loadId);
  const { before, after } = await recordStagedChanges(tx, changes);
  const state = await advanceSourceState(tx, source, false);
  const stateHash = stateHashOf(state);
  const detail = { source, ...undo, stateHash };
  await appendAudit(tx, { actor, action: "feed.rollback", subject: publicId("lod", loadId), reason, detail });
  const rolledBack = requireMoved(
    await moveLoad(tx, loadId, "rolled_back", {
      rolledBackBy: actor,
      rollbackBefore: before,
      rollbackAfter: after,
      stateHash,
      liveRows: state.rows,
    }),
  );
  await appendFacts(tx, [rollbackOf(rolledBack)]);
  return rolledBack;
}

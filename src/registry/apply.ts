// Applying a load: the stage is compared with the live rows of its source, and only what differs is written.
import type { Transaction } from "../platform/database.ts";
import {
  compareWithLive,
  countLive,
  countOutcomes,
  countStaged,
  endDropped,
  insertNew,
  insertParties,
  type Outcome,
  updateChanged,
} from "./apply-queries.ts";
import { recordStagedChanges } from "./change-queries.ts";
import type { Stage } from "./stage.ts";

export type StagedLoad = { stage: Stage; source: string; loadId: string; mode: "snapshot" | "delta"; asOf: Date };

/** What applying the stage would do: `staged` rows of the file against `live` rows of the source (counted for snapshots). */
export type Difference = Record<Outcome, number> & { staged: number; live: number };

export type Applied = { new: number; changed: number; ended: number; superseded: number; unchanged: number };

/** The first half, before the gates: nothing is written. `applyStage` follows in the same transaction. */
export async function compareStage(tx: Transaction, { stage, source, mode, asOf }: StagedLoad): Promise<Difference> {
  await compareWithLive(tx, stage, { source, endsMissing: mode === "snapshot", asOf });
  const outcomes = await countOutcomes(tx);
  const live = mode === "snapshot" ? await countLive(tx, source) : 0;
  return { ...outcomes, staged: await countStaged(tx, stage), live };
}

/** Writes what `compareStage` found. Rows that a court ended meanwhile stay ended and are not counted. */
export async function applyStage(tx: Transaction, load: StagedLoad, difference: Difference): Promise<Applied> {
  const { stage, source, loadId } = load;
  if (difference.new + difference.changed > 0) await insertParties(tx, stage, source);
  const inserted = difference.new > 0 ? await insertNew(tx, stage, source, loadId) : 0;
  const changed = difference.changed > 0 ? await updateChanged(tx, stage, loadId) : 0;
  const removed =
    difference.removed > 0 ? await endDropped(tx, "removed", { source, loadId, reason: "removed by the file" }) : 0;
  const missing =
    difference.missing > 0 ? await endDropped(tx, "missing", { source, loadId, reason: "missing from snapshot" }) : 0;
  await recordStagedChanges(tx, inserted + changed + removed + missing);
  const { staged, superseded } = difference;
  const unchanged = staged - inserted - changed - removed - superseded;
  return { new: inserted, changed, ended: removed + missing, superseded, unchanged };
}

// Applying a load: the stage is compared with the live rows of its source, and only what differs is written.
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { endDropped, insertNew, insertParties, keepVersions, updateChanged, updateSources } from "./apply-queries.ts";
import { createChangeTable } from "./change-queries.ts";
import {
  compareWithLive,
  countMissingInTerm,
  countMoved,
  countNewOfUnknownCourts,
  countOutcomes,
  countStaged,
  lockApplying,
  markConflicts,
  nameKnownCourts,
} from "./compare-queries.ts";
import type { Stage } from "./stage.ts";

export { analyzeRegister } from "./apply-queries.ts";

export type StagedLoad = {
  stage: Stage;
  source: string;
  loadId: string;
  mode: "snapshot" | "delta";
  asOf: Date;
  /** The sources whose listings become this one's where both name them. */
  outranked: string[];
};

/** What a load does, or would do, to the register; `unchanged` counts rows of the file that ask for nothing. */
export type Effects = {
  new: number;
  changed: number;
  ended: number;
  unchanged: number;
  superseded: number;
  disputed: number;
  joined: number;
  adopted: number;
  parted: number;
  conflicts: number;
};

export type Difference = {
  effects: Effects;
  /** Rows in the stage, and those of them with a masked number. */
  staged: number;
  masked: number;
  /** Live rows that the snapshot lacks, and those of them whose term still runs. */
  missing: number;
  missingInTerm: number;
  newOfUnknownCourts: number;
  /** Whether it changes what a second source names. */
  touchesSources: boolean;
};

/** The first half, before the gates: nothing is written. `applyStage` follows in the same transaction. */
export async function compareStage(tx: Transaction, load: StagedLoad): Promise<Difference> {
  const { stage, source, outranked, mode, asOf } = load;
  await lockApplying(tx);
  await compareWithLive(tx, stage, { source, outranked, endsMissing: mode === "snapshot", asOf });
  const { rows: staged, masked } = await countStaged(tx, stage);
  const found = await countOutcomes(tx);
  const missing = found.missing.rows;
  if (found.new.rows + found.changed.rows + found.adopted.rows > 0 && (await countMoved(tx, stage)) > 0) {
    throw new AppError("conflict", { note: "the register has moved since the file was read: import the file again" });
  }
  await nameKnownCourts(tx);
  const restated = found.joined.rows + found.restated.rows;
  const asked = ["new", "changed", "removed", "superseded", "disputed", "joined", "adopted", "parted"] as const;
  const effects = {
    new: found.new.rows,
    changed: found.changed.rows,
    ended: found.removed.rows + missing,
    unchanged: staged - asked.reduce((sum, outcome) => sum + found[outcome].staged, 0),
    superseded: found.superseded.rows,
    disputed: found.disputed.rows,
    joined: found.joined.rows,
    adopted: found.adopted.rows,
    parted: found.parted.rows,
    conflicts: restated + found.named.rows > 0 ? await markConflicts(tx, stage) : 0,
  };
  return {
    effects,
    staged,
    masked,
    missing,
    missingInTerm: missing > 0 ? await countMissingInTerm(tx) : 0,
    newOfUnknownCourts: effects.new > 0 ? await countNewOfUnknownCourts(tx) : 0,
    touchesSources: restated + effects.parted + effects.adopted > 0,
  };
}

/**
 * Writes what `compareStage` found, and returns what was really written: a row that a court ended, or a period that it
 * opened, in between stands as the court left it, and counts as unchanged. `recordStagedChanges` is the caller's last step.
 */
export async function applyStage(
  tx: Transaction,
  load: StagedLoad,
  { effects, touchesSources }: Difference,
): Promise<{ effects: Effects; changes: number }> {
  const { stage } = load;
  await createChangeTable(tx);
  const rewritten = effects.changed + effects.adopted > 0;
  if (effects.new > 0 || rewritten) await insertParties(tx, stage, load.source);
  if (rewritten) await keepVersions(tx, load);
  const written = {
    new: effects.new > 0 ? await insertNew(tx, stage, load) : 0,
    changed: effects.changed > 0 ? await updateChanged(tx, stage, "changed", load) : 0,
    adopted: effects.adopted > 0 ? await updateChanged(tx, stage, "adopted", load) : 0,
    ended: effects.ended > 0 ? await endDropped(tx, load) : 0,
  };
  if (touchesSources) await updateSources(tx, stage, load);
  const lost = effects.new + effects.changed + effects.adopted - written.new - written.changed - written.adopted;
  const changes = written.new + written.changed + written.adopted + written.ended;
  return { effects: { ...effects, ...written, unchanged: effects.unchanged + lost }, changes };
}

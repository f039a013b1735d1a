// The one transaction in which a load becomes part of the register, or is laid aside for a person to look at.
import { appendAudit, appendFacts } from "../audit/index.ts";
import type { Database, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import {
  analyzeRegister,
  applyStage,
  type Difference,
  dropStage,
  keepStage,
  advanceSourceState,
  recordStagedChanges,
  type StagedLoad,
  stateHashOf,
} from "../registry/index.ts";
import { activationOf } from "./load-fact.ts";
import { keepDifference, type LoadRow, moveLoad } from "./queries.ts";
import type { GateFinding, LoadCounts, LoadTimings } from "./schema.ts";

/** From so many changes, and this share of the live rows, on the planner needs new statistics before autovacuum's turn. */
const ANALYZE_CHANGES_MIN = 10_000;
const ANALYZE_SHARE_MIN = 0.1;

export type Act = { actor: string; action: "feed.activate" | "feed.release"; decidedBy?: string };

export type Compared = {
  staged: StagedLoad;
  difference: Difference;
  /** What receiving the file counted. */
  counts: LoadCounts;
  timings: LoadTimings;
};

export async function activateLoad(tx: Transaction, compared: Compared, act: Act): Promise<LoadRow> {
  const { staged, difference, counts, timings } = compared;
  const { loadId, source, stage, mode } = staged;
  const startedAt = performance.now();
  const { effects, changes } = await applyStage(tx, staged, difference);
  await keepDifference(tx, loadId);
  await dropStage(tx, stage);
  const positions = await recordStagedChanges(tx, changes);
  const state = await advanceSourceState(tx, source, mode === "snapshot");
  const stateHash = stateHashOf(state);
  const detail = { source, mode, new: effects.new, changed: effects.changed, ended: effects.ended, stateHash };
  await appendAudit(tx, { actor: act.actor, action: act.action, subject: publicId("lod", loadId), detail });
  const activated = requireMoved(
    await moveLoad(tx, loadId, "activated", {
      counts: { ...counts, ...effects },
      stateHash,
      liveRows: state.rows,
      positionBefore: positions.before,
      positionAfter: positions.after,
      timings: { ...timings, appliedMs: Math.round(performance.now() - startedAt) },
      ...(act.decidedBy === undefined ? {} : { decidedBy: act.decidedBy }),
    }),
  );
  await appendFacts(tx, [activationOf(activated)]);
  return activated;
}

/** Nothing is applied: the counts say what a release would do. */
export async function holdLoad(
  tx: Transaction,
  { staged, difference, counts, timings }: Compared,
  gates: GateFinding[],
  actor: string,
): Promise<LoadRow> {
  const { loadId, source, stage, mode } = staged;
  const state = gates.length > 0 ? "held" : "ready";
  await keepDifference(tx, loadId);
  await keepStage(tx, stage);
  const detail = { source, mode, state, gates };
  await appendAudit(tx, { actor, action: "feed.hold", subject: publicId("lod", loadId), detail });
  return requireMoved(
    await moveLoad(tx, loadId, state, { counts: { ...counts, ...difference.effects }, gates, timings }),
  );
}

export async function refreshStatistics(db: Database, { state, counts, liveRows }: LoadRow): Promise<void> {
  if (state !== "activated" || !counts) return;
  const changes = counts.new + counts.changed + counts.adopted + counts.ended;
  if (changes >= Math.max(ANALYZE_CHANGES_MIN, ANALYZE_SHARE_MIN * (liveRows ?? 0))) await analyzeRegister(db);
}

export function requireMoved(moved: LoadRow | null): LoadRow {
  if (!moved) throw new AppError("conflict", { note: "the load has come into another state meanwhile" });
  return moved;
}

// Reconsideration at the next higher court (art. 12 para. 2): within ten days of service, decided in fifteen, no suspension.
import { auditNameOf, type CourtActor, staffOf, startClock, stopClocks } from "../courts/index.ts";
import { redactNumbers } from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { flagObjection } from "../registry/index.ts";
import { isRunning, type OrderedCorrection } from "./lifecycle.ts";
import { endReview } from "./objection.ts";
import { insertReconsideration, updateReconsideration } from "./queries.ts";
import { type DecisionPaper, orderCorrection, requireFittingCorrection } from "./review.ts";
import { type Step, takeStep, type Target } from "./step.ts";

/** Taken in at the higher court. By post the day of posting decides whether it is in time; its own time runs from receipt. */
export async function applyForReconsideration(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { filedOn, receivedOn }: { filedOn: string; receivedOn: string },
): Promise<Step> {
  if (receivedOn > shanghaiDate(target.now) || filedOn > receivedOn)
    throw new AppError("validation", { faults: [{ pointer: "#/receivedOn", code: "out_of_range" }] });
  const step = await takeStep(tx, actor, target, () => ({
    act: "apply_for_reconsideration",
    filedOn,
    detail: { filedOn, receivedOn },
  }));
  const { objection, court } = step;
  const subject = publicId("obj", objection.id);
  const takenInBy = auditNameOf(actor);
  await insertReconsideration(tx, { objectionId: objection.id, courtCode: court, filedOn, receivedOn, takenInBy });
  // What was posted in time is in time, whenever it arrives.
  await stopClocks(tx, subject, ["reconsideration_filing"], new Date(`${filedOn}T00:00:00+08:00`));
  await startClock(tx, { kind: "reconsideration_decision", subject, court, startedOn: receivedOn });
  if (isRunning(objection) && objection.listingId) await flagObjection(tx, takenInBy, objection.listingId, true);
  return step;
}

export type ReconsiderationDecision = { reasons: string; paper: DecisionPaper } & (
  { outcome: "upheld"; correction: OrderedCorrection } | { outcome: "rejected" }
);

/** The higher court decides; what it upholds is carried out by the court that enforces. */
export async function decideReconsideration(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  decision: ReconsiderationDecision,
): Promise<Step> {
  const { reasons, paper } = decision;
  const step = await takeStep(tx, actor, target, ({ objection }) => {
    const detail = { paper: paper.number };
    if (decision.outcome === "rejected") return { act: "reject_reconsideration", reason: reasons, detail };
    requireFittingCorrection(objection, decision.correction);
    const { correction } = decision;
    const ordered = { ...detail, operation: correction.operation };
    return { act: "uphold_reconsideration", change: { correction }, reason: reasons, detail: ordered };
  });
  await updateReconsideration(tx, step.objection.id, {
    outcome: decision.outcome,
    decidedBy: staffOf(actor).id,
    decidedAt: target.now,
    reasons: redactNumbers(reasons),
    paperNumber: paper.number,
    paperDatedOn: paper.datedOn,
    paperSha256: paper.sha256,
  });
  if (decision.outcome === "upheld") await orderCorrection(tx, actor, step, target.now);
  else await endReview(tx, auditNameOf(actor), step, target.now);
  return step;
}

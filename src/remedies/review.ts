// The review of an objection at the court that enforces (art. 12 para. 1): upheld, or rejected with reasons and served.
import { auditNameOf, type CourtActor, staffOf, startClock } from "../courts/index.ts";
import { redactNumbers } from "../identity/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { findCorrectionFault, type OrderedCorrection } from "./lifecycle.ts";
import { endReview } from "./objection.ts";
import type { ObjectionRow } from "./queries.ts";
import { refusalError } from "./refusal.ts";
import { type Step, takeStep, type Target } from "./step.ts";

/** The paper of a decision: its number, its day and its SHA-256. */
export type DecisionPaper = { number: string; datedOn: string; sha256: Buffer };
export type Upholding = { reasons: string; correction: OrderedCorrection };
export type Rejection = { reasons: string; paper: DecisionPaper };

/** The reasons hold: what `correction` orders is carried out within three working days. */
export async function upholdObjection(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { reasons, correction }: Upholding,
): Promise<Step> {
  const step = await takeStep(tx, actor, target, ({ objection }) => {
    requireFittingCorrection(objection, correction);
    return {
      act: "uphold",
      change: { ...reviewOf(actor, target.now, reasons), correction },
      reason: reasons,
      detail: { operation: correction.operation },
    };
  });
  await orderCorrection(tx, actor, step, target.now);
  return step;
}

export async function rejectObjection(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { reasons, paper }: Rejection,
): Promise<Step> {
  const step = await takeStep(tx, actor, target, () => ({
    act: "reject",
    change: {
      ...reviewOf(actor, target.now, reasons),
      paperNumber: paper.number,
      paperDatedOn: paper.datedOn,
      paperSha256: paper.sha256,
    },
    reason: reasons,
    detail: { paper: paper.number },
  }));
  await endReview(tx, auditNameOf(actor), step, target.now);
  return step;
}

/** From service on the party has ten days to turn to the next higher court. */
export async function recordRejectionService(
  tx: Transaction,
  actor: CourtActor,
  target: Target,
  { servedOn, servedHow }: { servedOn: string; servedHow: NonNullable<ObjectionRow["servedHow"]> },
): Promise<Step> {
  const step = await takeStep(tx, actor, target, ({ objection }) => {
    const isOut = servedOn > shanghaiDate(target.now) || servedOn < (objection.paperDatedOn ?? servedOn);
    if (isOut) throw new AppError("validation", { faults: [{ pointer: "#/servedOn", code: "out_of_range" }] });
    if (objection.servedOn !== null) throw new AppError("conflict", { note: "the service is on record" });
    return { act: "record_service", change: { servedOn, servedHow }, detail: { servedOn, servedHow } };
  });
  if (step.objection.kind === "correction")
    await startClock(tx, {
      kind: "reconsideration_filing",
      ...namesOf(step.objection),
      court: step.court,
      startedOn: servedOn,
    });
  return step;
}

/** Ends the review and starts the three working days, whichever court has upheld. */
export async function orderCorrection(tx: Transaction, actor: CourtActor, step: Step, now: Date): Promise<void> {
  await endReview(tx, auditNameOf(actor), step, now);
  if (step.objection.kind === "performance_notice") return;
  await startClock(tx, {
    kind: "correction_execution",
    ...namesOf(step.objection),
    court: step.enforcing,
    startedOn: step.today,
  });
}

/** What a clock runs on, and the listing with which it changes the court. */
function namesOf({ id, listingId }: ObjectionRow): { subject: string; matter?: string } {
  return { subject: publicId("obj", id), ...(listingId && { matter: publicId("lst", listingId) }) };
}

export function requireFittingCorrection({ ground, list }: ObjectionRow, { operation }: OrderedCorrection): void {
  const fault = findCorrectionFault(ground, list, operation);
  if (fault) throw refusalError(fault);
}

function reviewOf(actor: CourtActor, now: Date, reasons: string): Partial<ObjectionRow> {
  return { reviewedBy: staffOf(actor).id, reviewedAt: now, reasons: redactNumbers(reasons) };
}

// Sanctions: imposed with a report, ended by being lifted, or set right where one was recorded in error.
import { appendAudit, appendFacts } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { partyKindOf } from "../registry/index.ts";
import type { DocumentKind } from "../identity/index.ts";
import { cancellationOf, impositionOf, liftOf } from "./fact.ts";
import type { Ground } from "./ground.ts";
import { firstStateOf, isRefusal } from "./lifecycle.ts";
import { invalid, noticeRequired, sanctionInForce } from "./refusal.ts";
import type { Imposed, Lift, Reporter } from "./report.ts";
import { insertSanction, type SanctionRow, updateSanction } from "./sanction-queries.ts";
import type { CheckRow, FeedbackRow, TaskRow } from "./task-queries.ts";

export type Imposition = Imposed & { task: TaskRow; feedback: FeedbackRow; ground: Ground };

/** Records the measure with everything that it rests on. What happens once is over with that. */
export async function imposeSanction(
  tx: Transaction,
  actor: string,
  { task, feedback, ground, ...given }: Imposition,
  now: Date,
): Promise<SanctionRow> {
  const { check, measure, lists } = ground;
  requireDates(check, given, now);
  requireTold(ground, given, now);
  const { decision, duration, notice, noticeException: exception } = given;
  const listings = ground.listings.map((listing) => ({ ...listing, since: now }));
  const row = await insertSanction(
    tx,
    {
      id: newUuid(),
      agencyId: task.agencyId,
      taskId: task.id,
      feedbackId: feedback.id,
      checkId: check.id,
      subjectIndex: task.subjectIndex,
      purpose: task.purpose,
      lists,
      measure: measure.code,
      title: measure.title,
      effect: measure.effect,
      legalBasis: measure.legalBasis,
      conditions: measure.conditions,
      identityProof: given.identityProof ?? null,
      decisionNumber: decision.number,
      decisionDatedOn: decision.datedOn,
      officer: given.officer ?? feedback.operator,
      noticeNumber: notice?.number ?? null,
      noticeServedOn: notice?.servedOn ?? null,
      noticeServedHow: notice?.servedHow ?? null,
      noticeHearing: notice?.hearing ?? null,
      noticeException: exception?.code ?? null,
      noticeExceptionArticle: exception?.article ?? null,
      duration,
      imposedOn: decision.datedOn,
      endsOn: given.endsOn ?? null,
      state: firstStateOf(duration),
      recordedAt: now,
    },
    listings,
  );
  if (!row) throw sanctionInForce();
  const subject = publicId("san", row.id);
  const detail = { feedback: publicId("fbk", feedback.id), check: publicId("chk", check.id), measure: row.measure };
  await appendAudit(tx, { actor, action: "sanction.impose", subject, detail: { ...detail, duration } });
  await appendFacts(tx, [impositionOf(row, listings)]);
  return row;
}

/** The agency as the audit trail names it. */
export function actorOf({ agencyId, keyId }: Reporter): string {
  return `agency:${publicId("agy", agencyId)}/${keyId}`;
}

/** What is decided rests on the check, so it is not older; what is limited in time has an end to come. */
export function requireDates(
  check: CheckRow,
  { decision, duration, endsOn }: Pick<Imposed, "decision" | "duration" | "endsOn">,
  now: Date,
): void {
  const today = shanghaiDate(now);
  if (decision.datedOn > today || decision.datedOn < shanghaiDate(check.checkedAt))
    throw invalid("decision/datedOn", "out_of_range");
  if ((duration === "until") !== (endsOn !== undefined))
    throw invalid("endsOn", endsOn === undefined ? "required" : "not_allowed");
  if (endsOn !== undefined && endsOn < today) throw invalid("endsOn", "out_of_range");
}

/** Whoever is refused anything was told of it. */
function requireTold({ check, measure }: Ground, { notice, noticeException }: Imposed, now: Date): void {
  if (notice && notice.servedOn > shanghaiDate(now)) throw invalid("notice/servedOn", "out_of_range");
  if (notice && noticeException) throw invalid("noticeException", "not_allowed");
  if (isRefusal(measure.effect) && !notice && !noticeException)
    throw noticeRequired(partyKindOf(check.documentKind as DocumentKind) === "person");
}

/** Ends a sanction that is in force; `conflict` where it is not, or somebody else was quicker. */
export async function liftSanction(
  tx: Transaction,
  actor: string,
  current: SanctionRow,
  { liftedOn, document, reason, liftedBy }: Lift & { liftedBy: string },
  now: Date,
): Promise<SanctionRow> {
  if (current.state !== "active") throw new AppError("conflict", { note: "the sanction is not in force" });
  if (liftedOn < current.imposedOn || liftedOn > shanghaiDate(now)) throw invalid("liftedOn", "out_of_range");
  const lift = { liftedOn, liftedBy, liftedAt: now, liftDocument: document, liftReason: reason };
  const lifted = await updateSanction(tx, current, { ...lift, state: "lifted" });
  if (!lifted) throw new AppError("precondition-failed");
  const detail = { liftedOn, document, version: lifted.version };
  await appendAudit(tx, { actor, action: "sanction.lift", subject: publicId("san", lifted.id), reason, detail });
  await appendFacts(tx, [liftOf(lifted)]);
  return lifted;
}

/** What was recorded in error gives way to the record of `feedbackId`; it stays to be read. */
export async function cancelSanction(
  tx: Transaction,
  actor: string,
  current: SanctionRow,
  { feedbackId, reason }: { feedbackId: string; reason: string },
  now: Date,
): Promise<void> {
  const cancelled = await updateSanction(tx, current, { state: "cancelled" });
  if (!cancelled) throw new AppError("precondition-failed");
  const detail = { feedback: publicId("fbk", feedbackId), version: cancelled.version };
  await appendAudit(tx, { actor, action: "sanction.cancel", subject: publicId("san", cancelled.id), reason, detail });
  await appendFacts(tx, [cancellationOf(cancelled, feedbackId, now)]);
}

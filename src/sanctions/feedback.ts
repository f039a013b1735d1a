// Feedback: what an agency did about a hit. One report settles a task; another replaces it, and what the first one told
// of stays as it was until it is lifted.
import { createHash } from "node:crypto";
import { appendAudit, canonicalJson } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId, uuidOf } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { findCheck } from "../checks/index.ts";
import { findCurrentFeedback, insertFeedback, supersedeFeedback } from "./feedback-queries.ts";
import { type Ground, requireGround } from "./ground.ts";
import { mayFollow } from "./lifecycle.ts";
import { invalid, sanctionInForce } from "./refusal.ts";
import type { Report, Reporter } from "./report.ts";
import { actorOf, cancelSanction, imposeSanction, liftSanction } from "./sanction.ts";
import { listSanctionListings, lockStandingSanctions, type SanctionRow } from "./sanction-queries.ts";
import { type CheckRow, type FeedbackRow, findTask, type TaskRow } from "./task-queries.ts";

/** `isNew` is false where the same report stands already: a retry says nothing twice. */
export type Given = { feedback: FeedbackRow; isNew: boolean };

export async function giveFeedback(
  tx: Transaction,
  ring: KeyRing,
  reporter: Reporter,
  taskId: string,
  report: Report,
  now: Date,
): Promise<Given> {
  const task = await findTask(tx, reporter.agencyId, taskId);
  if (!task) throw new AppError("not-found");
  const contentHash = createHash("sha256")
    .update(canonicalJson(jsonOf(report)))
    .digest();
  const current = await findCurrentFeedback(tx, task.id);
  if (current?.contentHash.equals(contentHash)) return { feedback: current, isNew: false };
  requireReplaced(current, report.replaces);
  const check = await requireCheck(tx, task, report.check);
  const id = newUuid();
  if (current && !(await supersedeFeedback(tx, current.id, id))) return sameAsOther(tx, task.id, contentHash);
  const feedback = await insertFeedback(tx, {
    id,
    taskId: task.id,
    agencyId: task.agencyId,
    kind: report.kind,
    checkId: check.id,
    reason: report.kind === "not_sanctioned" ? report.reason : null,
    note: report.note ?? null,
    operator: report.operator,
    keyId: reporter.keyId,
    reportedAt: now,
    contentHash,
    formerSanctions: current ? (report.formerSanctions?.outcome ?? null) : null,
  });
  if (!feedback) return sameAsOther(tx, task.id, contentHash);
  const actor = actorOf(reporter);
  const ground = report.kind === "sanctioned" ? await requireGround(tx, ring, check, report, now) : null;
  if (current) await settleFormer(tx, actor, { feedback, report, ground }, now);
  else if (report.formerSanctions) throw invalid("formerSanctions", "not_allowed");
  if (report.kind === "sanctioned" && ground)
    await imposeSanction(tx, actor, { ...report, task, feedback, ground }, now);
  await appendAudit(tx, {
    actor,
    action: "feedback.give",
    subject: publicId("tsk", task.id),
    detail: { feedback: publicId("fbk", id), kind: report.kind, operator: report.operator },
  });
  return { feedback, isNew: true };
}

function jsonOf(report: Report) {
  return JSON.parse(JSON.stringify(report)) as Parameters<typeof canonicalJson>[0];
}

/** Whoever replaces a report has read it: nobody overwrites unseen what a colleague reported meanwhile. */
function requireReplaced(current: FeedbackRow | null, replaces: string | undefined): void {
  const given = replaces === undefined ? null : uuidOf("fbk", replaces);
  if (replaces !== undefined && given !== current?.id) throw new AppError("feedback-given");
  if (current && replaces === undefined) throw new AppError("feedback-given");
}

/** Somebody else was quicker: with the same report, or with another one. */
async function sameAsOther(tx: Transaction, taskId: string, contentHash: Buffer): Promise<Given> {
  const other = await findCurrentFeedback(tx, taskId);
  if (!other?.contentHash.equals(contentHash)) throw new AppError("feedback-given");
  return { feedback: other, isNew: false };
}

/** The check whose answer the report speaks of: by default the last one, and always one of the task's matter. */
export async function requireCheck(tx: Transaction, task: TaskRow, given: string | undefined): Promise<CheckRow> {
  const id = given === undefined ? task.lastCheckId : uuidOf("chk", given);
  const check = id === null ? undefined : await findCheck(tx, task.agencyId, id);
  const isOfTask =
    check?.subjectIndex.equals(task.subjectIndex) &&
    check.purpose === task.purpose &&
    check.caseReference === task.caseReference;
  if (!check || !isOfTask) throw invalid("check", "unknown_reference");
  return check;
}

type Replacing = { feedback: FeedbackRow; report: Report; ground: Ground | null };

/**
 * The report told of a decision, and a decision outlives the report: it is lifted, it goes on beside what is reported now,
 * or it was never taken as recorded.
 */
async function settleFormer(tx: Transaction, actor: string, replacing: Replacing, now: Date): Promise<void> {
  const { kind, formerSanctions: former } = replacing.report;
  if (former && !mayFollow(kind, former.outcome)) throw sanctionInForce();
  const standing = await lockStandingSanctions(tx, replacing.feedback.taskId);
  const inForce = standing.filter(({ state }) => state === "active");
  if (!former) {
    if (inForce.length > 0) throw sanctionInForce();
    return;
  }
  const { id: feedbackId, operator } = replacing.feedback;
  switch (former.outcome) {
    case "carried_over":
      return;
    case "lifted":
      for (const one of inForce) await liftSanction(tx, actor, one, { ...former, liftedBy: operator }, now);
      return;
    case "recorded_in_error":
      await requireSupported(tx, inForce, replacing.ground);
      for (const one of standing) await cancelSanction(tx, actor, one, { feedbackId, reason: former.reason }, now);
  }
}

/** What rests on nothing live any more is to be lifted: no correction of the record takes that from anybody. */
async function requireSupported(
  tx: Transaction,
  inForce: readonly SanctionRow[],
  ground: Ground | null,
): Promise<void> {
  const live = new Set(ground?.listings.map(({ listingId }) => listingId));
  const supported = (
    await listSanctionListings(
      tx,
      inForce.map(({ id }) => id),
    )
  )
    .filter(({ listingId }) => live.has(listingId))
    .map(({ sanctionId }) => sanctionId);
  if (!inForce.every(({ id }) => supported.includes(id))) throw sanctionInForce();
}

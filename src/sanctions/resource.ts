// Tasks, reports and sanctions as the API shows them: every field that leaves.
import { partyView, RecordedCheck, RecordedSubject } from "../checks/index.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { shanghaiTime } from "../platform/time.ts";
import { servicesOfPapers } from "../registry/schema.ts";
import {
  durations,
  feedbackKinds,
  formerSanctions,
  identityProofs,
  noticeExceptions,
  reasons,
  sanctionStates,
} from "./lifecycle.ts";
import type { SanctionCase, SanctionListingRow, SanctionOnListing, SanctionRow } from "./sanction-queries.ts";
import type { FeedbackRow, OverseenTask, TaskCase } from "./task-queries.ts";

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();

export const FeedbackView = z
  .object({
    id: z.string(),
    kind: z.enum(feedbackKinds),
    check: z.string().openapi({ description: "The check whose answer it speaks of" }),
    reason: z.enum(reasons).nullable(),
    note: z.string().nullable(),
    operator: z.string(),
    reportedAt: instant,
    formerSanctions: z.enum(formerSanctions).nullable(),
    supersededBy: z.string().nullable(),
  })
  .openapi("Feedback");

export const SanctionView = z
  .object({
    id: z.string(),
    task: z.string(),
    feedback: z.string(),
    check: z.string(),
    party: RecordedSubject.nullable().openapi({ description: "Null once the personal data of the check is erased" }),
    purpose: z.string(),
    caseReference: z.string(),
    measure: z.object({ code: z.string(), title: z.string(), effect: z.string(), legalBasis: z.string() }),
    conditions: z.array(z.string()).openapi({ description: "Confirmed by the officer" }),
    identityProof: z.object({ kind: z.enum(identityProofs), number: z.string() }).nullable(),
    decision: z.object({ number: z.string(), datedOn: day }),
    officer: z.string(),
    notice: z.object({ number: z.string(), servedOn: day, servedHow: z.enum(servicesOfPapers) }).nullable(),
    noticeException: z.object({ code: z.enum(noticeExceptions), article: z.string() }).nullable(),
    duration: z.enum(durations),
    imposedOn: day,
    endsOn: day.nullable(),
    state: z.enum(sanctionStates).openapi({
      description:
        "active: in force until it is lifted or its last day has passed; completed: it happened once; cancelled: recorded " +
        "in error, another record stands in its place",
    }),
    lifted: z
      .object({ on: day, by: z.string(), document: z.string(), reason: z.string(), recordedAt: instant })
      .nullable(),
    listings: z
      .array(z.object({ listing: z.string(), grade: z.enum(["exact", "conflict", "probable"]), since: instant }))
      .openapi({ description: "What it rests on" }),
    recordedAt: instant,
    receipt: z.string(),
    version: z.int(),
  })
  .openapi("Sanction");

const taskFields = {
  id: z.string(),
  state: z.enum(["open", "settled"]),
  overdue: z.boolean(),
  purpose: z.string(),
  caseReference: z.string(),
  party: RecordedSubject.nullable().openapi({ description: "Null once the personal data of the check is erased" }),
  openedAt: instant,
  dueOn: day.nullable().openapi({ description: "Null where the working calendar of that day is not known" }),
  checks: z.int().openapi({ description: "How often the party was checked in this matter" }),
  firstCheck: z.string(),
  lastCheck: z.string(),
  feedback: FeedbackView.nullable().openapi({ description: "The current report" }),
};

export const TaskView = z.object(taskFields).openapi("FeedbackTask");
export const TaskDetail = z
  .object({
    ...taskFields,
    answer: RecordedCheck.openapi({ description: "What was answered last" }),
    history: z.array(FeedbackView).openapi({ description: "Every report, the first one first" }),
    sanctions: z.array(SanctionView),
  })
  .openapi("FeedbackTaskDetail");

export const OverseenTaskView = z
  .object({
    id: z.string(),
    agency: z.object({ id: z.string(), name: z.string() }),
    purpose: z.string(),
    openedAt: instant,
    dueOn: day.nullable(),
    overdue: z.boolean(),
    checks: z.int(),
  })
  .openapi("OverseenFeedbackTask");

export const ListingSanctionView = z
  .object({
    id: z.string(),
    agency: z.string(),
    measure: z.object({ code: z.string(), title: z.string(), effect: z.string() }),
    duration: z.enum(durations),
    imposedOn: day,
    endsOn: day.nullable(),
    state: z.enum(sanctionStates),
    liftedOn: day.nullable(),
    since: instant.openapi({ description: "Since when it rests on this listing" }),
  })
  .openapi("ListingSanction");

export const CourtSanctionView = ListingSanctionView.extend({ listing: z.string() }).openapi("CourtSanction");

export function feedbackView(row: FeedbackRow): z.infer<typeof FeedbackView> {
  const { kind, reason, note, operator, supersededBy } = row;
  return {
    id: publicId("fbk", row.id),
    kind,
    check: publicId("chk", row.checkId),
    reason,
    note,
    operator,
    reportedAt: shanghaiTime(row.reportedAt),
    formerSanctions: row.formerSanctions,
    supersededBy: supersededBy && publicId("fbk", supersededBy),
  };
}

export function taskView(
  ring: KeyRing,
  { task, feedback, lastCheck }: TaskCase,
  today: string,
): z.infer<typeof TaskView> {
  return {
    id: publicId("tsk", task.id),
    state: feedback ? "settled" : "open",
    overdue: !feedback && task.dueOn !== null && task.dueOn < today,
    purpose: task.purpose,
    caseReference: task.caseReference,
    party: partyView(ring, lastCheck),
    openedAt: shanghaiTime(task.openedAt),
    dueOn: task.dueOn,
    checks: task.checks,
    firstCheck: publicId("chk", task.firstCheckId),
    lastCheck: publicId("chk", task.lastCheckId),
    feedback: feedback && feedbackView(feedback),
  };
}

export function overseenTaskView({ task, agency }: OverseenTask, today: string): z.infer<typeof OverseenTaskView> {
  return {
    id: publicId("tsk", task.id),
    agency: { id: publicId("agy", task.agencyId), name: agency },
    purpose: task.purpose,
    openedAt: shanghaiTime(task.openedAt),
    dueOn: task.dueOn,
    overdue: task.dueOn !== null && task.dueOn < today,
    checks: task.checks,
  };
}

export function sanctionView(
  ring: KeyRing,
  { sanction: row, check }: SanctionCase,
  listings: readonly SanctionListingRow[],
): z.infer<typeof SanctionView> {
  const id = publicId("san", row.id);
  return {
    id,
    task: publicId("tsk", row.taskId),
    feedback: publicId("fbk", row.feedbackId),
    check: publicId("chk", row.checkId),
    party: partyView(ring, check),
    purpose: row.purpose,
    caseReference: check.caseReference,
    measure: { code: row.measure, title: row.title, effect: row.effect, legalBasis: row.legalBasis },
    conditions: row.conditions,
    identityProof: row.identityProof,
    decision: { number: row.decisionNumber, datedOn: row.decisionDatedOn },
    officer: row.officer,
    notice: noticeView(row),
    noticeException: exceptionView(row),
    duration: row.duration,
    imposedOn: row.imposedOn,
    endsOn: row.endsOn,
    state: row.state,
    lifted: liftView(row),
    listings: listings
      .filter(({ sanctionId }) => sanctionId === row.id)
      .map(({ listingId, grade, since }) => ({
        listing: publicId("lst", listingId),
        grade,
        since: shanghaiTime(since),
      })),
    recordedAt: shanghaiTime(row.recordedAt),
    receipt: `/v1/sanctions/${id}/receipt`,
    version: row.version,
  };
}

function noticeView({ noticeNumber: number, noticeServedOn: servedOn, noticeServedHow: servedHow }: SanctionRow) {
  return number !== null && servedOn !== null && servedHow !== null ? { number, servedOn, servedHow } : null;
}

function exceptionView({ noticeException: code, noticeExceptionArticle: article }: SanctionRow) {
  return code !== null && article !== null ? { code, article } : null;
}

function liftView({ liftedOn, liftedBy, liftedAt, liftDocument, liftReason }: SanctionRow) {
  if (liftedOn === null || liftedBy === null || liftedAt === null) return null;
  const recordedAt = shanghaiTime(liftedAt);
  return { on: liftedOn, by: liftedBy, document: liftDocument ?? "", reason: liftReason ?? "", recordedAt };
}

/** For a court: which agency does what because of its listing, and nothing of the agency's matter. */
export function listingSanctionView(row: SanctionOnListing): z.infer<typeof ListingSanctionView> {
  const { measure: code, title, effect, agency, duration, imposedOn, endsOn, state, liftedOn } = row;
  const measure = { code, title, effect };
  const since = shanghaiTime(row.since);
  return { id: publicId("san", row.id), agency, measure, duration, imposedOn, endsOn, state, liftedOn, since };
}

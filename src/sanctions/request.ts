// What an agency's system sends: a report, a batch of them, a lift, the order of a notice.
import { textField } from "../courts/index.ts";
import { z } from "../platform/http.ts";
import { isCalendarDate } from "../platform/time.ts";
import { servicesOfPapers } from "../registry/schema.ts";
import { durations, feedbackKinds, identityProofs, noticeExceptions, reasons } from "./lifecycle.ts";

export const BATCH_REPORTS_MAX = 1_000;
const NUMBER_LENGTH_MAX = 100;
const OPERATOR_LENGTH_MAX = 100;
const TEXT_LENGTH_MAX = 500;
const CODE_LENGTH_MAX = 60;
const CONDITIONS_MAX = 20;
const CONDITION_LENGTH_MAX = 1_000;

const [sanctioned, notSanctioned, notThePerson] = feedbackKinds;

const day = z
  .string()
  .refine(isCalendarDate, { params: { code: "bad_date" } })
  .openapi({ example: "2026-11-23" });
const idOf = (example: string) => z.string().max(40).openapi({ example });
const operator = textField(OPERATOR_LENGTH_MAX).openapi({
  description: "The officer who acts, as the agency names them; no identity number",
  example: "officer 0417",
});
const reason = textField(TEXT_LENGTH_MAX).openapi({ description: "Why; no identity number" });
const number = textField(NUMBER_LENGTH_MAX);
const document = number.openapi({ description: "Number of the decision to lift", example: "厦财解〔2026〕3号" });

const Decision = z
  .strictObject({ number: number.openapi({ example: "厦财决〔2026〕12号" }), datedOn: day })
  .openapi({ description: "The agency's decision; not older than the check" });
const hearing = textField(TEXT_LENGTH_MAX)
  .optional()
  .openapi({ description: "Where, by when and how the person is heard, as the notice says it" });

/** What a notice says and a sanction records alike. */
const measureFields = {
  measure: z.string().min(1).max(CODE_LENGTH_MAX).openapi({ description: "A code that the answer offered" }),
  decision: Decision,
  officer: operator.optional().openapi({ description: "Who decided; default: the operator" }),
  duration: z.enum(durations),
  endsOn: day.optional().openapi({ description: "Of `until`: the last day" }),
  confirmedConditions: z
    .array(z.string().min(1).max(CONDITION_LENGTH_MAX))
    .max(CONDITIONS_MAX)
    .default([])
    .openapi({ description: "Each condition of the measure, as the answer words it: looked at and found to hold" }),
  identityProof: z
    .strictObject({ kind: z.enum(identityProofs), number })
    .optional()
    .openapi({
      description:
        "Where number and name did not agree: what settled that it is the person. Number of the document only",
    }),
};

const commonFields = {
  operator,
  note: textField(TEXT_LENGTH_MAX).optional(),
  replaces: idOf("fbk_01jd8m2v0q7f4t9s6k3n5r8w2x")
    .optional()
    .openapi({ description: "The current report, where this one takes its place" }),
  formerSanctions: z
    .discriminatedUnion("outcome", [
      z.strictObject({ outcome: z.literal("carried_over") }),
      z.strictObject({ outcome: z.literal("recorded_in_error"), reason }),
      z.strictObject({ outcome: z.literal("lifted"), liftedOn: day, document, reason }),
    ])
    .optional()
    .openapi({
      description:
        "What becomes of the sanctions of the report that is replaced. They are decisions and stay in force unless lifted; " +
        "only another `sanctioned` may carry them over or say that they were recorded in error",
    }),
};
const check = idOf("chk_01jd8m2v0q7f4t9s6k3n5r8w2x");

export const Sanctioned = z
  .strictObject({
    kind: z.literal(sanctioned),
    check: check.openapi({ description: "The check whose answer offered the measure; still within its `validUntil`" }),
    ...measureFields,
    notice: z
      .strictObject({ number, servedOn: day, servedHow: z.enum(servicesOfPapers), hearing })
      .optional()
      .openapi({
        description: "The notice to the person: required of every measure that restricts, prohibits or removes",
      }),
    noticeException: z
      .strictObject({ code: z.enum(noticeExceptions), article: textField(TEXT_LENGTH_MAX) })
      .optional()
      .openapi({ description: "The statute by which nobody need be told" }),
    ...commonFields,
  })
  .openapi("FeedbackSanctioned");

const optionalCheck = check.optional().openapi({ description: "Default: the task's last check" });
export const NotSanctioned = z
  .strictObject({ kind: z.literal(notSanctioned), check: optionalCheck, reason: z.enum(reasons), ...commonFields })
  .openapi("FeedbackNotSanctioned");
export const NotThePerson = z
  .strictObject({ kind: z.literal(notThePerson), check: optionalCheck, ...commonFields })
  .openapi("FeedbackNotThePerson");

export const NewFeedback = z.discriminatedUnion("kind", [Sanctioned, NotSanctioned, NotThePerson]);

const task = idOf("tsk_01jd8m2v0q7f4t9s6k3n5r8w2x");
/** As the document shows it; items are read one by one, so that a bad one is one that is refused. */
export const NewFeedbackBatch = z
  .strictObject({
    items: z
      .array(z.strictObject({ task, feedback: NewFeedback }))
      .min(1)
      .max(BATCH_REPORTS_MAX),
  })
  .openapi("NewFeedbackBatch");
export const BatchEnvelope = z.strictObject({ items: z.array(z.unknown()).min(1).max(BATCH_REPORTS_MAX) });
export const BatchItem = z.strictObject({ task, feedback: NewFeedback });

export const LiftSanction = z.strictObject({ operator, liftedOn: day, document, reason }).openapi("LiftSanction");

export const NoticeOrder = z
  .strictObject({
    check,
    ...measureFields,
    number: number.openapi({ description: "The notice's own" }),
    hearing,
    operator,
  })
  .openapi("NoticeOrder");

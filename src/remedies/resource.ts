// The wire shapes of objections: what a court sends, and every field that leaves.
import { ClockView, clockView, type ClockRow, textField } from "../courts/index.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { isCalendarDate, shanghaiTime } from "../platform/time.ts";
import { Rectify, Remove } from "../registry/index.ts";
import { lists, servicesOfPapers } from "../registry/schema.ts";
import { applicationView, openApplication } from "./application.ts";
import { wrongfulListingOf } from "./correction.ts";
import {
  correctionOperations,
  type ObjectionAct,
  objectionActNames,
  objectionGrounds,
  objectionKinds,
  objectionStates,
  openCorrections,
} from "./lifecycle.ts";
import type { ObjectionCase, ObjectionRow, ReconsiderationRow } from "./queries.ts";
import { channels } from "./schema.ts";
import { enforcingCourt } from "./step.ts";

const NAME_LENGTH_MAX = 200;
const REASON_LENGTH_MAX = 5_000;
export const STATEMENT_LENGTH_MAX = 5_000;

export const day = z
  .string()
  .refine(isCalendarDate, { params: { code: "bad_date" } })
  .openapi({ example: "2026-11-23" });
export const listingId = z.string().max(40).openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" });
export const instant = z.iso.datetime({ offset: true });
const reasons = textField(REASON_LENGTH_MAX).openapi({
  description: "As the decision states them; no identity number",
});
const reason = textField(REASON_LENGTH_MAX).openapi({ description: "Why, for the audit trail; no identity number" });
const receivedOn = day.openapi({
  description: "When the written application reached the court: its time runs from here",
});
const paper = z
  .strictObject({ number: textField(NAME_LENGTH_MAX), datedOn: day, sha256: z.string().regex(/^[0-9a-f]{64}$/) })
  .openapi({ description: "Number and day of the paper, and its SHA-256 as it was signed" });
const [, deletion, lift] = Remove.shape.exit.options;
const correction = z.discriminatedUnion("operation", [
  z.strictObject({ operation: z.enum(["revoke", "early", "rectify"]) }),
  deletion,
  lift,
]);

export const NewObjection = z
  .strictObject({
    listing: listingId,
    kind: z.enum(objectionKinds).default("correction"),
    ground: z.enum(objectionGrounds).openapi({ description: "Art. 11; of a notice of performance `deletable`" }),
    channel: z.enum(["window", "post"]),
    receivedOn,
    statement: z.string().min(1).max(STATEMENT_LENGTH_MAX),
    agent: z.strictObject({ name: textField(NAME_LENGTH_MAX), authority: textField(NAME_LENGTH_MAX) }).optional(),
    contact: z.string().min(1).max(NAME_LENGTH_MAX).optional(),
  })
  .openapi("NewObjection");

export const Verify = z.strictObject({ listing: listingId, receivedOn });
export const Reasoned = z.strictObject({ reason });
export const Uphold = z.strictObject({ reasons, correction });
export const Reject = z.strictObject({ reasons, paper });
export const RecordService = z.strictObject({ servedOn: day, how: z.enum(servicesOfPapers) });
export const CarryOut = z.strictObject({
  reason,
  reasonAroseOn: day.optional(),
  corrections: Rectify.shape.corrections.optional(),
});
export const NewReconsideration = z.strictObject({
  filedOn: day.openapi({ description: "By post, the day of posting" }),
  receivedOn,
});
export const UpholdReconsideration = z.strictObject({ reasons, paper, correction });
export const RejectReconsideration = z.strictObject({ reasons, paper });

const PaperFacts = z.object({ number: z.string(), datedOn: z.iso.date(), sha256: z.string() });
const Decision = z.object({
  by: z.string(),
  at: instant,
  reasons: z.string(),
  paper: PaperFacts.nullable(),
});

export const ObjectionView = z
  .object({
    id: z.string(),
    kind: z.enum(objectionKinds),
    ground: z.enum(objectionGrounds),
    state: z.enum(objectionStates),
    list: z.enum(lists),
    listing: z.string().nullable(),
    court: z.string(),
    caseNumber: z.string(),
    channel: z.enum(channels),
    applicant: z.enum(["party", "agent"]),
    takenInOn: z.iso.date(),
    takenInBy: z.string().nullable(),
    receivedOn: z.iso.date().nullable(),
    review: Decision.nullable(),
    correction: z.object({ operation: z.string(), ground: z.string().nullable() }).nullable(),
    served: z.object({ on: z.iso.date(), how: z.enum(servicesOfPapers) }).nullable(),
    reconsideration: z
      .object({
        court: z.string(),
        filedOn: z.iso.date(),
        receivedOn: z.iso.date(),
        outcome: z.enum(["upheld", "rejected"]).nullable(),
        decision: Decision.nullable(),
      })
      .nullable(),
    corrected: z.object({ by: z.string(), at: instant }).nullable(),
    wrongfulListing: z
      .object({ basis: z.string(), publicFrom: z.iso.date(), publicUntil: instant })
      .nullable()
      .openapi({ description: "A listing that should never have been and that the public saw, for compensation" }),
    version: z.int(),
  })
  .openapi("Objection");

export const ObjectionDetail = ObjectionView.extend({
  application: z.object({
    party: z.object({ name: z.string(), document: z.object({ type: z.string(), masked: z.string() }) }).nullable(),
    statement: z.string(),
    agent: z.object({ name: z.string(), authority: z.string() }).nullable(),
    contact: z.string().nullable(),
  }),
  clocks: z.array(ClockView),
  acts: z.array(z.enum(objectionActNames)).openapi({
    description:
      "What whoever reads it may do now, as court, role and state have it; with hyphens, the end of the act's address",
  }),
  corrections: z.array(z.enum(correctionOperations)).openapi({
    description: "What may be ordered where it is upheld, as its ground has it",
  }),
}).openapi("ObjectionDetail");

export function objectionView(found: ObjectionCase): z.infer<typeof ObjectionView> {
  const { objection } = found;
  const wrongful = wrongfulListingOf(objection.state === "corrected" ? found.listing : null);
  return {
    id: publicId("obj", objection.id),
    kind: objection.kind,
    ground: objection.ground,
    state: objection.state,
    list: objection.list,
    listing: objection.listingId && publicId("lst", objection.listingId),
    court: enforcingCourt(found),
    caseNumber: objection.caseNumber,
    channel: objection.channel,
    applicant: objection.applicant,
    takenInOn: objection.takenInOn,
    takenInBy: objection.takenInBy,
    receivedOn: objection.receivedOn,
    review: decisionView({ ...objection, decidedBy: objection.reviewedBy, decidedAt: objection.reviewedAt }),
    correction: correctionView(objection),
    served: objection.servedOn && objection.servedHow ? { on: objection.servedOn, how: objection.servedHow } : null,
    reconsideration: found.reconsideration && reconsiderationView(found.reconsideration),
    corrected:
      objection.correctedBy && objection.correctedAt
        ? { by: objection.correctedBy, at: shanghaiTime(objection.correctedAt) }
        : null,
    wrongfulListing: wrongful && { ...wrongful, publicUntil: shanghaiTime(wrongful.publicUntil) },
    version: objection.version,
  };
}

export function objectionDetail(
  ring: KeyRing,
  found: ObjectionCase,
  { clocks, acts }: { clocks: readonly ClockRow[]; acts: ObjectionAct[] },
  now: Date,
): z.infer<typeof ObjectionDetail> {
  const { id, applicationSealed, ground, list } = found.objection;
  return {
    ...objectionView(found),
    application: applicationView(openApplication(ring, id, applicationSealed)),
    clocks: clocks.map((clock) => clockView(clock, now)),
    acts,
    corrections: [...openCorrections(ground, list)],
  };
}

function correctionView({ correction }: ObjectionRow) {
  if (!correction) return null;
  const ground = "ground" in correction ? correction.ground : null;
  return { operation: correction.operation, ground: typeof ground === "object" ? (ground?.code ?? null) : ground };
}

function reconsiderationView(row: ReconsiderationRow) {
  const { courtCode, filedOn, receivedOn, outcome } = row;
  return { court: courtCode, filedOn, receivedOn, outcome, decision: decisionView(row) };
}

type Decided = Pick<
  ReconsiderationRow,
  "decidedBy" | "decidedAt" | "reasons" | "paperNumber" | "paperDatedOn" | "paperSha256"
>;

function decisionView({ decidedBy, decidedAt, reasons, ...row }: Decided): z.infer<typeof Decision> | null {
  if (!decidedBy || !decidedAt || reasons === null) return null;
  const { paperNumber: number, paperDatedOn: datedOn, paperSha256: sha256 } = row;
  const paper = number && datedOn && sha256 ? { number, datedOn, sha256: sha256.toString("hex") } : null;
  return { by: decidedBy, at: shanghaiTime(decidedAt), reasons, paper };
}

// What a court sends with each act on a listing.
import { textField } from "../courts/index.ts";
import { documentKinds } from "../identity/index.ts";
import { z } from "../platform/http.ts";
import { isCalendarDate } from "../platform/time.ts";
import { capacities } from "./bars.ts";
import { servicesOfPapers } from "./schema.ts";

const PARTIES_MAX = 50;
const NAME_LENGTH_MAX = 200;
const TEXT_LENGTH_MAX = 5_000;
const REASON_LENGTH_MAX = 1_000;
const MEASURES_MAX = 30;

const day = z
  .string()
  .refine(isCalendarDate, { params: { code: "bad_date" } })
  .openapi({ example: "2026-11-23" });
const name = textField(NAME_LENGTH_MAX);
const text = textField(TEXT_LENGTH_MAX);
const reason = textField(REASON_LENGTH_MAX).openapi({ description: "Why, for the audit trail; no identity number" });
const ground = z.enum(["G1", "G2", "G3", "G4", "G5", "G6"]);
const answer = z.boolean().nullable().openapi({ description: "Whether the bar is present; null: not looked into" });

const term = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("open") }),
    z.strictObject({
      kind: z.literal("fixed"),
      months: z.int().min(1).max(120),
      extension: z.enum(["serious_violence", "several_acts"]).nullable().default(null),
      runsFrom: z.enum(["decision", "effect", "publication"]).default("publication"),
    }),
  ])
  .openapi({ description: "Open for G1 alone; otherwise 24 months, or 36 to 60 with the reason of the extension" });

const checklist = z
  .strictObject({
    security_given: answer,
    property_controlled: answer,
    later_in_order: answer,
    not_refusing: answer,
  })
  .openapi({ description: "The bars to G1, one by one (art. 3)" });
const noAnswers = { security_given: null, property_controlled: null, later_in_order: null, not_refusing: null };

const initiatedBy = z.enum(["creditor", "court"]);
const receivedOn = day.openapi({ description: "When the creditor's application came in, or the court took it up" });
const notice = z.strictObject({ endsOn: day, warned: z.boolean() }).openapi({
  description: "Of the enforcement notice: the last day for performance, and whether it warned of the list",
});
const words = {
  legalRepresentative: name.optional(),
  obligation: text.optional(),
  performance: text.optional(),
  performedPart: text.optional(),
  unperformedPart: text.optional(),
};
const caseFields = {
  handler: name.optional(),
  areaName: name.optional(),
  titleDocument: name.optional(),
  titleMaker: name.optional(),
  filedOn: day.optional(),
};
const sex = z.enum(["male", "female"]);

const NewParty = z.strictObject({
  name,
  document: z.strictObject({
    type: z.enum(documentKinds),
    number: z.string().min(1).max(64),
    country: z.string().max(3).optional(),
  }),
  birthDate: day.optional().openapi({ description: "Of a person whose document shows none: minors may not be listed" }),
  sex: sex.optional(),
  performed: z.boolean().optional(),
  ...words,
  listing: z
    .strictObject({
      grounds: z.array(ground).min(1).max(6),
      groundAroseOn: day,
      checklist: checklist.default(noAnswers),
      term,
    })
    .optional(),
  limit: z
    .strictObject({
      capacity: z.enum(capacities).default("debtor"),
      unit: z
        .union([
          z.strictObject({ party: z.int().min(0).max(PARTIES_MAX) }),
          z.strictObject({ listing: z.string().max(40) }),
        ])
        .optional()
        .openapi({ description: "Of an officer: the unit, by its place in this form or by the id of its limit" }),
    })
    .optional(),
});

export const NewDraft = z
  .strictObject({
    caseNumber: z.string().min(1).max(NAME_LENGTH_MAX).openapi({ example: "(2026)闽0203执90000001号" }),
    initiatedBy,
    receivedOn,
    notice,
    ...caseFields,
    parties: z.array(NewParty).min(1).max(PARTIES_MAX),
  })
  .openapi("NewDraft");
export type NewDraft = z.infer<typeof NewDraft>;

export const Amend = z.strictObject({
  initiatedBy: initiatedBy.optional(),
  receivedOn: receivedOn.optional(),
  notice: notice.optional(),
  performed: z.boolean().optional(),
  grounds: z.array(ground).min(1).max(6).optional(),
  groundAroseOn: day.optional(),
  checklist: checklist.optional(),
  term: term.optional(),
  ...words,
});

export const Decide = z.strictObject({
  paper: z
    .strictObject({ number: name, sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .openapi({ description: "Number of the paper, and its SHA-256 as it was signed" }),
});
export const Reject = z.strictObject({ reason });
export const RecordService = z.strictObject({ servedOn: day, how: z.enum(servicesOfPapers) });
export const StateUnperformed = z.strictObject({ statedOn: day });
export const GrantGrace = z.strictObject({ until: day, reason });
export const Publish = z.strictObject({});
export const Lapse = z.strictObject({ performedOn: day, reason });

export const Rectify = z.strictObject({
  corrections: z.strictObject({
    name: name.optional(),
    sex: sex.optional(),
    ...words,
    ...caseFields,
    grounds: z.array(ground).min(1).max(6).optional(),
    term: term.optional(),
  }),
  reachedCourtOn: day.openapi({ description: "When the court learned of the inaccuracy: the clock's first day" }),
  reason,
});

const deletion = z.discriminatedUnion("code", [
  z.strictObject({ code: z.enum(["R1", "R2", "R3", "R5", "R6", "R7"]) }),
  z.strictObject({ code: z.literal("R4"), searches: z.int().min(0).max(999), hasLead: z.boolean() }),
]);
export const Remove = z.strictObject({
  exit: z.discriminatedUnion("operation", [
    z.strictObject({ operation: z.enum(["revoke", "expire", "early"]) }),
    z.strictObject({ operation: z.literal("delete"), ground: deletion }),
    z.strictObject({
      operation: z.literal("lift"),
      ground: z.enum(["performed", "security", "consent", "role_ended", "private"]),
    }),
  ]),
  reasonAroseOn: day.openapi({
    description: "Payment booked, settlement performed, ruling made …: the clock's first day",
  }),
  reachedCourtOn: day,
  reason,
});

export const LookAgain = z.strictObject({ finding: z.enum(["confirmed", "objected"]), reason: reason.optional() });
export const TickShielded = z.strictObject({ shieldedOn: day });
export const OpenWindow = z.strictObject({
  window: z.strictObject({
    measures: z
      .array(z.string().max(40))
      .min(1)
      .max(MEASURES_MAX)
      .openapi({ example: ["LIM2015-1"] }),
    from: day,
    until: day,
  }),
  reason,
});
export const CloseWindow = z.strictObject({ window: z.string().max(40).openapi({ example: "win_…" }), reason });
export const Transfer = z.strictObject({
  court: z.string().max(20).openapi({ description: "Code of the court that takes the case over", example: "闽0206" }),
  reason,
});

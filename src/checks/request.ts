// What a caller sends to have one or many parties checked, and how it becomes something to ask the register.
import { findPurpose, purposeCodes, roles, type Purpose } from "../agencies/index.ts";
import { documentKinds, parseDocument, textFault, type IdentityDocument } from "../identity/index.ts";
import { AppError, type FieldFault } from "../platform/error.ts";
import { parseAs, z } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import { type Late, readLate } from "./late.ts";

/** Bounds of a request; names of 25 and more Han characters exist, and companies' are longer (domain: names). */
const NAME_LENGTH_MAX = 200;
const NUMBER_LENGTH_MAX = 40;
const REFERENCE_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 200;
const FORMER_NAMES_MAX = 5;
export const BATCH_SUBJECTS_MAX = 1000;

/** One line of text without characters that cannot be seen or stored. */
export const line = (lengthMax: number) =>
  z
    .string()
    .min(1)
    .max(lengthMax)
    .superRefine((text, context) => {
      const fault = textFault(text) ?? (text !== "" && text.trim() === "" ? "too_short" : null);
      if (fault) context.addIssue({ code: "custom", params: { code: fault } });
    });

const name = line(NAME_LENGTH_MAX).superRefine((text, context) => {
  if (text.trim() !== "" && !/\p{L}/u.test(text))
    context.addIssue({ code: "custom", params: { code: "name_without_letters" } });
});

const Document = z
  .strictObject({
    type: z.enum(documentKinds).openapi({ description: "Kind of document" }),
    number: line(NUMBER_LENGTH_MAX).openapi({ description: "The number as printed" }),
    country: line(3).optional().openapi({ description: "Issuing State of a passport, ISO 3166-1 alpha-3" }),
  })
  .openapi("Document");

export const subjectFields = {
  name: name.openapi({ description: "Full name of the person or organisation" }),
  document: Document,
  role: z
    .enum(roles as [string, ...string[]])
    .optional()
    .openapi({ description: "Capacity; default `self`" }),
  formerNames: z.array(name).max(FORMER_NAMES_MAX).optional(),
  reference: line(REFERENCE_LENGTH_MAX).optional().openapi({ description: "The caller's own mark for this party" }),
};
export const Subject = z.strictObject(subjectFields).openapi("Subject");
const BatchSubject = z
  .strictObject({
    ...subjectFields,
    onBehalfOf: line(REFERENCE_LENGTH_MAX)
      .optional()
      .openapi({ description: "The `reference` of the item of this batch for which this party acts" }),
  })
  .openapi("BatchSubject");

export const requestFields = {
  purpose: z.enum(purposeCodes as [string, ...string[]]).openapi({ description: "Purpose code of the catalogue" }),
  caseReference: line(REFERENCE_LENGTH_MAX).openapi({ description: "The agency's number of the matter" }),
  operator: line(REFERENCE_LENGTH_MAX).openapi({ description: "The officer or system that asks" }),
};
/** Of a check that is sent after the act, because nobody could ask before it. */
const lateFields = {
  actedAt: z.iso.datetime({ offset: true }).optional().openapi({
    description: "Where the agency had to act without an answer, during an outage: when it did. With `actedReason`",
  }),
  actedReason: line(REASON_LENGTH_MAX).optional().openapi({ description: "Why it could not wait" }),
};
const previousCheckId = z
  .string()
  .refine((id) => uuidOf("chk", id) !== null)
  .optional()
  .openapi({ description: "The check that this one repeats before acting" });

export const CheckRequest = z
  .strictObject({ ...requestFields, ...lateFields, subject: Subject, previousCheckId })
  .openapi("CheckRequest");

export const BatchRequest = z
  .strictObject({ ...requestFields, ...lateFields, subjects: z.array(BatchSubject).min(1).max(BATCH_SUBJECTS_MAX) })
  .openapi("BatchRequest");

/** The envelope of a batch; its items are read one by one, so that one bad item is one invalid item. */
const BatchEnvelope = z.strictObject({
  ...requestFields,
  ...lateFields,
  subjects: z.array(z.unknown()).min(1).max(BATCH_SUBJECTS_MAX),
});

export type SubjectInput = z.infer<typeof BatchSubject>;
export type Party = Omit<SubjectInput, "document"> & {
  role: string;
  identity: IdentityDocument;
  /** Of a row of a file, where it differs from the question's. */
  caseReference?: string | undefined;
};
export type CheckInput = {
  purpose: Purpose;
  caseReference: string;
  operator: string;
  late?: Late | null;
};
export type Unread = { problem: AppError };

/** Reads a single check; throws `validation`, `name-only` or `role-not-permitted`. */
export function parseCheck(body: unknown): CheckInput & { party: Party; previousCheckId: string | null } {
  requireNumber(memberOf(body, "subject"), "/subject");
  const { subject, previousCheckId: previous, caseReference, operator, ...input } = parseAs(CheckRequest, body);
  const purpose = purposeOf(input.purpose);
  return {
    caseReference,
    operator,
    purpose,
    late: readLate(input),
    party: readParty(subject, purpose, "/subject"),
    previousCheckId: previous ? uuidOf("chk", previous) : null,
  };
}

/** Reads a batch: the envelope throws, an item that cannot be asked is returned as its problem. */
export function parseBatch(body: unknown): CheckInput & { parties: (Party | Unread)[] } {
  const { subjects, caseReference, operator, ...input } = parseAs(BatchEnvelope, body);
  const purpose = purposeOf(input.purpose);
  const parties = subjects.map((subject, index) => readItem(subject, purpose, `/subjects/${index}`));
  const references = new Set(parties.map((party) => ("problem" in party ? undefined : party.reference)));
  return {
    caseReference,
    operator,
    purpose,
    late: readLate(input),
    parties: parties.map((party, index) => {
      if ("problem" in party || party.onBehalfOf === undefined || references.has(party.onBehalfOf)) return party;
      const pointer = `#/subjects/${index}/onBehalfOf`;
      return { problem: new AppError("validation", { faults: [{ pointer, code: "unknown_reference" }] }) };
    }),
  };
}

function readItem(subject: unknown, purpose: Purpose, place: string): Party | Unread {
  try {
    requireNumber(subject, place);
    return readParty(parseAs(BatchSubject, subject, place), purpose, place);
  } catch (error) {
    if (error instanceof AppError) return { problem: error };
    throw error;
  }
}

type Readable = SubjectInput & Pick<Party, "caseReference">;

export function readParty({ document, ...subject }: Readable, purpose: Purpose, place: string): Party {
  const role = subject.role ?? "self";
  if (!purpose.roles.includes(role)) {
    throw new AppError("role-not-permitted", { faults: [{ pointer: `#${place}/role`, code: "not_allowed" }] });
  }
  const read = parseDocument(document.type, document.number, document.country);
  if (!read.ok) {
    const member = read.fault.startsWith("country_") ? "country" : "number";
    const fault: FieldFault = { pointer: `#${place}/document/${member}`, code: read.fault };
    throw new AppError("validation", { faults: [fault] });
  }
  return { ...subject, role, identity: read.document };
}

export function purposeOf(code: string): Purpose {
  const purpose = findPurpose(code);
  if (!purpose) throw new Error("a purpose passed validation that the catalogue lacks");
  return purpose;
}

/** A name without a number is refused as such: the commonest misunderstanding deserves its own answer. */
export function requireNumber(subject: unknown, place: string): void {
  if (memberOf(subject, "name") === undefined) return;
  const document = memberOf(subject, "document") ?? {};
  if (typeof document !== "object" || Array.isArray(document) || Object.hasOwn(document, "number")) return;
  throw new AppError("name-only", { faults: [{ pointer: `#${place}/document/number`, code: "required" }] });
}

export function memberOf(value: unknown, member: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined;
}

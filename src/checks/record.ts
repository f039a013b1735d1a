// A check as its agency sees it later: the answer of then, who asked, and the party with its number masked.
import { displayMask, type DocumentKind } from "../identity/index.ts";
import { open } from "../platform/envelope.ts";
import { AppError } from "../platform/error.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { answerView, CheckAnswer } from "./answer.ts";
import { subjectPlace } from "./check.ts";
import type { CheckRow, StoredCheck } from "./queries.ts";
import type { SealedParty } from "./reading/subject.ts";

export const RecordedSubject = z.object({
  name: z.string(),
  formerNames: z.array(z.string()),
  document: z.object({ type: z.string(), masked: z.string(), country: z.string().nullable() }),
  role: z.string(),
  reference: z.string().nullable(),
  onBehalfOf: z.string().nullable(),
});

export const RecordedCheck = CheckAnswer.extend({
  purpose: z.string(),
  caseReference: z.string(),
  operator: z.string(),
  subject: RecordedSubject.nullable().openapi({ description: "Null once the personal data of the check is erased" }),
  batchId: z.string().nullable(),
  previousCheckId: z.string().nullable(),
}).openapi("RecordedCheck");

/** `erased` where there is nothing to open any more. */
export function openParty(ring: Pick<KeyRing, "dataKeys">, row: StoredCheck): SealedParty {
  if (isErased(row)) throw new AppError("erased");
  return JSON.parse(open(ring.dataKeys, subjectPlace(row.id), row.subjectSealed)) as SealedParty;
}

export function isErased({ subjectSealed }: StoredCheck): boolean {
  return subjectSealed.length === 0;
}

export function recordView(ring: KeyRing, row: CheckRow): z.infer<typeof RecordedCheck> {
  return {
    ...answerView(row),
    purpose: row.purpose,
    caseReference: row.caseReference,
    operator: row.operator,
    subject: partyView(ring, row),
    batchId: row.batchId === null ? null : publicId("bat", row.batchId),
    previousCheckId: row.previousCheckId === null ? null : publicId("chk", row.previousCheckId),
  };
}

/** Whom the check was about; null once that is erased. */
export function partyView(ring: KeyRing, row: StoredCheck): z.infer<typeof RecordedSubject> | null {
  return isErased(row) ? null : subjectView(row, openParty(ring, row));
}

/** For a paper: `erased` where the party is. */
export function wholeRecordView(ring: KeyRing, row: CheckRow) {
  return { ...recordView(ring, row), subject: subjectView(row, openParty(ring, row)) };
}

function subjectView(row: StoredCheck, { names, number, country }: SealedParty): z.infer<typeof RecordedSubject> {
  const [name = "", ...formerNames] = names;
  const { documentKind: type, role, reference, onBehalfOf } = row;
  const document = { type, masked: displayMask(type as DocumentKind, number), country };
  return { name, formerNames, document, role, reference, onBehalfOf };
}

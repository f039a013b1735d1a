// A check as its agency sees it later: the answer of then, who asked, and the party with its number masked.
import { displayMask, type DocumentKind } from "../identity/index.ts";
import { open } from "../platform/envelope.ts";
import { z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { answerView, CheckAnswer } from "./answer.ts";
import { subjectPlace } from "./check.ts";
import type { CheckRow } from "./queries.ts";
import type { SealedParty } from "./reading/subject.ts";

export const RecordedCheck = CheckAnswer.extend({
  purpose: z.string(),
  caseReference: z.string(),
  operator: z.string(),
  subject: z.object({
    name: z.string(),
    formerNames: z.array(z.string()),
    document: z.object({ type: z.string(), masked: z.string(), country: z.string().nullable() }),
    role: z.string(),
    reference: z.string().nullable(),
    onBehalfOf: z.string().nullable(),
  }),
  batchId: z.string().nullable(),
  previousCheckId: z.string().nullable(),
}).openapi("RecordedCheck");

export function openParty(ring: Pick<KeyRing, "dataKeys">, row: CheckRow): SealedParty {
  return JSON.parse(open(ring.dataKeys, subjectPlace(row.id), row.subjectSealed)) as SealedParty;
}

export function recordView(ring: KeyRing, row: CheckRow): z.infer<typeof RecordedCheck> {
  const sealed = openParty(ring, row);
  const [name = "", ...formerNames] = sealed.names;
  return {
    ...answerView(row),
    purpose: row.purpose,
    caseReference: row.caseReference,
    operator: row.operator,
    subject: {
      name,
      formerNames,
      document: {
        type: row.documentKind,
        masked: displayMask(row.documentKind as DocumentKind, sealed.number),
        country: sealed.country,
      },
      role: row.role,
      reference: row.reference,
      onBehalfOf: row.onBehalfOf,
    },
    batchId: row.batchId === null ? null : publicId("bat", row.batchId),
    previousCheckId: row.previousCheckId === null ? null : publicId("chk", row.previousCheckId),
  };
}

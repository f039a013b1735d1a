// What is asked for a look back: an auditor's question as of a moment, and who asks a recorded check again.
import type { Purpose } from "../../agencies/index.ts";
import { redactNumbers } from "../../identity/index.ts";
import { parseAs, z } from "../../platform/http.ts";
import { line, memberOf, type Party, purposeOf, readParty, requestFields, requireNumber, Subject } from "../request.ts";

const OPERATOR_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 500;

/** On the audit trail: no identity number. */
const noted = (lengthMax: number) => line(lengthMax).refine((text) => redactNumbers(text) === text);

export const AsOfRequest = z
  .strictObject({
    purpose: requestFields.purpose,
    subject: Subject,
    at: z.iso
      .datetime({ offset: true, abort: true })
      .refine((text) => Date.parse(text) <= Date.now(), { params: { code: "out_of_range" } })
      .openapi({ description: "A moment of the past", example: "2026-11-22T10:00:00+08:00" }),
    operator: noted(OPERATOR_LENGTH_MAX).openapi({ description: "The person who asks" }),
    reason: noted(REASON_LENGTH_MAX).openapi({ description: "Why, for the audit trail" }),
  })
  .openapi("AsOfRequest");

export const ReplayRequest = z.strictObject({ operator: requestFields.operator }).openapi("ReplayRequest");

export type AsOfInput = { purpose: Purpose; party: Party; at: Date; operator: string; reason: string };

export function parseAsOf(body: unknown): AsOfInput {
  requireNumber(memberOf(body, "subject"), "/subject");
  const { purpose: code, subject, at, ...who } = parseAs(AsOfRequest, body);
  const purpose = purposeOf(code);
  return { ...who, purpose, party: readParty(subject, purpose, "/subject"), at: new Date(at) };
}

export function parseReplay(body: unknown): z.infer<typeof ReplayRequest> {
  return parseAs(ReplayRequest, body);
}

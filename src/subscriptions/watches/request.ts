// What an agency sends to have parties watched: as in a check, with a last day.
import {
  type Party,
  purposeOf,
  readParty,
  requestFields,
  requireNumber,
  Subject,
  type Unread,
} from "../../checks/index.ts";
import { textField } from "../../courts/index.ts";
import type { Purpose } from "../../agencies/index.ts";
import { AppError } from "../../platform/error.ts";
import { parseAs, z } from "../../platform/http.ts";
import { addYears, isCalendarDate } from "../../platform/time.ts";

const SUBJECTS_MAX = 1_000;
const REFERENCE_LENGTH_MAX = 100;

/** The mark comes back with every event, so nobody's number may stand in it. */
const WatchSubject = Subject.extend({
  reference: textField(REFERENCE_LENGTH_MAX)
    .optional()
    .openapi({ description: "The agency's own mark for this party; comes back with every event" }),
}).openapi("WatchSubject");

const matter = {
  ...requestFields,
  expiresOn: z
    .string()
    .refine(isCalendarDate, { params: { code: "bad_date" } })
    .openapi({ description: "The last day, at most a year from today", example: "2027-05-31" }),
};
export const WatchRequest = z
  .strictObject({ ...matter, subjects: z.array(WatchSubject).min(1).max(SUBJECTS_MAX) })
  .openapi("WatchRequest");

/** Its items are read one by one, so that one bad item is one invalid item. */
const Envelope = z.strictObject({ ...matter, subjects: z.array(z.unknown()).min(1).max(SUBJECTS_MAX) });

export type WatchInput = {
  purpose: Purpose;
  caseReference: string;
  operator: string;
  expiresOn: string;
  parties: (Party | Unread)[];
};

export function parseWatches(body: unknown, today: string): WatchInput {
  const { subjects, ...input } = parseAs(Envelope, body);
  if (input.expiresOn < today || input.expiresOn > addYears(today, 1))
    throw new AppError("validation", { faults: [{ pointer: "#/expiresOn", code: "out_of_range" }] });
  const purpose = purposeOf(input.purpose);
  return {
    ...input,
    purpose,
    parties: subjects.map((subject, index) => readItem(subject, purpose, `/subjects/${index}`)),
  };
}

function readItem(subject: unknown, purpose: Purpose, place: string): Party | Unread {
  try {
    requireNumber(subject, place);
    return readParty(parseAs(WatchSubject, subject, place), purpose, place);
  } catch (error) {
    if (error instanceof AppError) return { problem: error };
    throw error;
  }
}

// One row of a file of questions: a party as in a batch, with the number of its own matter where it has one.
import type { Purpose } from "../../agencies/index.ts";
import { AppError } from "../../platform/error.ts";
import { parseAs, z } from "../../platform/http.ts";
import { line, type Party, readParty, requireNumber, subjectFields, type Unread } from "../request.ts";
import type { FileRow } from "./rows.ts";

const CASE_REFERENCE_LENGTH_MAX = 100;

export const BulkSubject = z
  .strictObject({
    ...subjectFields,
    caseReference: line(CASE_REFERENCE_LENGTH_MAX)
      .optional()
      .openapi({ description: "The number of this party's matter; default: that of the whole file" }),
  })
  .openapi("BulkSubject");

/** What the row asks, or the problem that its result says. */
export function readRow({ value }: FileRow, purpose: Purpose): Party | Unread {
  if (value === undefined) return { problem: new AppError("malformed-json") };
  try {
    requireNumber(value, "");
    return readParty(parseAs(BulkSubject, value), purpose, "");
  } catch (error) {
    if (error instanceof AppError) return { problem: error };
    throw error;
  }
}

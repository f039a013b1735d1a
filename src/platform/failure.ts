// What a terminal shows of a failure: both languages and what to do for the expected, names and places of the rest.
import { databaseCode } from "./database.ts";
import { AppError } from "./error.ts";
import { fieldCatalogue, problemOf } from "./problem-catalogue.ts";
import { asAppError, loggableError } from "./problem.ts";

/** Lines without any submitted value; the cut-down error, as in the log, where nobody expected it. */
export function describeFailure(error: unknown): string {
  const { code, detail } = asAppError(error);
  if (code === "internal") return JSON.stringify(loggableError(error));
  const { title } = problemOf(code);
  const faults = (detail.faults ?? []).map((fault) => `\n  ${fault.pointer} ${fieldCatalogue[fault.code].en}`);
  const note = detail.note ?? (error instanceof AppError ? null : databaseCode(error));
  return `${title.zh} · ${title.en}${note ? `: ${note}` : ""}${faults.join("")}`;
}

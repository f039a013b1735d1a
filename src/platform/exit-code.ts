// Exit codes of the command line: what a script can do about a failure without reading its text.
import { AppError } from "./error.ts";
import type { ProblemCode } from "./problem-catalogue.ts";
import { asAppError } from "./problem.ts";

export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  /** Done, but rows were rejected. */
  partial: 3,
  notFound: 4,
  conflict: 5,
  integrity: 7,
  /** A log shows less than it has shown. */
  setBack: 8,
  /** Nothing new for too long. */
  stalled: 9,
  /** Try again later (EX_TEMPFAIL of sysexits). */
  temporary: 75,
} as const;

const codeOfProblem: Partial<Record<ProblemCode, number>> = {
  validation: exitCodes.usage,
  "not-found": exitCodes.notFound,
  conflict: exitCodes.conflict,
  "same-person": exitCodes.conflict,
  "load-refused": exitCodes.conflict,
  "load-under-way": exitCodes.conflict,
  "schema-ahead": exitCodes.conflict,
  "schema-behind": exitCodes.conflict,
  "key-ring": exitCodes.integrity,
  "log-set-back": exitCodes.integrity,
  "register-unavailable": exitCodes.temporary,
  "temporary-reduced-capacity": exitCodes.temporary,
};

export function exitCodeOf(error: unknown): number {
  const known = error instanceof AppError ? error : asAppError(error);
  return codeOfProblem[known.code] ?? exitCodes.failure;
}

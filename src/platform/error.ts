// The one error class for expected failures: a problem code of the catalogue and what a caller may know about the case.
import type { FieldCode, ProblemCode, Wording } from "./problem-catalogue.ts";

/** One faulty field. `pointer` is a JSON Pointer fragment (RFC 6901 §6); the submitted value is never part of it. */
export type FieldFault = { pointer: string; code: FieldCode };

export type ProblemMembers = {
  /** The load that stands in the way. */
  load?: string;
  /** What exactly stands in the way, in English. */
  note?: string;
  /** The policies of a limit that are used up, as its draft names this member. */
  "violated-policies"?: string[];
};

export type ErrorDetail = {
  /** Faulty fields, for `validation` and its kin. */
  faults?: FieldFault[];
  /** Seconds after which the same request may succeed. */
  retryAfterSeconds?: number;
  /** Why the law does not allow it: its own code, the article, and the reason that the caller reads. */
  refusal?: { code: string; article: string; reason: Wording };
  /** Response headers that the status demands (`Allow`, `WWW-Authenticate`). */
  headers?: Record<string, string>;
  /** Further members of the problem document (RFC 9457 §3.2). They name things and hold no submitted value. */
  members?: ProblemMembers;
  /** A fact for the operator's log and terminal; names things, holds no submitted value. */
  note?: string;
};

/** An expected failure: `code` decides the status and the wording, `detail` holds no personal data. */
export class AppError extends Error {
  readonly code: ProblemCode;
  readonly detail: ErrorDetail;

  constructor(code: ProblemCode, detail: ErrorDetail = {}) {
    super(detail.note ? `${code}: ${detail.note}` : code);
    this.name = "AppError";
    this.code = code;
    this.detail = detail;
  }
}

// The codes that an answer is made of: three outcomes, the grades of a match, and what is to be done; and those of files
// of questions and of repeated checks.
import type { lists } from "../registry/schema.ts";

export type List = (typeof lists)[number];
export const outcomes = ["listed", "review", "clear"] as const;
export type Outcome = (typeof outcomes)[number];
/** What held when an agency acted before it asked: never that nothing did. */
export const outcomesThen = ["listed", "review", "unknown"] as const;
export type OutcomeThen = (typeof outcomesThen)[number];
export const grades = ["exact", "conflict", "probable"] as const;
export type Grade = (typeof grades)[number];
export const actions = ["none", "decide", "first_stop", "verify_identity"] as const;
export type Action = (typeof actions)[number];
export const bulkStates = ["queued", "running", "succeeded", "failed", "canceled"] as const;
export type BulkState = (typeof bulkStates)[number];
/**
 * What became of a listing between two answers: `term_over` ended by its day, and no act was needed; `identified` stands,
 * and a court found that it is not the party's.
 */
export const differenceKinds = ["listed", "changed", "ended", "term_over", "identified"] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

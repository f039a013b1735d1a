// The codes that an answer is made of: three outcomes, the grades of a match, and what is to be done.
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

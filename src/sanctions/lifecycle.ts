// What can be reported about a hit, how long a sanction lasts, and what a report may do to the one before it. Pure.

export const feedbackKinds = ["sanctioned", "not_sanctioned", "not_the_person"] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

/** Why nothing was done about a hit. */
export const reasons = [
  "no_basis",
  "settled",
  "listing_ended",
  "condition_not_met",
  "withdrawn",
  "discretion",
] as const;

export const durations = ["once", "until", "while_listed"] as const;
export type Duration = (typeof durations)[number];

/** `cancelled`: it was recorded in error, and another record stands in its place. */
export const sanctionStates = ["active", "completed", "lifted", "ended_by_date", "cancelled"] as const;
export type SanctionState = (typeof sanctionStates)[number];

/** By which an officer settles that a party is the one listed although the names differ. */
export const identityProofs = ["id_history", "registry_extract"] as const;
export type IdentityProof = { kind: (typeof identityProofs)[number]; number: string };

/** Statutes by which nobody need be told (个人信息保护法 art. 18 para. 1, art. 35). */
export const noticeExceptions = ["confidential", "not_required", "would_hinder"] as const;

/** What becomes of the sanctions of a report that another one replaces. */
export const formerSanctions = ["carried_over", "lifted", "recorded_in_error"] as const;
export type FormerSanctions = (typeof formerSanctions)[number];

const refusals = new Set(["restrict", "prohibit", "terminate_or_remove"]);

/** Whether a measure of this effect takes from the party what it would otherwise have. */
export function isRefusal(effect: string): boolean {
  return refusals.has(effect);
}

/**
 * What a report may say of the sanctions before it. A sanction is a decision: replacing the report that told of it leaves
 * it standing, so whoever now reports that nothing was done, or that it was somebody else, has lifted it.
 */
export function mayFollow(kind: FeedbackKind, former: FormerSanctions): boolean {
  return kind === "sanctioned" || former === "lifted";
}

/** A sanction's state at birth: what happens once is over when it has happened. */
export function firstStateOf(duration: Duration): SanctionState {
  return duration === "once" ? "completed" : "active";
}

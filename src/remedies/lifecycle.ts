// An objection's life (纠正申请): which act leads from which state to which, who may take it, and by which article.
import { type Authority, hasAuthority, listRule, type Staff, workingRule } from "../courts/index.ts";
import type { DeletionGround, LiftGround, Listing } from "../registry/index.ts";
import { type ObjectionRefusal, refusalOf } from "./refusal.ts";

export const objectionStates = [
  "unverified",
  "under_review",
  "upheld",
  "corrected",
  "rejected",
  "under_reconsideration",
  "finally_rejected",
  "withdrawn",
  "closed",
] as const;
export type ObjectionState = (typeof objectionStates)[number];

/**
 * `correction` is the application of art. 11. `performance_notice` is the party's own word that it has performed
 * (已履行，申请删除): it sets the court's time for deletion running, and no reconsideration follows it.
 */
export const objectionKinds = ["correction", "performance_notice"] as const;
export type ObjectionKind = (typeof objectionKinds)[number];

/** Art. 11: (1) should not be listed, (2) the information is inaccurate, (3) should be deleted. */
export const objectionGrounds = ["not_listable", "inaccurate", "deletable"] as const;
export type ObjectionGround = (typeof objectionGrounds)[number];

/** What a decision that upholds an objection orders. A rectification is worded when it is carried out. */
export type OrderedCorrection =
  | { operation: "revoke" | "early" | "rectify" }
  | { operation: "delete"; ground: DeletionGround }
  | { operation: "lift"; ground: LiftGround };
export const correctionOperations = ["revoke", "early", "rectify", "delete", "lift"] as const;
export type CorrectionOperation = OrderedCorrection["operation"];

export const objectionActNames = [
  "verify",
  "close",
  "uphold",
  "reject",
  "record_service",
  "apply_for_reconsideration",
  "uphold_reconsideration",
  "reject_reconsideration",
  "correct",
  "withdraw",
] as const;
export type ObjectionAct = (typeof objectionActNames)[number];

export type ObjectionFacts = {
  kind: ObjectionKind;
  state: ObjectionState;
  /** Whoever drew up or decided the listing, or the rejection: none of them reviews it. */
  deciders: readonly string[];
  servedOn: string | null;
  /** The last day for reconsideration; null while no holiday notice tells it, which counts for the party. */
  filingDueOn: string | null;
};

type Rule = {
  from: readonly ObjectionState[];
  /** Null: the state stays. */
  to: ObjectionState | null;
  authority: Authority;
  article: string;
  /** Whose act it is: the court that enforces, or the next higher one. */
  court: "enforcing" | "next_higher";
};

const review = listRule("第十二条第一款");
const reconsideration = listRule("第十二条第二款");

/** What is not in it is not possible: nothing leads out of `corrected`, `finally_rejected`, `withdrawn` or `closed`. */
export const objectionTransitions = {
  verify: { from: ["unverified"], to: "under_review", authority: "clerk", article: review, court: "enforcing" },
  close: { from: ["unverified"], to: "closed", authority: "judge", article: workingRule, court: "enforcing" },
  uphold: { from: ["under_review"], to: "upheld", authority: "judge", article: review, court: "enforcing" },
  reject: { from: ["under_review"], to: "rejected", authority: "judge", article: review, court: "enforcing" },
  record_service: { from: ["rejected"], to: null, authority: "clerk", article: review, court: "enforcing" },
  apply_for_reconsideration: {
    from: ["rejected"],
    to: "under_reconsideration",
    authority: "clerk",
    article: reconsideration,
    court: "next_higher",
  },
  uphold_reconsideration: {
    from: ["under_reconsideration"],
    to: "upheld",
    authority: "judge",
    article: reconsideration,
    court: "next_higher",
  },
  reject_reconsideration: {
    from: ["under_reconsideration"],
    to: "finally_rejected",
    authority: "judge",
    article: reconsideration,
    court: "next_higher",
  },
  correct: { from: ["upheld"], to: "corrected", authority: "judge", article: review, court: "enforcing" },
  withdraw: {
    from: ["under_review", "under_reconsideration"],
    to: "withdrawn",
    authority: "clerk",
    article: review,
    court: "enforcing",
  },
} as const satisfies Record<ObjectionAct, Rule>;

/** The states in which every answer says that an objection runs (`underObjection`); what they rest on stays in force. */
export const runningStates: readonly ObjectionState[] = ["under_review", "upheld", "under_reconsideration"];

export function isRunning({ kind, state }: Pick<ObjectionFacts, "kind" | "state">): boolean {
  return kind === "correction" && runningStates.includes(state);
}

/** What `act` by `staff` makes of the objection on the day `on`, or why it is not allowed. `filedOn`: the day of posting. */
export function objectionStep(
  facts: ObjectionFacts,
  act: ObjectionAct,
  staff: Staff,
  { on, filedOn }: { on: string; filedOn?: string },
): { next: ObjectionState } | { refused: ObjectionRefusal } {
  const { from, to, authority, article }: Rule = objectionTransitions[act];
  if (!hasAuthority(staff, authority, on)) return { refused: refusalOf("role", article) };
  if (!from.includes(facts.state)) return { refused: refusalOf("wrong-state", article) };
  if (isReview(act) && facts.deciders.includes(staff.id)) return { refused: refusalOf("same-person") };
  if (act === "apply_for_reconsideration") {
    const refused = findFilingFault(facts, filedOn ?? on);
    if (refused) return { refused };
  }
  return { next: to ?? facts.state };
}

/** Nobody looks again at what they did; carrying out what another upheld is not looking again. */
function isReview(act: ObjectionAct): boolean {
  return /^(?:uphold|reject)/.test(act);
}

/** Art. 12 para. 2: within ten days of service. */
function findFilingFault({ kind, servedOn, filingDueOn }: ObjectionFacts, filedOn: string): ObjectionRefusal | null {
  if (kind === "performance_notice") return refusalOf("no-reconsideration");
  if (servedOn === null || filedOn < servedOn) return refusalOf("rejection-not-served");
  return filingDueOn !== null && filedOn > filingDueOn ? refusalOf("filed-late") : null;
}

/** Art. 12 para. 1: what is upheld is corrected as its ground says. A limit is lifted, and never deleted. */
export function openCorrections(ground: ObjectionGround, list: Listing["list"]): readonly CorrectionOperation[] {
  const removal: readonly CorrectionOperation[] = list === "dishonest" ? ["delete", "early"] : ["lift"];
  const open: Record<ObjectionGround, readonly CorrectionOperation[]> = {
    not_listable: ["revoke"],
    inaccurate: ["rectify"],
    deletable: removal,
  };
  return open[ground];
}

export function findCorrectionFault(
  ground: ObjectionGround,
  list: Listing["list"],
  operation: CorrectionOperation,
): ObjectionRefusal | null {
  return openCorrections(ground, list).includes(operation) ? null : refusalOf("other-correction");
}

// A listing's life: which act leads from which state to which, who may take it, by which article, and what it needs.
import {
  addMonths,
  type Authority,
  enforcementOpinion,
  hasAuthority,
  limitRule,
  listRule,
  type Staff,
  workingRule,
} from "../courts/index.ts";
import { addDays, shanghaiDate } from "../platform/time.ts";
import { type Draft, findBars } from "./bars.ts";
import type { Listing } from "./content.ts";
import {
  articleOf,
  authorityFor,
  type Consequence,
  consequenceOf,
  type Exit,
  type ExitFacts,
  findExitFault,
} from "./exit.ts";
import { type ExceptionWindow, findWindowFault } from "./exception-window.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

export type ListingState = Listing["state"];
export type ListingFacts = ExitFacts & {
  /** Everybody who drew the draft up or changed it; nobody for what a feed brought. */
  draftedBy: readonly string[];
  servedOn: string | null;
  graceEndsOn: string | null;
  /** The day of the latest statement that nothing was performed. */
  unperformedOn: string | null;
  endedBy: string | null;
};

export type Act =
  | { name: "amend" }
  /** Null where there is no draft to decide on. */
  | { name: "decide"; draft: Draft | null }
  | { name: "reject" }
  | { name: "record_service" }
  | { name: "state_unperformed" }
  | { name: "grant_grace"; until: string }
  | { name: "publish" }
  | { name: "lapse" }
  | { name: "rectify"; addsBurden: boolean }
  | { name: "exit"; exit: Exit }
  | { name: "second_look" }
  | { name: "shield" }
  | { name: "open_window"; window: ExceptionWindow }
  | { name: "close_window" }
  | { name: "transfer" };

export type Outcome =
  { next: ListingState; consequence: Consequence | null; needsSecondLook: boolean } | { refused: Refusal };

type Weight = Pick<ExitFacts, "grounds" | "answersUntil">;

type Rule = {
  from: readonly ListingState[];
  /** Null: the state stays. */
  to: ListingState | null;
  authority: Authority;
  article: Record<Listing["list"], string>;
};

const unpublished: ListingState[] = ["decided", "grace"];
const live: ListingState[] = [...unpublished, "published"];
const over: ListingState[] = ["ended", "lapsed"];

const onBoth = (article: string) => ({ dishonest: article, consumption_limit: article });
const decision = { dishonest: listRule("第五条"), consumption_limit: limitRule() };
const grace = onBoth(enforcementOpinion("第十五条"));
const publication = { dishonest: listRule("第六条"), consumption_limit: limitRule() };
const correction = { dishonest: listRule("第九条第二款"), consumption_limit: enforcementOpinion("第十八条") };
const window = onBoth(limitRule("第八条"));

/** The transition table of both lists. What is not in it is not possible: nothing leads out of `ended` or `lapsed`. */
export const transitions = {
  amend: { from: ["draft"], to: null, authority: "clerk", article: decision },
  decide: { from: ["draft"], to: "decided", authority: "president", article: decision },
  reject: { from: ["draft"], to: "ended", authority: "judge", article: decision },
  record_service: { from: unpublished, to: null, authority: "clerk", article: decision },
  state_unperformed: { from: unpublished, to: null, authority: "clerk", article: grace },
  grant_grace: { from: ["decided"], to: "grace", authority: "judge", article: grace },
  publish: { from: unpublished, to: "published", authority: "judge", article: publication },
  lapse: { from: ["grace"], to: "lapsed", authority: "judge", article: grace },
  rectify: { from: live, to: null, authority: "judge", article: correction },
  /** Each exit has its own authority and article. */
  exit: { from: live, to: "ended", authority: "judge", article: onBoth(listRule("第十条")) },
  second_look: { from: over, to: null, authority: "judge", article: onBoth(workingRule) },
  /** The tick that the national database does not show it any more. */
  shield: { from: ["ended"], to: null, authority: "clerk", article: onBoth(workingRule) },
  open_window: { from: ["published"], to: null, authority: "president", article: window },
  close_window: { from: ["published"], to: null, authority: "president", article: window },
  transfer: { from: ["draft", ...live], to: null, authority: "judge_or_system", article: onBoth(workingRule) },
} as const satisfies Record<Act["name"], Rule>;

const graceMonths = { min: 1, max: 3 };
/** A statement of non-performance is good for publication through the third day after it. */
const statementDaysMax = 3;

/** What `act` by `staff` at `now` makes of the listing, or why the law does not allow it. */
export function transition(listing: ListingFacts, act: Act, staff: Staff, now: Date): Outcome {
  const today = shanghaiDate(now);
  const { from, to, article: articles }: Rule = transitions[act.name];
  const article = act.name === "exit" ? articleOf(act.exit, listing.list) : articles[listing.list];
  if (!hasAuthority(staff, authorityOf(act), today)) return { refused: refusalOf("role", article) };
  if (!from.includes(listing.state)) return { refused: refusalOf("wrong-state", article) };
  if (hasActedBefore(act, listing, staff)) return { refused: refusalOf("same-person") };
  const refused = findFault(listing, act, today);
  if (refused) return { refused };
  return {
    next: to ?? listing.state,
    consequence: consequenceFor(act, listing.list, today),
    needsSecondLook: act.name === "lapse" || (act.name === "exit" && act.exit.operation !== "expire"),
  };
}

/** Relief takes a judge; what weighs more on the party is signed by the president, as the decision was. */
function authorityOf(act: Act): Authority {
  if (act.name === "exit") return authorityFor(act.exit);
  return act.name === "rectify" && act.addsBurden ? "president" : transitions[act.name].authority;
}

/** Art. 13: a decision, and a second look, are another person's than what they are about. */
function hasActedBefore(act: Act, { draftedBy, endedBy }: ListingFacts, { id }: Staff): boolean {
  return act.name === "decide" ? draftedBy.includes(id) : act.name === "second_look" && endedBy === id;
}

function findFault(listing: ListingFacts, act: Act, today: string): Refusal | null {
  switch (act.name) {
    case "decide":
      if (act.draft?.list !== listing.list) throw new TypeError("the draft is not of this listing");
      return findBars(act.draft, today)[0] ?? null;
    case "grant_grace":
      return isGrace(today, act.until) ? null : refusalOf("grace-length");
    case "publish":
      return findPublicationFault(listing, today);
    case "exit":
      return findExitFault(act.exit, listing, today);
    case "open_window":
      return findWindowFault(act.window, listing, today);
    case "amend":
    case "reject":
    case "record_service":
    case "state_unperformed":
    case "lapse":
    case "rectify":
    case "second_look":
    case "shield":
    case "close_window":
    case "transfer":
      return null;
  }
}

function isGrace(today: string, until: string): boolean {
  return addMonths(today, graceMonths.min) <= until && until <= addMonths(today, graceMonths.max);
}

/** Art. 5 and the opinion's art. 15: served, grace over, and nothing performed by the latest account. */
function findPublicationFault(listing: ListingFacts, today: string): Refusal | null {
  const { state, servedOn, graceEndsOn, unperformedOn, answersUntil } = listing;
  if (servedOn === null || servedOn > today) return refusalOf("not-served");
  if (state === "grace" && (graceEndsOn === null || today <= graceEndsOn)) return refusalOf("grace-running");
  if (unperformedOn === null || unperformedOn > today || today > addDays(unperformedOn, statementDaysMax))
    return refusalOf("statement-missing");
  // A term that runs from the decision may be over before anybody publishes.
  return answersUntil !== null && answersUntil < today ? refusalOf("term-ended") : null;
}

/** Performance in grace leaves the limit without a reason, as R1 does (limit rule art. 9). */
function consequenceFor(act: Act, list: Listing["list"], today: string): Consequence | null {
  if (act.name === "exit") return consequenceOf(act.exit, today);
  if (act.name === "lapse" && list === "dishonest") return { limit: "must_lift", creditorBarredUntil: null };
  return null;
}

/** Whether `after` weighs more on the party than `before`: a ground more, or a later end. */
export function addsBurden(before: Weight, after: Weight): boolean {
  const isLonger = before.answersUntil !== null && (after.answersUntil ?? "9999-12-31") > before.answersUntil;
  return isLonger || after.grounds.some((ground) => !before.grounds.includes(ground));
}

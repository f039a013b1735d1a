// The ways off the two lists: which is open to a listing, who may take it, and what follows (arts. 2, 9, 10; limit rule art. 9).
import { type Authority, enforcementOpinion, limitRule, listRule } from "../courts/index.ts";
import { creditorBarredUntil } from "./bars.ts";
import type { Listing } from "./content.ts";
import { hasFixedGroundsOnly } from "./grounds.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

export type DeletionGround =
  { code: "R1" | "R2" | "R3" | "R5" | "R6" | "R7" } | { code: "R4"; searches: number; hasLead: boolean };
export type LiftGround = "performed" | "security" | "consent" | "role_ended" | "private";

export type Exit =
  | { operation: "revoke" }
  | { operation: "delete"; ground: DeletionGround }
  | { operation: "expire" }
  | { operation: "early" }
  | { operation: "lift"; ground: LiftGround };

export type ExitFacts = Pick<Listing, "list" | "capacity" | "state" | "termKind" | "answersUntil"> & {
  grounds: readonly string[];
  /** For a debtor's limit: whether the same debtor is on the dishonest list, decided or published. */
  debtorListed: boolean;
};

export type Consequence = {
  /** `must_lift` opens a task: the debtor has nothing left to perform (limit rule art. 9). */
  limit: "must_lift" | "stays";
  /** Art. 10: through this day the creditor's own application is refused. */
  creditorBarredUntil: string | null;
};

const searchesMin = 2;
/** The creditor is paid or the title is gone; R3 to R5 leave the debt as it was. */
const liftsLimit: readonly string[] = ["R1", "R2", "R6", "R7"];

/** The article that an exit rests on. */
export function articleOf(exit: Exit, list: Listing["list"]): string {
  switch (exit.operation) {
    case "revoke":
      return list === "dishonest" ? listRule("第九条第一款") : enforcementOpinion("第十八条");
    case "delete":
      return listRule("第十条第一款");
    case "expire":
      return listRule("第十条第二款");
    case "early":
      return listRule("第二条第二款");
    case "lift":
      if (exit.ground === "role_ended") return enforcementOpinion("第十七条");
      return exit.ground === "private" ? limitRule() : limitRule("第九条");
  }
}

/** Relief takes one judge; the president signs where the court has a choice. A term ends by itself. */
export function authorityFor(exit: Exit): Authority {
  if (exit.operation === "expire") return "judge_or_system";
  const isChoice = exit.operation === "early" || (exit.operation === "delete" && exit.ground.code === "R3");
  return isChoice ? "president" : "judge";
}

/** What forbids this exit on the day `on`; null where nothing does. */
export function findExitFault(exit: Exit, facts: ExitFacts, on: string): Refusal | null {
  const isLift = exit.operation === "lift";
  if (exit.operation !== "revoke" && isLift !== (facts.list === "consumption_limit"))
    return refusalOf("other-list", articleOf(exit, facts.list));
  switch (exit.operation) {
    case "revoke":
    case "early":
      return null;
    case "expire":
      return facts.answersUntil !== null && facts.answersUntil < on ? null : refusalOf("term-running");
    case "delete":
      return findDeletionFault(exit.ground, facts);
    case "lift":
      return findLiftFault(exit.ground, facts);
  }
}

export function consequenceOf(exit: Exit, on: string): Consequence {
  const code = exit.operation === "delete" ? exit.ground.code : "";
  return {
    limit: liftsLimit.includes(code) ? "must_lift" : "stays",
    creditorBarredUntil: code === "R3" ? creditorBarredUntil(on) : null,
  };
}

function findDeletionFault(ground: DeletionGround, { state, grounds, termKind }: ExitFacts): Refusal | null {
  // Art. 10 para. 2: none of R1 to R7 is open to a listing with a term, whatever was performed since.
  if (termKind === "fixed" || hasFixedGroundsOnly(grounds)) return refusalOf("term-fixed");
  if (state === "grace" && (ground.code === "R1" || ground.code === "R2")) return refusalOf("performed-in-grace");
  if (ground.code === "R4" && (ground.searches < searchesMin || ground.hasLead)) return refusalOf("searches-missing");
  return null;
}

function findLiftFault(ground: LiftGround, { capacity, debtorListed }: ExitFacts): Refusal | null {
  switch (ground) {
    case "performed":
      return null;
    case "security":
    case "consent":
      // Here the court has a choice, and as long as the debtor is listed it has none.
      return capacity === "debtor" && debtorListed ? refusalOf("limit-follows-listing") : null;
    case "role_ended":
      return capacity === "debtor" ? refusalOf("only-officers") : null;
    case "private":
      return capacity === "debtor" ? refusalOf("only-officers", limitRule()) : null;
  }
}

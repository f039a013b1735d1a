// Terms of listings (arts. 2 and 10): what kind of end a listing has, and the last day on which a check may answer with it.
import { addMonths } from "../courts/index.ts";
import { addDays, addYears } from "../platform/time.ts";
import type { RunningTerm, TermDecision, TermStart } from "./drafted-values.ts";
import { hasFixedGroundsOnly } from "./grounds.ts";
import type { Listing } from "./content.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

/** A term as its court decided it. */
export type GivenTerm = { endsOn: string; runsFrom?: TermStart };

export type Term = Pick<Listing, "termKind" | "termRunsFrom" | "termEndsOn" | "answersUntil">;

/** Art. 2: two years, extended by at most three. */
const longestTermYears = 5;
/** Art. 10 para. 2: the court deletes within three working days of the end. */
const deletionWorkingDays = 3;

/**
 * Fixed grounds without a stated term answer until the longest lawful term and the days for its deletion are over. The
 * days are counted by weekdays: public holidays can only lengthen them, and by then the longest term itself has ended.
 */
export function termOf(grounds: readonly string[], publishedOn: string | null, given?: GivenTerm): Term {
  if (given) {
    const { endsOn, runsFrom = null } = given;
    return { termKind: "fixed", termRunsFrom: runsFrom, termEndsOn: endsOn, answersUntil: endsOn };
  }
  const isOpen = grounds.length === 1 && grounds[0] === "G1";
  const mayRunOut = publishedOn !== null && hasFixedGroundsOnly(grounds);
  return {
    termKind: isOpen ? "open" : "unknown",
    termRunsFrom: null,
    termEndsOn: null,
    answersUntil: mayRunOut ? addWeekdays(addYears(publishedOn, longestTermYears), deletionWorkingDays) : null,
  };
}

const termMonths = 24;
const extensionMonths = { min: 12, max: 36 };

/** Art. 2: one term a decision, two years and an extension of one to three; open only where G1 stands alone. */
export function findTermFault(grounds: readonly string[], decision: TermDecision): Refusal | null {
  const isOpen = grounds.length === 1 && grounds[0] === "G1";
  if (decision.kind === "open") return isOpen ? null : refusalOf("term-required");
  if (isOpen) return refusalOf("term-not-allowed");
  const extendedBy = decision.months - termMonths;
  if (extendedBy === 0) return null;
  const isLawful =
    Number.isInteger(extendedBy) && extendedBy >= extensionMonths.min && extendedBy <= extensionMonths.max;
  if (!isLawful) return refusalOf("term-length");
  return decision.extension === null ? refusalOf("extension-reason") : null;
}

/** A decided term in the columns of a listing; a fixed one has no end before the event that it runs from. */
export function decidedTerm(term: RunningTerm, starts: { [K in TermStart]?: string | null }): Term {
  if (term.kind === "open") return { termKind: "open", termRunsFrom: null, termEndsOn: null, answersUntil: null };
  const startsOn = starts[term.runsFrom];
  const endsOn = startsOn ? termEnd(startsOn, term.months) : null;
  return { termKind: "fixed", termRunsFrom: term.runsFrom, termEndsOn: endsOn, answersUntil: endsOn };
}

/** The last day of a term of `months` that runs from `startsOn`, which is not counted. */
export function termEnd(startsOn: string, months: number): string {
  return addMonths(startsOn, months);
}

function addWeekdays(date: string, weekdays: number): string {
  let day = date;
  for (let left = weekdays; left > 0;) {
    day = addDays(day, 1);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return day;
}

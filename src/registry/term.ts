// Terms of listings (arts. 2 and 10): what kind of end a listing has, and the last day on which a check may answer with it.
import { addDays, addYears } from "../platform/time.ts";
import { hasFixedGroundsOnly } from "./grounds.ts";
import type { Listing } from "./content.ts";

/** A term as its court decided it. */
export type GivenTerm = { endsOn: string; runsFrom?: "decision" | "effect" | "publication" };

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

function addWeekdays(date: string, weekdays: number): string {
  let day = date;
  for (let left = weekdays; left > 0;) {
    day = addDays(day, 1);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left--;
  }
  return day;
}

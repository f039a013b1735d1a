// A temporary leave from the consumption limit: named measures, at most one month, by the president (limit rule art. 8).
import { addMonths, hasAuthority, limitRule, type Staff } from "../courts/index.ts";
import { shanghaiDate } from "../platform/time.ts";
import type { Listing } from "./content.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

export type ExceptionWindow = { measures: readonly string[]; from: string; until: string };

const windowMonthsMax = 1;

/** What forbids this window; null where nothing does. */
export function findWindowFault(
  { measures, from, until }: ExceptionWindow,
  listing: Pick<Listing, "list" | "state">,
  staff: Staff,
  now: Date,
): Refusal | null {
  const today = shanghaiDate(now);
  if (!hasAuthority(staff, "president", today)) return refusalOf("role", limitRule("第八条"));
  if (listing.list !== "consumption_limit") return refusalOf("other-list", limitRule("第八条"));
  if (listing.state !== "published") return refusalOf("wrong-state", limitRule("第八条"));
  const isLawful = measures.length > 0 && today <= until && from <= until && until <= addMonths(from, windowMonthsMax);
  return isLawful ? null : refusalOf("window-length");
}

/** Whether the window takes this measure out of answers on the day `on`. */
export function isOpenFor({ measures, from, until }: ExceptionWindow, measure: string, on: string): boolean {
  return from <= on && on <= until && measures.includes(measure);
}

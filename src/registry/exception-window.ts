// A temporary leave from the consumption limit: named measures, at most one month (limit rule art. 8).
import { addMonths, limitRule } from "../courts/index.ts";
import type { Listing } from "./content.ts";
import { type Refusal, refusalOf } from "./refusal.ts";

export type ExceptionWindow = { measures: readonly string[]; from: string; until: string };

const windowMonthsMax = 1;

/** What forbids to open this window on the day `on`; null where nothing does. */
export function findWindowFault(
  { measures, from, until }: ExceptionWindow,
  { list }: Pick<Listing, "list">,
  on: string,
): Refusal | null {
  if (list !== "consumption_limit") return refusalOf("other-list", limitRule("第八条"));
  const isLawful = measures.length > 0 && on <= until && from <= until && until <= addMonths(from, windowMonthsMax);
  return isLawful ? null : refusalOf("window-length");
}

/** Whether the window takes this measure out of answers on the day `on`. */
export function isOpenFor({ measures, from, until }: ExceptionWindow, measure: string, on: string): boolean {
  return from <= on && on <= until && measures.includes(measure);
}

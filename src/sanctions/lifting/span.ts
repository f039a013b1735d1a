// When a listing was a ground: published, within its term, and under a name by which the party was found. Pure.
import { addDays } from "../../platform/time.ts";

/** Instants are microseconds, as the database keeps them: acts that follow one another never share one. */
export type Micros = number;

/** What a listing was from a change of the register on, until the next one. */
export type ListingChange = {
  listingId: string;
  at: Micros;
  isPublished: boolean;
  nameKeys: readonly string[];
  /** The last day on which it answers. */
  answersUntil: string | null;
};

/** The first instant, and the first one after. */
export type Span = { listingId: string; from: Micros; to: Micros };

/** Of one listing, its changes in their order; `names` are those under which the party was found. */
export function spansOf(changes: readonly ListingChange[], names: ReadonlySet<string>): Span[] {
  return changes.flatMap(({ listingId, at: from, isPublished, nameKeys, answersUntil }, index) => {
    if (!isPublished || !nameKeys.some((key) => names.has(key))) return [];
    const next = changes[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const to = Math.min(next, answersUntil === null ? next : startOfDay(addDays(answersUntil, 1)));
    return from < to ? [{ listingId, from, to }] : [];
  });
}

/** Spans without a gap between them, as one: `first` and `last` are the listings that begin and end it. */
export type Ground = { from: Micros; to: Micros; first: string; last: string };

export function joinSpans(spans: readonly Span[]): Ground[] {
  const grounds: Ground[] = [];
  for (const { listingId, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const current = grounds.at(-1);
    if (!current || from > current.to) grounds.push({ from, to, first: listingId, last: listingId });
    else if (to > current.to) Object.assign(current, { to, last: listingId });
  }
  return grounds;
}

/** The day of the month begins at midnight in Shanghai. */
export function startOfDay(date: string): Micros {
  return Date.parse(`${date}T00:00:00+08:00`) * 1000;
}

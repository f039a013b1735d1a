// What decides whether a row answers: its grounds, its publication, whether its number is masked.
import { chance, draw, facets, fraction, pick } from "./draw.ts";
import { groundSets, type Ground } from "./vocabulary.ts";
import type { World } from "./world.ts";

export type Listing = {
  grounds: readonly Ground[];
  /** Index of the publication day in the calendar. */
  published: number;
  masked: boolean;
  /** With which grade it answers for its party; null for a fixed term that has certainly run out. */
  grade: "exact" | "probable" | null;
};

const FIXED_TERMS: ReadonlySet<Ground> = new Set(["G2", "G3", "G4", "G5", "G6"]);
const STALE_SHARE = 0.25;
/** Site copies mask every person, lists shared between authorities none: a national list is put together from both. */
const MASKED_SHARE = { national: 0.3, local: 0 } as const;

export function listingAt(world: World, party: number, row: number): Listing {
  const { calendar, population, seed } = world;
  const grounds = pick(groundSets, draw(seed, facets.grounds, row));
  const isPerson = population.kindOf(party) === "person";
  const opening = !isPerson && population.isReformed(party) ? calendar.codeReform : calendar.opening;
  const fixed = grounds.every((ground) => FIXED_TERMS.has(ground));
  const stale = fixed && chance(draw(seed, facets.age, row), STALE_SHARE);
  const latest = stale ? calendar.stale : calendar.last;
  // A fixed term (two to five years, art. 2) is published either lately or longer ago than any term lasts.
  const earliest = fixed && !stale ? calendar.young : opening;
  const recency = fraction(draw(seed, facets.recency, row));
  const published = latest - Math.floor(recency * recency * (latest - earliest + 1));
  const masked = isPerson && chance(draw(seed, facets.masked, row), MASKED_SHARE[world.kind]);
  return { grounds, published, masked, grade: stale ? null : masked ? "probable" : "exact" };
}

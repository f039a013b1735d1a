// Everything that the options determine before the first row: population, layout, calendar and who is flawed.
import { calendarUpTo, type Calendar } from "./calendar.ts";
import { chance, draw, facets } from "./draw.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { assertSyntheticOptions, DEFAULT_AS_OF, type SyntheticKind, type SyntheticOptions } from "./options.ts";
import { populationOf, type Population } from "./party.ts";

export type World = {
  kind: SyntheticKind;
  seed: number;
  population: Population;
  layout: Layout;
  calendar: Calendar;
  /** A party is flawed in all its rows or in none, so a flawed row never hides behind a good one. */
  isFlawed: (party: number) => boolean;
};

export function worldOf(options: SyntheticOptions): World {
  assertSyntheticOptions(options);
  const { rows, seed, kind, flaws = 0, asOf = DEFAULT_AS_OF } = options;
  return {
    kind,
    seed,
    population: populationOf(kind, seed),
    layout: layoutOf(rows, seed),
    calendar: calendarUpTo(asOf),
    isFlawed: (party) => chance(draw(seed, facets.flawed, party), flaws),
  };
}

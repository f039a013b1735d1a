// What a check must answer once the rows are loaded as the only list: the best grade over all rows of the party asked for.
import type { DocumentKind } from "../../identity/index.ts";
import { chance, draw, facets } from "./draw.ts";
import type { SyntheticFault } from "./flaw.ts";
import { listingAt } from "./listing.ts";
import type { Party } from "./party.ts";
import type { World } from "./world.ts";

export type SyntheticCheck = { name: string; document: { type: DocumentKind; number: string } };

export type Answer = {
  outcome: "listed" | "review" | "clear";
  grade: "exact" | "conflict" | "probable" | null;
  why?: string;
};

export type Truth = Answer & {
  /** Which row of the file it speaks of, from 1; a CSV header is not counted. */
  line: number;
  accepted: boolean;
  fault?: SyntheticFault;
  /** How to ask for the party with its full number; null where it cannot be asked for. */
  check: SyntheticCheck | null;
};

export type Grades = { exact: boolean; probable: boolean };

const ASKED_BY_ORGANISATION_CODE = 0.25;

/** With which grades the party's rows answer; none for a flawed party, whose rows are all rejected. */
export function gradesOf(world: World, party: number): Grades {
  const grades = { exact: false, probable: false };
  if (world.isFlawed(party)) return grades;
  const { first, end } = world.layout.rowsOf(party);
  for (let row = first; row < end; row++) {
    const { grade } = listingAt(world, party, row);
    if (grade) grades[grade] = true;
  }
  return grades;
}

export function answerOf({ exact, probable }: Grades): Answer {
  if (exact) return { outcome: "listed", grade: "exact" };
  if (probable) return { outcome: "review", grade: "probable", why: "every row that answers is masked" };
  return { outcome: "clear", grade: null, why: "only fixed terms, published more than five years ago" };
}

/** Organisations are also asked for by the nine characters inside their code. */
export function checkOf({ seed }: World, { kind, index, name, number }: Party): SyntheticCheck {
  if (kind === "person") return { name, document: { type: "resident_id", number } };
  return chance(draw(seed, facets.asked, index), ASKED_BY_ORGANISATION_CODE)
    ? { name, document: { type: "organization_code", number: number.slice(8, 17) } }
    : { name, document: { type: "uscc", number } };
}

// The rows of a list one after the other, each with its truth, in memory that does not grow.
import { faultOf, spoil, type SyntheticFault } from "./flaw.ts";
import { listingAt } from "./listing.ts";
import type { SyntheticOptions } from "./options.ts";
import type { Party } from "./party.ts";
import { rowOf, type SyntheticRow } from "./row.ts";
import { answerOf, checkOf, gradesOf, type SyntheticCheck, type Truth } from "./truth.ts";
import { worldOf, type World } from "./world.ts";

export type RowWithTruth = { row: SyntheticRow; truth: Truth };

export function* syntheticRows(options: SyntheticOptions): Generator<RowWithTruth> {
  const world = worldOf(options);
  let before: RowWithTruth | null = null;
  for (let index = 0; index < options.rows; index++) {
    const line = index + 1;
    const { row, party } = world.layout.placeOf(index);
    const one: RowWithTruth = world.isFlawed(party)
      ? flawedRow(world, party, row, line, before)
      : goodRow(world, party, row, line);
    before = one;
    yield one;
  }
}

function goodRow(world: World, index: number, row: number, line: number): RowWithTruth {
  const party = world.population.partyAt(index);
  const { outcome, grade, why } = answerOf(gradesOf(world, index));
  const truth: Truth = { line, accepted: true, check: checkOf(world, party), outcome, grade };
  if (why !== undefined) truth.why = why;
  return { row: rowOf(world, party, listingAt(world, index, row), row), truth };
}

function flawedRow(world: World, index: number, row: number, line: number, before: RowWithTruth | null): RowWithTruth {
  const party = world.population.partyAt(index);
  let fault = faultOf(world, party, row);
  if (fault === "duplicate") {
    if (before?.truth.accepted) return { row: before.row, truth: { ...before.truth, line, accepted: false, fault } };
    fault = "case_number_missing";
  }
  const good = rowOf(world, party, listingAt(world, index, row), row);
  return { row: spoil(world, good, party, row, fault), truth: rejection(world, party, line, fault) };
}

/** The rejected row's party is on no other row, so whoever asks for it by its true number gets a clear. */
function rejection(world: World, party: Party, line: number, fault: SyntheticFault): Truth {
  const check: SyntheticCheck | null = fault === "minor" ? null : checkOf(world, party);
  return { line, accepted: false, fault, check, outcome: "clear", grade: null, why: "the row is rejected" };
}

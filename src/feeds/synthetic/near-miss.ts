// Parties for checks that must not answer `listed`: strangers to the list, and those that share only half an identity with it.
import { nameKey, residentIdOf } from "../../identity/index.ts";
import type { SyntheticOptions } from "./options.ts";
import type { Party } from "./party.ts";
import { checkOf, gradesOf, type Answer, type SyntheticCheck } from "./truth.ts";
import { worldOf, type World } from "./world.ts";

export type NearMiss = Answer & { kind: "other_name" | "other_number" | "same_mask"; check: SyntheticCheck };

/** The i-th person or organisation that is on no row of the list. */
export function clearParty(options: SyntheticOptions, i: number): SyntheticCheck {
  const world = worldOf(options);
  return checkOf(world, strangerAt(world, i));
}

/** The same for many: `clearParty` builds the world anew at every call, which takes milliseconds. */
export function* clearParties(options: SyntheticOptions): Generator<SyntheticCheck> {
  const world = worldOf(options);
  for (let i = 0; i < strangersOf(world); i++) yield checkOf(world, strangerAt(world, i));
}

/** Checks beside the listed parties, party by party: their number under another name, their name with another number, their mask. */
export function* nearMisses(options: SyntheticOptions): Generator<NearMiss> {
  const world = worldOf(options);
  for (let index = 0; index < world.layout.parties; index++) {
    if (world.isFlawed(index)) continue;
    const party = world.population.partyAt(index);
    const stranger = strangerLike(world, party);
    if (nameKey(stranger.name) === nameKey(party.name)) continue;
    yield otherName(world, party, stranger);
    yield otherNumber(world, party, stranger);
    if (party.kind === "person") yield sameMask(world, party);
  }
}

function otherName(world: World, party: Party, stranger: Party): NearMiss {
  const check = { ...checkOf(world, party), name: stranger.name };
  return gradesOf(world, party.index).exact
    ? { kind: "other_name", check, outcome: "review", grade: "conflict" }
    : { kind: "other_name", check, outcome: "clear", grade: null, why: "no row with the full number answers" };
}

function otherNumber(world: World, party: Party, stranger: Party): NearMiss {
  const check = { ...checkOf(world, stranger), name: party.name };
  return { kind: "other_number", check, outcome: "clear", grade: null, why: "a name alone never decides" };
}

/** About 33 birthdays of a year fit the same mask, and none of the others belongs to anybody invented. */
function sameMask(world: World, party: Party): NearMiss {
  const check: SyntheticCheck = {
    name: party.name,
    document: { type: "resident_id", number: otherBirthday(party.number) },
  };
  return gradesOf(world, party.index).probable
    ? { kind: "same_mask", check, outcome: "review", grade: "probable", why: "name and masked number agree" }
    : { kind: "same_mask", check, outcome: "clear", grade: null, why: "no masked row answers" };
}

function otherBirthday(number: string): string {
  for (let day = 0; day < 365; day++) {
    const date = new Date(Date.UTC(1900, 0, 1 + day)).toISOString().slice(5, 10).replace("-", "");
    const other = residentIdOf(number.slice(0, 10) + date + number.slice(14, 17));
    if (other !== number && other.endsWith(number.slice(14))) return other;
  }
  throw new RangeError("No other birthday fits the mask.");
}

function strangersOf({ population, layout }: World): number {
  return population.capacity - layout.parties;
}

function strangerAt(world: World, i: number): Party {
  if (!Number.isInteger(i) || i < 0 || i >= strangersOf(world)) throw new RangeError("No such party off the list.");
  return world.population.partyAt(world.population.capacity - 1 - i);
}

/** A stranger of the party's kind, not far from the one that shares its index. */
function strangerLike(world: World, party: Party): Party {
  const { capacity, kindOf } = world.population;
  let i = party.index % strangersOf(world);
  while (kindOf(capacity - 1 - i) !== party.kind) i++;
  return strangerAt(world, i);
}

// The people and organisations of the invented world: who number i is follows from the kind and the seed alone.
import { organizationCodeOf, residentIdOf, usccOf } from "../../identity/index.ts";
import { chance, draw, facets, permutation, pick } from "./draw.ts";
import { organisationName, personName } from "./name.ts";
import type { SyntheticKind } from "./options.ts";
import { areasOf, twoDigits, type Province } from "./province.ts";

export type Person = {
  kind: "person";
  index: number;
  name: string;
  /** Resident identity number of 18 characters, born in 1900. */
  number: string;
  home: Province;
  monthDay: string;
  female: boolean;
};
export type Organisation = { kind: "organisation"; index: number; name: string; number: string; home: Province };
export type Party = Person | Organisation;

export type Population = {
  /** Listed parties count up from 0, parties never listed count down from here. */
  capacity: number;
  kindOf: (index: number) => Party["kind"];
  /** Whether its organisation code is of the form given out since the code reform. */
  isReformed: (index: number) => boolean;
  partyAt: (index: number) => Party;
};

const ORGANISATION_SHARE = 0.15;
const REFORMED_SHARE = 0.55;
/** Sequences below are left to fixed people and to published test vectors. */
const FIRST_SEQUENCE = 110;
const SEQUENCES = 886;
const CODES = 40_000_000;
const CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** The old and the new code ranges of the two kinds lie apart. */
const CODE_RANGES = { national: { digit: 2, start: 2 * 31 ** 5 }, local: { digit: 6, start: 10 * 31 ** 5 } } as const;

const birthdays = Array.from({ length: 365 }, (_, day) => {
  const date = new Date(Date.UTC(1900, 0, 1 + day));
  return twoDigits(date.getUTCMonth() + 1) + twoDigits(date.getUTCDate());
});

/**
 * Area and sequence together are taken at most once, so numbers differ, and so do their masks, which hide only the
 * birthday: a masked row can mean no other invented person.
 */
export function populationOf(kind: SyntheticKind, seed: number): Population {
  const areas = areasOf(kind);
  const identities = areas.length * SEQUENCES;
  const identityOf = permutation(identities, draw(seed, facets.identity, 0));
  const codeOf = permutation(CODES, draw(seed, facets.code, 0));
  const kindOf = (index: number) =>
    chance(draw(seed, facets.kind, index), ORGANISATION_SHARE) ? "organisation" : "person";
  const isReformed = (index: number) => chance(draw(seed, facets.era, index), REFORMED_SHARE);

  const personAt = (index: number): Person => {
    const identity = identityOf(index);
    const area = pick(areas, identity);
    const sequence = FIRST_SEQUENCE + Math.floor(identity / areas.length);
    const monthDay = pick(birthdays, draw(seed, facets.birthday, index));
    const number = residentIdOf(`${area.code}1900${monthDay}${sequence}`);
    return {
      kind: "person",
      index,
      name: personName(seed, index),
      number,
      home: area.province,
      monthDay,
      female: sequence % 2 === 0,
    };
  };
  const organisationAt = (index: number): Organisation => {
    const area = pick(areas, draw(seed, facets.home, index));
    const { name, registration } = organisationName(seed, index, kind === "local" ? "厦门" : area.province.name);
    const code = organizationCodeOf((isReformed(index) ? reformedCode : oldCode)(kind, codeOf(index)));
    const number = usccOf(`${registration}${area.code.slice(0, 4)}00${code}`);
    return { kind: "organisation", index, name, number, home: area.province };
  };
  const partyAt = (index: number) => (kindOf(index) === "person" ? personAt(index) : organisationAt(index));
  return { capacity: Math.min(identities, CODES), kindOf, isReformed, partyAt };
}

/** Eight digits with a third from 2 up: inside an 18-digit code no month stands there, so it never reads as a birth date. */
function oldCode(kind: SyntheticKind, value: number): string {
  const digits = String(value).padStart(8, "0");
  return digits.slice(1, 3) + String(CODE_RANGES[kind].digit + Number(digits[0])) + digits.slice(3);
}

/** `MA` and six characters, as registrars give out since the code reform. */
function reformedCode(kind: SyntheticKind, value: number): string {
  let rest = CODE_RANGES[kind].start + value;
  let text = "";
  for (let place = 0; place < 6; place++) {
    text = (CODE_ALPHABET[rest % 31] ?? "") + text;
    rest = Math.floor(rest / 31);
  }
  return `MA${text}`;
}

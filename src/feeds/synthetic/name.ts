// Invented names of persons and organisations, and the ways in which files write the same name.
import { chance, draw, facets, pick, weighted } from "./draw.ts";
import {
  brands,
  givenCharacters,
  minorityFirstNames,
  minoritySecondNames,
  nameDots,
  organisationForms,
  PRIVATE_USE_OF_4DAE,
  rareCharacters,
  surnames,
  trades,
} from "./vocabulary.ts";

const personForms = weighted([
  ["two given characters", 124],
  ["one given character", 70],
  ["minority", 5],
  ["rare character", 1],
] as const);

export function personName(seed: number, index: number): string {
  const form = pick(personForms, draw(seed, facets.nameForm, index));
  const given = draw(seed, facets.given, index);
  const surname = pick(surnames, draw(seed, facets.surname, index));
  if (form === "minority") return `${pick(minorityFirstNames, given)}·${pick(minoritySecondNames, given >>> 8)}`;
  if (form === "rare character") return surname + pick(rareCharacters, given);
  const first = pick(givenCharacters, given);
  return form === "one given character" ? surname + first : surname + first + pick(givenCharacters, given >>> 12);
}

export type OrganisationName = { name: string; registration: string };

export function organisationName(seed: number, index: number, place: string): OrganisationName {
  const words = draw(seed, facets.brand, index);
  const form = draw(seed, facets.trade, index);
  const { ending, registration } = pick(organisationForms, form >>> 8);
  const brand = pick(brands, words) + pick(brands, words >>> 10);
  return { name: `${place}${brand}${pick(trades, form)}${ending}（演示）`, registration };
}

/** The name as one row writes it: other dots, inner spaces, private-use characters, half-width brackets. */
export function writtenName(name: string, drawn: number): string {
  if (name.endsWith("（演示）")) {
    return chance(drawn, 0.3) ? name.replaceAll("（", "(").replaceAll("）", ")") : name;
  }
  if (name.includes("·")) return name.replace("·", pick(nameDots, drawn));
  if (name.includes("䶮")) return chance(drawn, 0.4) ? name.replace("䶮", PRIVATE_USE_OF_4DAE) : name;
  if (name.length === 2 && chance(drawn, 0.05)) return `${name[0]}${pick([" ", "　"], drawn)}${name[1]}`;
  return name;
}

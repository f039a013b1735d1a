// Foreigners' permanent residence cards: 15 characters until 2023-11-30, 18 digits since. Both stay in use side by side.
import { birthDateOf } from "./birth-date.ts";
import { mod112CharacterOf } from "./check-digit.ts";
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const oldForm = /^[A-Z]{3}\d{12}$/;
const newForm = /^9\d{16}[\dX]$/;
const oldWeights = [7, 3, 1];

/** Completes the first 17 characters of a new card, or the first 14 of an old one. */
export function permanentResidenceOf(stem: string): string {
  return stem + (stem.length === 14 ? mod10CharacterOf(stem) : mod112CharacterOf(stem));
}

export function readPermanentResidence(number: string): NumberReading | DocumentFault {
  const isNew = newForm.test(number);
  if (!isNew && !oldForm.test(number)) return "bad_form";
  if (permanentResidenceOf(number.slice(0, -1)) !== number) return "bad_checksum";
  const birthDate = isNew ? birthDateOf(number.slice(6, 14)) : null;
  if (isNew ? birthDate === null : !isDateOfSomeCentury(number.slice(7, 13))) return "bad_date";
  return { number, birthDate, sex: null };
}

/** An old card has two digits of the year: it proves that a day exists, not which birth date it is. */
function isDateOfSomeCentury(yymmdd: string): boolean {
  return birthDateOf(`19${yymmdd}`) !== null || birthDateOf(`20${yymmdd}`) !== null;
}

function mod10CharacterOf(fourteen: string): string {
  let sum = 0;
  for (let i = 0; i < fourteen.length; i++) sum += Number.parseInt(fourteen.charAt(i), 36) * (oldWeights[i % 3] ?? 0);
  return String(sum % 10);
}

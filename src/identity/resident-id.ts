// Resident identity numbers of GB 11643-1999 (18 characters), their 15-digit predecessors, and the residence permits for
// Hong Kong, Macao and Taiwan residents, which have the same form under areas 81 to 83.
import { birthDateOf } from "./birth-date.ts";
import { mod112CharacterOf } from "./check-digit.ts";
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const eighteen = /^\d{17}[\dX]$/;
const fifteen = /^\d{15}$/;
// Only the province is tested: area codes are abolished and reused while the number stays for life.
const province = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|8[1-3])/;
const firstSequenceBefore1900 = "996";

/** Completes the first 17 digits. */
export function residentIdOf(seventeen: string): string {
  return seventeen + mod112CharacterOf(seventeen);
}

export function readResidentId(number: string): NumberReading | DocumentFault {
  if (fifteen.test(number)) return readFifteen(number);
  if (!eighteen.test(number)) return "bad_form";
  // First the check: after a slip of the pen no other part of the number can be trusted.
  if (residentIdOf(number.slice(0, 17)) !== number) return "bad_checksum";
  return readPerson(number, number.slice(6, 14), number.charCodeAt(16));
}

/** Two digits of the year and no check digit: born in 19YY and upgraded, unless the sequence says born before 1900. */
function readFifteen(number: string): NumberReading | DocumentFault {
  const bornBefore1900 = number.slice(12) >= firstSequenceBefore1900;
  const canonical = bornBefore1900 ? number : residentIdOf(`${number.slice(0, 6)}19${number.slice(6)}`);
  return readPerson(canonical, (bornBefore1900 ? "18" : "19") + number.slice(6, 12), number.charCodeAt(14));
}

function readPerson(number: string, birthDigits: string, sexCode: number): NumberReading | DocumentFault {
  if (!hasProvince(number)) return "bad_province";
  const birthDate = birthDateOf(birthDigits);
  if (birthDate === null) return "bad_date";
  return { number, birthDate, sex: sexCode % 2 === 1 ? "male" : "female" };
}

export function hasProvince(number: string): boolean {
  return province.test(number);
}

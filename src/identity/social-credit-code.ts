// Unified social credit codes of GB 32100-2015: registrar, kind, six digits of area, the organisation code, one check character.
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
export const usccCharacter = `[${alphabet}]`;
// The first two may be letters (A1, G1, J1, N1, Y1 …), which some published checkers wrongly reject.
const form = new RegExp(String.raw`^${usccCharacter}{2}\d{6}${usccCharacter}{10}$`);

/** Completes the first 17 characters. */
export function usccOf(seventeen: string): string {
  let sum = 0;
  let weight = 1;
  for (let i = 0; i < seventeen.length; i++) {
    sum += weight * alphabet.indexOf(seventeen.charAt(i));
    weight = (weight * 3) % 31;
  }
  return seventeen + alphabet.charAt((31 - (sum % 31)) % 31);
}

export function readUscc(number: string): NumberReading | DocumentFault {
  if (!form.test(number)) return "bad_form";
  if (usccOf(number.slice(0, 17)) !== number) return "bad_checksum";
  return { number, birthDate: null, sex: null };
}

/** The organisation code that every social credit code carries: old rows of the list hold only that. */
export function organizationCodeWithin(uscc: string): string {
  return uscc.slice(8, 17);
}

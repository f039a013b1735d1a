// Organisation codes of GB 11714: eight characters and a check character, canonical without the hyphen.
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const form = /^[0-9A-Z]{8}[0-9X]$/;
const weights = [3, 7, 9, 10, 5, 8, 4, 2];

/** Completes the first 8 characters. */
export function organizationCodeOf(eight: string): string {
  let sum = 0;
  for (const [i, weight] of weights.entries()) sum += weight * Number.parseInt(eight.charAt(i), 36);
  return eight + "0X987654321".charAt(sum % 11);
}

export function readOrganizationCode(number: string): NumberReading | DocumentFault {
  if (!form.test(number)) return "bad_form";
  if (organizationCodeOf(number.slice(0, 8)) !== number) return "bad_checksum";
  return { number, birthDate: null, sex: null };
}

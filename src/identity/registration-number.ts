// Business registration numbers of GS 15-2006: six digits of area, eight of sequence, one check digit (ISO 7064 MOD 11,10).
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const form = /^\d{15}$/;

/** Completes the first 14 digits. */
export function registrationNumberOf(fourteen: string): string {
  let product = 10;
  for (let i = 0; i < fourteen.length; i++) {
    const sum = (product + fourteen.charCodeAt(i) - 48) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return fourteen + String((11 - product) % 10);
}

export function readRegistrationNumber(number: string): NumberReading | DocumentFault {
  if (!form.test(number)) return "bad_form";
  if (registrationNumberOf(number.slice(0, 14)) !== number) return "bad_checksum";
  return { number, birthDate: null, sex: null };
}

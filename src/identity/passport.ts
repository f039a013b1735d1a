// Passports: a number means nothing without its issuing State, and has no check digit of its own.
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const countryForm = /^[A-Za-z]{3}$/;
const chinese = /^(?:E[A-Z]\d{7}|E\d{8}|G\d{8}|[DSP]E?\d{7,8})$/;
// Every other State prints a form of its own; only the length is bounded.
const foreign = /^[0-9A-Z]{5,20}$/;

/** The issuing State as ISO 3166-1 alpha-3 in upper case; null when it is missing or not three letters. */
export function foldCountry(raw: string | undefined): string | null {
  return raw !== undefined && countryForm.test(raw) ? raw.toUpperCase() : null;
}

export function readPassport(number: string, country: string): NumberReading | DocumentFault {
  const form = country === "CHN" ? chinese : foreign;
  return form.test(number) ? { number, birthDate: null, sex: null } : "bad_form";
}

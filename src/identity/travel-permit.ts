// Travel permits of Hong Kong, Macao and Taiwan residents. They have no check digit; two last digits count the issues and
// are no part of the canonical number.
import type { DocumentFault, NumberReading } from "./number-reading.ts";

const hkMacau = /^([HM]\d{8})(?:\d{2})?$/;
const taiwan = /^(\d{8})(?:\d{2})?$/;

export function readHkMacauPermit(number: string): NumberReading | DocumentFault {
  return readPermit(hkMacau, number);
}

export function readTaiwanPermit(number: string): NumberReading | DocumentFault {
  return readPermit(taiwan, number);
}

function readPermit(form: RegExp, number: string): NumberReading | DocumentFault {
  const canonical = form.exec(number)?.[1];
  return canonical === undefined ? "bad_form" : { number: canonical, birthDate: null, sex: null };
}

// What a document number is read into, and the fold that every number goes through before its strict form is tested.
export type DocumentFault =
  "bad_form" | "bad_checksum" | "bad_date" | "bad_province" | "country_required" | "country_not_allowed";

export type NumberReading = { number: string; birthDate: string | null; sex: "male" | "female" | null };

const rawLengthMax = 64;
const alreadyPlain = /^[0-9A-Z]*$/;
const plainAnyCase = /^[0-9A-Za-z*]*$/;
const spacesAndHyphens = /[\s\p{Dash}]+/gu;

/**
 * NFKC, then without white space and hyphens, in upper case. Anything but ASCII letters, digits and mask stars gives "",
 * which no form accepts: `toUpperCase` would turn ß and ı into letters nobody wrote.
 */
export function foldNumber(raw: string): string {
  if (raw.length > rawLengthMax) return "";
  if (alreadyPlain.test(raw)) return raw;
  const folded = raw.normalize("NFKC").replace(spacesAndHyphens, "");
  return plainAnyCase.test(folded) ? folded.toUpperCase() : "";
}

// Verification codes of printed certificates: sixteen characters of Crockford's alphabet that nobody can guess and a hand
// can type.
import { createHmac, type KeyObject } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 75 bits, and a check character. */
const SECRET_LENGTH = 15;
const form = new RegExp(`^[${ALPHABET}]{${SECRET_LENGTH + 1}}$`);

/** The code of a check or batch, by its public id: the same whenever it is printed again. */
export function codeOf(key: KeyObject, id: string): string {
  const digest = createHmac("sha256", key).update(`certificate ${id}`).digest();
  const secret = Array.from(digest.subarray(0, SECRET_LENGTH), (byte) => byte % ALPHABET.length);
  return [...secret, doubled(sumOf(secret))].map((value) => ALPHABET[value]).join("");
}

/** As it is printed: four groups of four. */
export function formatCode(code: string): string {
  return code.replace(/.{4}(?=.)/g, "$&-");
}

/** The code in what somebody typed; null where it is none or has a mistake. */
export function parseCode(typed: string): string | null {
  const plain = typed.normalize("NFKC").toUpperCase();
  const code = plain
    .replace(/[\s\p{Dash}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  if (!form.test(code)) return null;
  return sumOf(Array.from(code, (character) => ALPHABET.indexOf(character))) === 0 ? code : null;
}

/** What the database knows a code by. */
export function digestOfCode(key: KeyObject, code: string): Buffer {
  return createHmac("sha256", key).update(`certificate code ${code}`).digest();
}

/** A polynomial over GF(32), 0 for a whole code: one wrong character, or two that were exchanged, give another value. */
function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => doubled(sum) ^ value, 0);
}

function doubled(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

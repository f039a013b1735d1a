// Codes that open something once: the first sign-in, and the way in without the second factor. Only digests are kept.
import { createHmac, type KeyObject, randomInt } from "node:crypto";

/** Crockford's letters: none is mistaken for another when it is read from paper. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const GROUP_LENGTH = 5;
/** 25 characters are 125 bits; with the days for which it holds, out of reach. */
const ENROLMENT_GROUPS = 5;
/** 15 characters are 75 bits, behind a password and pauses. */
const RECOVERY_GROUPS = 3;
const RECOVERY_CODES = 10;

export function newEnrolmentCode(): string {
  return newCode(ENROLMENT_GROUPS);
}

export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => newCode(RECOVERY_GROUPS));
}

/** What the database knows a code by, however it was typed. */
export function digestOfCode(credentialKey: KeyObject, use: "enrolment" | "recovery", code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return createHmac("sha256", credentialKey).update(`${use} code\0${plain}`).digest();
}

function newCode(groups: number): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}

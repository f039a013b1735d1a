// Codes that open something once: the first sign-in, and the way in without the second factor. Only digests are kept.
import { createHmac, type KeyObject, randomInt } from "node:crypto";

/** Crockford's letters: none is mistaken for another when it is read from paper. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const GROUP_LENGTH = 5;
/** 25 characters are 125 bits: from 112 on a fast digest is enough (ASVS 5.0 6.5.2). */
const GROUPS = 5;
const RECOVERY_CODES = 10;

export function newOneTimeCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return Array.from({ length: GROUPS }, group).join("-");
}

export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, newOneTimeCode);
}

/** What the database knows a code by, however it was typed. */
export function digestOfCode(credentialKey: KeyObject, use: "enrolment" | "recovery", code: string): Buffer {
  const plain = code.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
  return createHmac("sha256", credentialKey).update(`${use} code\0${plain}`).digest();
}

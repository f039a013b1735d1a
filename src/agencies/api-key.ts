// API keys: `sx_live_<10 base62>_<26 base62><6 base62 of CRC-32>`, and `sx_test_…` for the sandbox. A typing error is seen without asking the database.
import { createHmac, type KeyObject, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 10;
/** 26 characters of 62 are 154 bits. */
const SECRET_LENGTH = 26;
const CHECK_LENGTH = 6;
const FORM = new RegExp(`^sx_(?:live|test)_([0-9A-Za-z]{${ID_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH + CHECK_LENGTH}}$`);

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

function checkText(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let place = 0; place < CHECK_LENGTH; place++) {
    text = (ALPHABET[rest % 62] ?? "") + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** A new key and its public part. The key is shown once and stored nowhere. */
export function newApiKey(world: "live" | "test" = "live"): { id: string; key: string } {
  const id = randomText(ID_LENGTH);
  const body = `sx_${world}_${id}_${randomText(SECRET_LENGTH)}`;
  return { id, key: body + checkText(body) };
}

/**
 * A key that follows from the ring and `purpose`: nobody needs to hold it, and nothing stores it. 64 bytes give more than
 * the 36 characters use.
 */
export function derivedApiKey(credentialKey: KeyObject, purpose: string): { id: string; key: string } {
  const digest = createHmac("sha512", credentialKey).update(`derived key\0${purpose}`).digest();
  let rest = BigInt(`0x${digest.toString("hex")}`);
  const letters = Array.from({ length: ID_LENGTH + SECRET_LENGTH }, () => {
    const letter = ALPHABET[Number(rest % 62n)] ?? "";
    rest /= 62n;
    return letter;
  });
  const id = letters.slice(0, ID_LENGTH).join("");
  const body = `sx_live_${id}_${letters.slice(ID_LENGTH).join("")}`;
  return { id, key: body + checkText(body) };
}

/** Whether `key` has the form and the check characters of a key of ours. */
export function isApiKey(key: string): boolean {
  return FORM.test(key) && checkText(key.slice(0, -CHECK_LENGTH)) === key.slice(-CHECK_LENGTH);
}

/** What the database knows a key by: a fast digest is right for a random secret of 154 bits. */
export function digestOf(credentialKey: KeyObject, key: string): Buffer {
  return createHmac("sha256", credentialKey).update(key).digest();
}

// Keyed look-up values: HMAC-SHA-256 over kind, a zero byte and the canonical number, so that a dump reveals no number.
import { createHmac, type KeyObject } from "node:crypto";
import type { DocumentKind } from "./document.ts";
import type { MaskedDocument } from "./mask.ts";

/** 32 bytes. `key` is a key object: a value costs 3 µs with it, and 17 µs with raw bytes that become one each time. */
export function blindIndex(key: KeyObject, kind: DocumentKind, number: string): Buffer {
  return digestOf(key, `${kind}\0${number}`);
}

/** A mask alone fits some 33 birthdays, hence the name in its value. */
export function maskedBlindIndex(key: KeyObject, { kind, first, last }: MaskedDocument, nameKey: string): Buffer {
  return digestOf(key, `masked_${kind}\0${first}${last}\0${nameKey}`);
}

function digestOf(key: KeyObject, message: string): Buffer {
  return createHmac("sha256", key).update(message).digest();
}

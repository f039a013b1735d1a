// The opening of an entry: the fact that it commits to and the salt, by which anyone computes the entry again. A receipt
// carries it as `extra`.
import { canonicalJson, type Json } from "./canonical-json.ts";
import { commitmentOf, SALT_BYTES } from "./commitment.ts";
import { decodeBase64, decodeText } from "./encoding.ts";
import type { Hash } from "./tree.ts";

export type Fact = { readonly [name: string]: Json };
export type Opening = { fact: Fact; salt: Buffer };

export function formatOpening({ fact, salt }: Opening): Buffer {
  return Buffer.from(canonicalJson({ fact, salt: salt.toString("base64") }));
}

/** Null for any bytes that `formatOpening` does not write. */
export function parseOpening(bytes: Buffer): Opening | null {
  const { fact, salt: base64 } = parseObject(decodeText(bytes) ?? "");
  const salt = typeof base64 === "string" ? decodeBase64(base64) : null;
  if (!isObject(fact) || salt?.length !== SALT_BYTES) return null;
  const opening = { fact, salt };
  try {
    return formatOpening(opening).equals(bytes) ? opening : null;
  } catch {
    return null; // JSON.parse makes values that canonical JSON refuses, and deeper ones than it can write
  }
}

export function entryOf({ fact, salt }: Opening): Hash {
  return commitmentOf(salt, fact);
}

function parseObject(text: string): Fact {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: Json | undefined): value is Fact {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

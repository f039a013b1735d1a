// Text forms that all documents of the log share. Each value has one spelling; any other is refused.
import { HASH_BYTES, type Hash } from "./tree.ts";

/** UTF-8 without repair and with its byte order mark, if there is one: what was signed is what is read. */
export function decodeText(bytes: Buffer): string | null {
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : null;
}

export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

export function decodeHash(text: string): Hash | null {
  const bytes = decodeBase64(text);
  return bytes?.length === HASH_BYTES ? bytes : null;
}

/** Lines of a proof, as a part of the form of a document: a tree has at most 63 levels. */
export const HASH_LINES = String.raw`((?:\S+\n){0,63})`;

export function decodeHashes(lines: string): Hash[] | null {
  const each = lines.split("\n").slice(0, -1);
  const hashes = each.map(decodeHash).filter((hash) => hash !== null);
  return hashes.length === each.length ? hashes : null;
}

export function encodeHashes(hashes: readonly Hash[]): string {
  return hashes.map((hash) => `${hash.toString("base64")}\n`).join("");
}

/** Sizes and indexes of the log are counted exactly up to 2^53 − 1. */
export function decodeCount(text: string): number | null {
  const count = Number(text);
  return Number.isSafeInteger(count) && count >= 0 && String(count) === text ? count : null;
}

// Merkle trees of RFC 6962 §2.1 over SHA-256: hashes of leaves and nodes, and the perfect subtrees that make a range.
import { hash } from "node:crypto";

export type Hash = Buffer;
/** A tree by all that a checkpoint says of it. */
export type Tree = { size: number; root: Hash };
/** Leaves `start` up to but not including `end`; wherever ranges appear here, they are whole subtrees of the RFC. */
export type Range = { start: number; end: number };
/** The 2^level leaves from index · 2^level on. */
export type Subtree = { level: number; index: number };

export const HASH_BYTES = 32;
export const EMPTY_ROOT: Hash = sha256(Buffer.alloc(0));

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
/** A leaf of an entry that is a hash, as all of ours are. */
const leaf = Buffer.alloc(1 + HASH_BYTES, LEAF);

export function leafHash(entry: Buffer): Hash {
  if (entry.length !== HASH_BYTES) return sha256(Buffer.concat([LEAF, entry]));
  leaf.set(entry, 1);
  return sha256(leaf);
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(Buffer.concat([NODE, left, right]));
}

/** By way of a string: 0.4 µs a hash, where a buffer from the one-shot hash costs 1.5. */
export function sha256(bytes: Buffer): Hash {
  return Buffer.from(hash("sha256", bytes, "binary"), "binary");
}

const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** The root over neighbouring hashes. Only the last may stand for fewer leaves: without a sibling it climbs. */
export function rowRoot(hashes: Buffer): Hash {
  const row = Buffer.from(hashes);
  let length = row.length;
  while (length > HASH_BYTES) {
    let end = 0;
    for (let at = 0; at < length; at += 2 * HASH_BYTES) {
      if (at + HASH_BYTES === length) row.copy(row, end, at, length);
      else {
        row.copy(pair, 1, at, at + 2 * HASH_BYTES);
        row.write(hash("sha256", pair, "binary"), end, "binary");
      }
      end += HASH_BYTES;
    }
    length = end;
  }
  return Buffer.from(row.subarray(0, HASH_BYTES));
}

/** The perfect subtrees of a range, from left to right and so from large to small. */
export function subtreesOf({ start, end }: Range): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    while (2 ** (level + 1) <= end - at) level++;
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

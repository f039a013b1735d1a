// Inclusion and consistency proofs of RFC 6962 §2.1.1 and §2.1.2: which hashes they are made of, and what they show.
import {
  EMPTY_ROOT,
  HASH_BYTES,
  type Hash,
  nodeHash,
  type Range,
  type Subtree,
  subtreesOf,
  type Tree,
} from "./tree.ts";

/** The hashes of subtrees, in the order asked for. A proof asks once, for all it needs. */
export type HashReader = (subtrees: Subtree[]) => Promise<Hash[]>;

export async function proveInclusion(read: HashReader, index: number, size: number): Promise<Hash[]> {
  if (index < 0 || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return readRoots(read, inclusionPath(index, size));
}

export async function proveConsistency(read: HashReader, olderSize: number, newerSize: number): Promise<Hash[]> {
  if (olderSize < 0 || olderSize > newerSize) throw new RangeError(`a tree of ${newerSize} was never ${olderSize}`);
  if (olderSize === 0) return [];
  const { siblings, reached } = descend(newerSize, olderSize, ({ end }) => end === olderSize);
  return readRoots(read, reached.start === 0 ? siblings : [reached, ...siblings]);
}

export async function readRoot(read: HashReader, size: number): Promise<Hash> {
  const [root = EMPTY_ROOT] = size === 0 ? [] : await readRoots(read, [{ start: 0, end: size }]);
  return root;
}

async function readRoots(read: HashReader, ranges: Range[]): Promise<Hash[]> {
  const parts = ranges.map(subtreesOf);
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map(({ length }) =>
    hashes.slice(at, (at += length)).reduceRight((right, left) => nodeHash(left, right)),
  );
}

export function verifyInclusion(leaf: Hash, index: number, tree: Tree, proof: readonly Hash[]): boolean {
  if (leaf.length !== HASH_BYTES || index < 0 || index >= tree.size) return false;
  const path = inclusionPath(index, tree.size);
  if (proof.length !== path.length) return false;
  let root = leaf;
  for (const [at, hash] of proof.entries())
    root = isLeftOf(index, path[at]) ? nodeHash(hash, root) : nodeHash(root, hash);
  return root.equals(tree.root);
}

/** Whether the newer tree begins with the leaves of the older one. The empty tree begins every tree, with no proof. */
export function verifyConsistency(older: Tree, newer: Tree, proof: readonly Hash[]): boolean {
  if (older.size > newer.size || (older.size === 0 && !older.root.equals(EMPTY_ROOT))) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0) return proof.length === 0;
  const { siblings, reached } = descend(newer.size, older.size, ({ end }) => end === older.size);
  const [first, ...rest] = reached.start === 0 ? [older.root, ...proof] : proof;
  if (first === undefined || rest.length !== siblings.length) return false;
  let olderRoot = first;
  let newerRoot = first;
  for (const [at, hash] of rest.entries()) {
    if (isLeftOf(older.size, siblings[at])) {
      olderRoot = nodeHash(hash, olderRoot);
      newerRoot = nodeHash(hash, newerRoot);
    } else newerRoot = nodeHash(newerRoot, hash);
  }
  return olderRoot.equals(older.root) && newerRoot.equals(newer.root);
}

function isLeftOf(index: number, sibling: Range | undefined): boolean {
  return sibling !== undefined && sibling.start < index;
}

function inclusionPath(index: number, size: number): Range[] {
  return descend(size, index + 1, ({ start, end }) => end - start === 1).siblings;
}

/** From the root to the leaf before `goal`, or until `arrived`: the subtree reached, the siblings met, lowest first. */
function descend(size: number, goal: number, arrived: (range: Range) => boolean) {
  const siblings: Range[] = [];
  let { start, end }: Range = { start: 0, end: size };
  while (!arrived({ start, end })) {
    const middle = start + splitOf(end - start);
    if (goal <= middle) {
      siblings.unshift({ start: middle, end });
      end = middle;
    } else {
      siblings.unshift({ start, end: middle });
      start = middle;
    }
  }
  return { siblings, reached: { start, end } };
}

/** The largest power of two below `size`, counted: Math.log2 rounds up from 2^49 − 1 on. */
function splitOf(size: number): number {
  let width = 1;
  while (width * 2 < size) width *= 2;
  return width;
}

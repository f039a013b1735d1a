// Proofs of every small tree against the definitions of RFC 6962, and of trees too large to build.
import { beforeAll, describe, expect, test } from "vitest";
import {
  EMPTY_ROOT,
  type Hash,
  type HashReader,
  leafHash,
  nodeHash,
  proveConsistency,
  proveInclusion,
  readRoot,
  subtreeReader,
  type Tree,
  verifyConsistency,
  verifyInclusion,
} from "../../../src/audit/log/index.ts";
import { leavesOf, naiveTree } from "./naive-tree.ts";
import { TileStore } from "./tile-store.ts";

const SIZE_MAX = 300;
/** Up to here every byte of every proof is flipped; above, one byte of each proof, another one each time. */
const EVERY_BYTE_SIZE_MAX = 33;

const leaves = leavesOf(SIZE_MAX);
const naive = naiveTree(leaves);
const store = new TileStore();
const treeOf = (size: number): Tree => ({ size, root: naive.root(size) });
const leafAt = (index: number): Hash => leaves[index] ?? EMPTY_ROOT;

beforeAll(() => {
  for (const leaf of leaves) store.add([leaf]);
});

describe(`every tree of up to ${SIZE_MAX} leaves`, () => {
  test("has the root that its definition says", async () => {
    for (let size = 0; size <= SIZE_MAX; size++)
      expect(await readRoot(subtreeReader(size, store.read), size)).toEqual(naive.root(size));
  });

  test("proves every leaf, and nothing after one byte is changed", async () => {
    let proofs = 0;
    const failures: string[] = [];
    for (let size = 1; size <= SIZE_MAX; size++) {
      const read = remembering(subtreeReader(size, store.read));
      const tree = treeOf(size);
      for (let index = 0; index < size; index++, proofs++) {
        const proof = await proveInclusion(read, index, size);
        const verify = (changed: Hash[]) => verifyInclusion(leafAt(index), index, tree, changed);
        if (!same(proof, naive.inclusion(index, size)) || !verify(proof))
          failures.push(`inclusion of ${index} in ${size}`);
        if (changesOf(proof, size, proofs).some(verify)) failures.push(`changed inclusion of ${index} in ${size}`);
      }
    }
    expect(failures).toEqual([]);
    expect(proofs).toBe((SIZE_MAX * (SIZE_MAX + 1)) / 2);
  });

  test("continues every smaller one, and none after one byte is changed", async () => {
    let proofs = 0;
    const failures: string[] = [];
    for (let newer = 0; newer <= SIZE_MAX; newer++) {
      const read = remembering(subtreeReader(newer, store.read));
      for (let older = 0; older <= newer; older++, proofs++) {
        const proof = await proveConsistency(read, older, newer);
        const verify = (changed: Hash[]) => verifyConsistency(treeOf(older), treeOf(newer), changed);
        const expected = older === 0 ? [] : naive.consistency(older, newer);
        if (!same(proof, expected) || !verify(proof)) failures.push(`consistency of ${older} and ${newer}`);
        if (changesOf(proof, newer, proofs).some(verify)) failures.push(`changed consistency of ${older} and ${newer}`);
      }
    }
    expect(failures).toEqual([]);
    expect(proofs).toBe(((SIZE_MAX + 1) * (SIZE_MAX + 2)) / 2);
  });

  test("shows nothing of another leaf, index, size or root", () => {
    for (let size = 1; size <= 40; size++)
      for (let index = 0; index < size; index++) {
        const proof = naive.inclusion(index, size);
        const claims: [Hash, number, Tree][] = [
          [leafAt(index + 1), index, treeOf(size)],
          [leafAt(index), index, treeOf(size + 1)],
          [leafAt(index), index, treeOf(size - 1)],
          [leafAt(index), -1, treeOf(size)],
          [leafAt(index), size, treeOf(size)],
          ...Array.from({ length: size }, (_, other): [Hash, number, Tree] => [leafAt(index), other, treeOf(size)]),
        ];
        const shown = claims.filter(([leaf, at, tree]) => verifyInclusion(leaf, at, tree, proof));
        expect(shown.map(([, at]) => at)).toEqual([index]);
      }
  });

  test("continues no tree with another root, nor a larger one", () => {
    for (let newer = 1; newer <= 40; newer++)
      for (let older = 1; older <= newer; older++) {
        const proof = naive.consistency(older, newer);
        const fork = { size: older, root: nodeHash(naive.root(older), EMPTY_ROOT) };
        expect(verifyConsistency(fork, treeOf(newer), proof)).toBe(false);
        expect(verifyConsistency(treeOf(older), { ...fork, size: newer }, proof)).toBe(false);
        expect(verifyConsistency(treeOf(newer), treeOf(older), proof)).toBe(older === newer);
      }
  });
});

describe("trees that begin with nothing", () => {
  test("need an empty proof and the root of the empty tree", () => {
    expect(verifyConsistency(treeOf(0), treeOf(5), [])).toBe(true);
    expect(verifyConsistency(treeOf(0), treeOf(5), [EMPTY_ROOT])).toBe(false);
    expect(verifyConsistency({ size: 0, root: leafAt(0) }, treeOf(5), [])).toBe(false);
    expect(verifyConsistency(treeOf(0), { size: 0, root: leafAt(0) }, [])).toBe(false);
    expect(verifyConsistency({ size: 0, root: leafAt(0) }, { size: 0, root: leafAt(0) }, [])).toBe(false);
  });
});

describe("trees of up to 2^53 - 1 leaves, all of them the same", () => {
  const perfect = [leafHash(Buffer.from("same"))];
  for (let level = 1; level < 53; level++)
    perfect.push(nodeHash(perfect.at(-1) ?? EMPTY_ROOT, perfect.at(-1) ?? EMPTY_ROOT));
  const read: HashReader = (subtrees) => Promise.resolve(subtrees.map(({ level }) => perfect[level] ?? EMPTY_ROOT));
  const sizes = [2 ** 31 - 1, 2 ** 31, 2 ** 32 + 1, 2 ** 40 + 255, 2 ** 49 - 1, 2 ** 53 - 1];

  test.each(sizes)("a tree of %d leaves proves its leaves and its beginnings", async (size) => {
    const tree = { size, root: await readRoot(read, size) };
    for (const index of [0, 1, Math.floor(size / 3), size - 2, size - 1]) {
      const proof = await proveInclusion(read, index, size);
      expect(proof.length).toBeLessThanOrEqual(53);
      expect(verifyInclusion(leafHash(Buffer.from("same")), index, tree, proof)).toBe(true);
    }
    for (const olderSize of [1, 2 ** 30, Math.floor(size / 3), size - 1]) {
      const older = { size: olderSize, root: await readRoot(read, olderSize) };
      expect(verifyConsistency(older, tree, await proveConsistency(read, olderSize, size))).toBe(true);
    }
  });
});

test("a proof of what is not there is a fault of the caller", async () => {
  const read = subtreeReader(5, store.read);
  await expect(proveInclusion(read, 5, 5)).rejects.toThrow(RangeError);
  await expect(proveInclusion(read, -1, 5)).rejects.toThrow(RangeError);
  await expect(proveConsistency(read, 6, 5)).rejects.toThrow(RangeError);
});

/** Reads every subtree once. */
function remembering(read: HashReader): HashReader {
  const known = new Map<string, Hash>();
  return async (subtrees) => {
    const keys = subtrees.map(({ level, index }) => `${level} ${index}`);
    const missing = subtrees.filter((_, at) => !known.has(keys[at] ?? ""));
    const hashes = missing.length === 0 ? [] : await read(missing);
    for (const [at, { level, index }] of missing.entries()) known.set(`${level} ${index}`, hashes[at] ?? EMPTY_ROOT);
    return keys.map((key) => known.get(key) ?? EMPTY_ROOT);
  };
}

function same(one: readonly Hash[], other: readonly Hash[]): boolean {
  return Buffer.concat(one).equals(Buffer.concat(other));
}

/** The proof with bytes flipped, one hash too few and one too many. */
function changesOf(proof: Hash[], size: number, turn: number): Hash[][] {
  const flips = proof.flatMap((hash, at) => {
    if (size <= EVERY_BYTE_SIZE_MAX) return Array.from(hash.keys(), (byte) => proof.with(at, flip(hash, byte)));
    return at === turn % proof.length ? [proof.with(at, flip(hash, turn % hash.length))] : [];
  });
  return [...flips, [...proof, EMPTY_ROOT], ...(proof.length > 0 ? [proof.slice(1), proof.slice(0, -1)] : [])];
}

function flip(hash: Hash, byte: number): Hash {
  const changed = Buffer.from(hash);
  changed.writeUInt8(changed.readUInt8(byte) ^ 0x01, byte);
  return changed;
}

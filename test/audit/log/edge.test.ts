// Growth: however a log is cut into batches, its tiles, its edge and its root are the same.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  EMPTY_EDGE,
  grow,
  HASH_BYTES,
  leafHash,
  partialTiles,
  readEdge,
  readRoot,
  rootOf,
  subtreeReader,
  tilePath,
} from "../../../src/audit/log/index.ts";
import { leavesOf, naiveTree } from "./naive-tree.ts";
import { TileStore } from "./tile-store.ts";

test("leaf by leaf, every root is the one that the definition says", () => {
  const leaves = leavesOf(600);
  const naive = naiveTree(leaves);
  let edge = EMPTY_EDGE;
  for (const [at, leaf] of leaves.entries()) {
    edge = grow(edge, [leaf]).edge;
    expect(rootOf(edge)).toEqual(naive.root(at + 1));
  }
});

test("in batches of any size, also past the third level, roots and edges can be read back from the tiles", async () => {
  const leaves = leavesOf(70_000);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20_000), { maxLength: 8 }), async (batches) => {
      const store = new TileStore();
      let size = 0;
      for (const batch of [...batches, 70_000]) {
        store.add(leaves.slice(size, size + batch));
        size = Math.min(size + batch, leaves.length);
        expect(store.edge.size).toBe(size);
        const root = rootOf(store.edge);
        expect(await readRoot(subtreeReader(size, store.read), size)).toEqual(root);
        expect(rootOf(await readEdge(size, store.read))).toEqual(root);
      }
      const full = [...store.tiles].filter(([path]) => !path.includes(".p/"));
      expect(full).toHaveLength(273 + 1);
      expect(rootOf(store.edge).toString("base64")).toBe(rootOf(grow(EMPTY_EDGE, leaves).edge).toString("base64"));
      expect([...store.tiles.keys()]).toEqual(expect.arrayContaining(partialTiles(70_000).map(tilePath)));
    }),
    { numRuns: 4 },
  );
});

test("a batch yields the tiles that it touched and no others", () => {
  const { edge, tiles } = grow(EMPTY_EDGE, leavesOf(700));
  expect(tiles.map(tilePath)).toEqual(["tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"]);
  expect(tiles.every(({ width, hashes }) => hashes.length === width * HASH_BYTES)).toBe(true);
  expect(grow(edge, [leafHash(Buffer.from("700"))]).tiles.map(tilePath)).toEqual(["tile/0/002.p/189"]);
  expect(grow(edge, [])).toEqual({ edge, tiles: [] });
});

test("a wider tile begins with the narrower one", () => {
  const leaves = leavesOf(300);
  let edge = EMPTY_EDGE;
  let before = Buffer.alloc(0);
  for (const leaf of leaves.slice(0, 256)) {
    const grown = grow(edge, [leaf]);
    edge = grown.edge;
    const [tile] = grown.tiles;
    expect(tile?.hashes.subarray(0, before.length)).toEqual(before);
    before = Buffer.from(tile?.hashes ?? []);
  }
  expect(before).toHaveLength(8192);
});

// Tile paths by the published tables of tessera (Apache 2.0) and by property; hashes read out of tiles.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  parseTilePath,
  partialTiles,
  proveInclusion,
  readEdge,
  readRoot,
  subtreeReader,
  type TileAddress,
  tileAt,
  tilePath,
} from "../../../src/audit/log/index.ts";
import { leavesOf } from "./naive-tree.ts";
import { TileStore } from "./tile-store.ts";

const pathOf = (level: TileAddress["level"], index: number, width = 256) => tilePath({ level, index, width });

describe("paths", () => {
  test.each<[TileAddress["level"], number, number, string]>([
    [0, 0, 256, "tile/0/000"],
    [0, 0, 255, "tile/0/000.p/255"],
    [1, 0, 256, "tile/1/000"],
    [15, 455_667, 256, "tile/15/x455/667"],
    [15, 123_456_789, 41, "tile/15/x123/x456/789.p/41"],
    [0, 1_234_067, 256, "tile/0/x001/x234/067"],
    [0, 1_234_067, 89, "tile/0/x001/x234/067.p/89"],
    [63, Number.MAX_SAFE_INTEGER, 255, "tile/63/x009/x007/x199/x254/x740/991.p/255"],
    ["entries", 0, 8, "tile/entries/000.p/8"],
    ["entries", 255, 256, "tile/entries/255"],
    ["entries", 123_456_789, 256, "tile/entries/x123/x456/789"],
  ])("of level %s, index %i and width %i is written and read", (level, index, width, path) => {
    expect(pathOf(level, index, width)).toBe(path);
    expect(parseTilePath(path)).toEqual({ level, index, width });
  });

  test.each([
    "tile/0/x001/x234/067.p/",
    "tile/0/x001/x234/067.p",
    "tile/0/x001/x234/",
    "tile/0/x001/x234",
    "tile/0/x001/",
    "tile/0/x001",
    "tile/1/x001/.p/abc",
    "tile/64/x001/002",
    "tile/-1/x001/002",
    "tile/abc/x001/002",
    "tile/8/001/002",
    "tile/8/x001/0002",
    "tile/8/x001/-002",
    "tile/8/x001/002.p/256",
    "tile/63/x999/x999/x999/x999/x999/x999/999.p/255",
    "tile/63/x009/x007/x199/x254/x740/992",
    "tile/00/000",
    "tile/0/x000/001",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/999",
    "tile/0/000\n",
    "/tile/0/000",
    "tile/0/０００",
    "tile/entries/",
    "",
  ])("%j is none", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });

  const address = fc.record<TileAddress>({
    level: fc.oneof(fc.nat(63), fc.constant("entries" as const)),
    index: fc.oneof(fc.nat(2000), fc.maxSafeNat()),
    width: fc.integer({ min: 1, max: 256 }),
  });

  test("name exactly one tile, and no other spelling names one", () => {
    const piece = fc.constantFrom(...Array.from("0123456789x/.p-+ \n"), "entries", "/x000", ".p/");
    fc.assert(
      fc.property(address, fc.nat(40), fc.nat(3), piece, (tile, place, drop, piece) => {
        const path = tilePath(tile);
        expect(parseTilePath(path)).toEqual(tile);
        const mangled = path.slice(0, place) + piece + path.slice(place + drop);
        const reading = parseTilePath(mangled);
        expect(reading ? tilePath(reading) : mangled).toBe(mangled);
      }),
      { numRuns: 5000 },
    );
  });

  test("that are any text are read without a throw", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseTilePath(text)).toBeNull();
        const reading = parseTilePath(`tile/0/${text}`);
        expect(reading ? tilePath(reading) : `tile/0/${text}`).toBe(`tile/0/${text}`);
      }),
    );
  });
});

describe("widths", () => {
  test.each<[number, number, string]>([
    [0, 256, "tile/entries/000"],
    [255, 256, "tile/entries/000"],
    [251, 255, "tile/entries/000.p/255"],
    [256, 512, "tile/entries/001"],
    [3, 257, "tile/entries/000"],
    [256, 257, "tile/entries/001.p/1"],
    [123_456_789 * 256, 123_456_790 * 256, "tile/entries/x123/x456/789"],
  ])("the entry %i of a log of %i is in %s", (entry, size, path) => {
    expect(tilePath(tileAt("entries", Math.floor(entry / 256), size))).toBe(path);
  });

  test.each<[number, string[]]>([
    [0, []],
    [1, ["tile/0/000.p/1"]],
    [256, ["tile/1/000.p/1"]],
    [70_000, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]],
    [2 ** 24, ["tile/3/000.p/1"]],
  ])("a tree of %i has its partial tiles", (size, paths) => {
    expect(partialTiles(size).map(tilePath)).toEqual(paths);
  });

  test("a tile that a tree does not reach has none", () => {
    expect(tileAt(0, 1, 256).width).toBe(0);
    expect(tileAt(1, 0, 255).width).toBe(0);
    expect(tileAt("entries", 2, 300).width).toBeLessThan(0);
  });
});

describe("reading", () => {
  const leaves = leavesOf(700);

  test("a full tile stands in for a partial one", async () => {
    const before = new TileStore();
    before.add(leaves.slice(0, 600));
    const after = new TileStore();
    after.add(leaves);
    after.add(leavesOf(68));
    const full = (addresses: TileAddress[]) =>
      after.read(addresses.map((address) => tileAt(address.level, address.index, after.edge.size)));
    expect(await readRoot(subtreeReader(600, full), 600)).toEqual(await readRoot(subtreeReader(600, before.read), 600));
  });

  test("a proof asks once, for each of its tiles once", async () => {
    const store = new TileStore();
    store.add(leaves);
    const asked: string[][] = [];
    const spy = (addresses: TileAddress[]) => {
      asked.push(addresses.map(tilePath));
      return store.read(addresses);
    };
    await proveInclusion(subtreeReader(700, spy), 699, 700);
    expect(asked).toEqual([["tile/0/002.p/188", "tile/1/000.p/2"]]);
    await proveInclusion(subtreeReader(700, spy), 300, 700);
    expect(asked[1]?.toSorted()).toEqual(["tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"]);
  });

  test("a tile that was cut is named", async () => {
    const store = new TileStore();
    store.add(leaves);
    const cut = async (addresses: TileAddress[]) => (await store.read(addresses)).map((tile) => tile.subarray(0, -1));
    await expect(readRoot(subtreeReader(700, cut), 700)).rejects.toThrow("tile/1/000.p/2 holds too few hashes");
    await expect(readEdge(700, cut)).rejects.toThrow("tile/0/002.p/188 holds too few hashes");
    await expect(
      readRoot(
        subtreeReader(700, () => Promise.resolve([])),
        700,
      ),
    ).rejects.toThrow("tile/");
  });
});

// Tiles of c2sp.org/tlog-tiles: a tree cut into rows of 256 hashes, their addresses, and subtree hashes read from them.
import type { HashReader } from "./proof.ts";
import { HASH_BYTES, rowRoot, type Subtree } from "./tree.ts";

export const TILE_WIDTH = 256;
/** One tile is eight levels of the tree high. */
const TILE_HEIGHT = 8;

/** `width` hashes of the tile, or as many entries of the bundle; 256 is a full one. */
export type TileAddress = { level: number | "entries"; index: number; width: number };
export type Tile = TileAddress & { hashes: Buffer };
/** The bytes of tiles, in the order asked for. A full tile may stand in for a partial one, which logs may delete. */
export type TileReader = (addresses: TileAddress[]) => Promise<Buffer[]>;

/** How many hashes stand at a level of tiles in a tree of `size` leaves. */
export function rowLength(level: number | "entries", size: number): number {
  return level === "entries" ? size : Math.floor(size / TILE_WIDTH ** level);
}

/** A tile as wide as it is in a tree of `size` leaves; of width 0 or less it is not there yet. */
export function tileAt(level: number | "entries", index: number, size: number): TileAddress {
  return { level, index, width: Math.min(TILE_WIDTH, rowLength(level, size) - index * TILE_WIDTH) };
}

/** How many levels of tiles a tree of `size` leaves has. */
export function tileLevels(size: number): number {
  let levels = 0;
  while (rowLength(levels, size) > 0) levels++;
  return levels;
}

/** The last tile of each level, where it is not full: what a checkpoint of this size needs beside full tiles. */
export function partialTiles(size: number): TileAddress[] {
  const last = Array.from({ length: tileLevels(size) }, (_, level) => tileAt(level, rowLength(level + 1, size), size));
  return last.filter(({ width }) => width > 0);
}

/** The tiles of every level in which entries `start` to `end` stand, as wide as in a tree of `end` leaves. */
export function touchedTiles(start: number, end: number): TileAddress[] {
  return Array.from({ length: tileLevels(end) }, (_, level) => {
    const first = Math.floor(rowLength(level, start) / TILE_WIDTH);
    const count = Math.ceil(rowLength(level, end) / TILE_WIDTH) - first;
    const grew = rowLength(level, end) > rowLength(level, start);
    return Array.from({ length: grew ? count : 0 }, (__, at) => tileAt(level, first + at, end));
  }).flat();
}

/** `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: TileAddress): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").replace(/\d{3}(?=\d)/g, "x$&/");
  return `tile/${level}/${groups}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

const form = /^tile\/(entries|\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/;

/** Null for any spelling but the one that `tilePath` writes. */
export function parseTilePath(path: string): TileAddress | null {
  const [, level = "", groups = "", width = TILE_WIDTH] = form.exec(path) ?? [];
  const index = Number(groups.replace(/[x/]/g, ""));
  const address = { level: level === "entries" ? level : Number(level), index, width: Number(width) } as const;
  return Number.isSafeInteger(index) && tilePath(address) === path ? address : null;
}

/** Hashes `start` to `end` of a tile as it was read, by somebody who may have cut it. */
export function hashesOf(address: TileAddress, tile: Buffer | undefined, start = 0, end = address.width): Buffer {
  const hashes = tile?.subarray(start * HASH_BYTES, end * HASH_BYTES);
  if (hashes?.length !== (end - start) * HASH_BYTES) throw new Error(`${tilePath(address)} holds too few hashes`);
  return hashes;
}

/** Reads subtree hashes of a tree of `size` leaves out of its tiles, all tiles at once and each one once. */
export function subtreeReader(size: number, readTiles: TileReader): HashReader {
  return async (subtrees) => {
    const places = subtrees.map((subtree) => placeOf(subtree, size));
    const addresses = new Map(places.map(({ address }) => [tilePath(address), address]));
    const tiles = await readTiles([...addresses.values()]);
    const tileAtPath = new Map([...addresses.keys()].map((path, at) => [path, tiles[at]]));
    return places.map(({ address, start, end }) =>
      rowRoot(hashesOf(address, tileAtPath.get(tilePath(address)), start, end)),
    );
  };
}

/** The tile that holds a subtree, and the hashes in it whose root is the subtree's. */
function placeOf({ level, index }: Subtree, size: number) {
  const width = 2 ** (level % TILE_HEIGHT);
  const first = index * width;
  const address = tileAt(Math.floor(level / TILE_HEIGHT), Math.floor(first / TILE_WIDTH), size);
  const start = first % TILE_WIDTH;
  return { address, start, end: start + width };
}

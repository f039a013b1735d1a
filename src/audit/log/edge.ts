// The right edge of a growing tree: the partial tiles, which are all that appending and the root need.
import { EMPTY_ROOT, HASH_BYTES, type Hash, rowRoot } from "./tree.ts";
import { hashesOf, partialTiles, rowLength, type Tile, TILE_WIDTH, tileLevels, type TileReader } from "./tile.ts";

/** `rows` holds, for each level of tiles, the hashes that do not fill a tile yet. */
export type Edge = { size: number; rows: Buffer[] };

export const EMPTY_EDGE: Edge = { size: 0, rows: [] };

export async function readEdge(size: number, readTiles: TileReader): Promise<Edge> {
  const addresses = partialTiles(size);
  const tiles = await readTiles(addresses);
  const rows = new Map(addresses.map((address, at) => [address.level, hashesOf(address, tiles[at])]));
  return { size, rows: Array.from({ length: tileLevels(size) }, (_, level) => rows.get(level) ?? Buffer.alloc(0)) };
}

export function rootOf({ rows }: Edge): Hash {
  const root = rows.reduce((below, row) => {
    const hashes = Buffer.concat([row, below]);
    return hashes.length === 0 ? below : rowRoot(hashes);
  }, Buffer.alloc(0));
  return root.length === 0 ? EMPTY_ROOT : root;
}

/** The edge after more leaves, and every tile they touched: the full ones, and last of each level the partial one. */
export function grow(edge: Edge, leaves: readonly Hash[]): { edge: Edge; tiles: Tile[] } {
  const tiles: Tile[] = [];
  const rows: Buffer[] = [];
  let added = leaves;
  for (let level = 0; level < edge.rows.length || added.length > 0; level++) {
    const row = Buffer.concat([edge.rows[level] ?? Buffer.alloc(0), ...added]);
    const cut = cutRow(row);
    const first = rowLength(level + 1, edge.size);
    const touched = cut.map((hashes, at) => ({ level, index: first + at, width: hashes.length / HASH_BYTES, hashes }));
    if (added.length > 0) tiles.push(...touched);
    const full = cut.filter(({ length }) => length === TILE_WIDTH * HASH_BYTES);
    rows.push(cut[full.length] ?? Buffer.alloc(0));
    added = full.map(rowRoot);
  }
  return { edge: { size: edge.size + leaves.length, rows }, tiles };
}

function cutRow(row: Buffer): Buffer[] {
  const tileBytes = TILE_WIDTH * HASH_BYTES;
  return Array.from({ length: Math.ceil(row.length / tileBytes) }, (_, at) =>
    row.subarray(at * tileBytes, (at + 1) * tileBytes),
  );
}

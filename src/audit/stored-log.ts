// The log as the database holds it: its tiles, the tree they make, and proofs against the newest checkpoint.
import type { Sql } from "../platform/database.ts";
import { findShownCheckpoint, readWitnessing } from "./cosignature-queries.ts";
import { findFirstIndex, readTiles } from "./log-queries.ts";
import {
  type Hash,
  parseCheckpoint,
  parseNote,
  proveInclusion,
  readEdge,
  rootOf,
  subtreeReader,
  type TileAddress,
  tilePath,
  type TileReader,
  TILE_WIDTH,
  type Tree,
} from "./log/index.ts";

/** What a tile holds for each of its places: a hash, or an entry of 32 bytes after its length. */
export const PLACE_BYTES = { tile: 32, bundle: 34 } as const;

/** What the size of the tree says must be there is not there, or not as wide. */
export class MissingTile extends Error {
  /** The first entry that it stands for. */
  readonly firstEntry: number;
  constructor(address: TileAddress) {
    super(`${tilePath(address)} is missing`);
    this.name = "MissingTile";
    const { level, index } = address;
    this.firstEntry = index * TILE_WIDTH ** (level === "entries" ? 1 : level + 1);
  }
}

export function tileReader(sql: Sql): TileReader {
  return async (addresses) => {
    const found = addresses.length === 0 ? [] : await readTiles(sql, addresses);
    return addresses.map((address, at) => {
      const bytes = found[at];
      if (!bytes) throw new MissingTile(address);
      return cutTile(address, bytes);
    });
  };
}

/** A tile or bundle as wide as it was asked for: the beginning of what it has become. */
export function cutTile({ level, width }: TileAddress, bytes: Buffer): Buffer {
  if (width === TILE_WIDTH) return bytes;
  return bytes.subarray(0, width * (level === "entries" ? PLACE_BYTES.bundle : PLACE_BYTES.tile));
}

/** The tree of this size by what is stored of it. */
export async function readTree(sql: Sql, size: number): Promise<Tree> {
  return { size, root: rootOf(await readEdge(size, tileReader(sql))) };
}

/** The tree that a checkpoint of our own speaks of. */
export function treeOf(note: string): Tree {
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? "");
  if (!checkpoint) throw new Error("a stored checkpoint has no form");
  return checkpoint;
}

export type Proof = { index: number; proof: Hash[]; checkpoint: string };

/** Whoever asks for a proof waits so long for witnesses that are slow, and then gets it without them. */
const WITNESSES_AWAITED_SECONDS = 10;

/** The proof that an entry stands in the tree of a checkpoint; null until one covers it and its witnesses have spoken. */
export async function proveEntry(sql: Sql, group: number, place: number): Promise<Proof | null> {
  const first = await findFirstIndex(sql, group);
  if (first === undefined) return null;
  const index = first + place;
  const checkpoint = await findProvingCheckpoint(sql, index);
  if (!checkpoint || index >= checkpoint.size) return null;
  const { size, note } = checkpoint;
  return { index, proof: await proveInclusion(subtreeReader(size, tileReader(sql)), index, size), checkpoint: note };
}

async function findProvingCheckpoint(sql: Sql, index: number) {
  const state = await readWitnessing(sql, index);
  if (!state || state.quorum === 0) return findShownCheckpoint(sql);
  if (state.witnessedSize > index) return findShownCheckpoint(sql, state.witnessedSize);
  return state.coveredSeconds < WITNESSES_AWAITED_SECONDS ? undefined : findShownCheckpoint(sql);
}

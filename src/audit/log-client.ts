// Reads a log over HTTP in the form of c2sp.org/tlog-tiles: its checkpoint, the hashes of its tiles, the entries themselves.
import { boundedFetch } from "../platform/bounded-fetch.ts";
import { AppError } from "../platform/error.ts";
import {
  ENTRY_BYTES_MAX,
  type Hash,
  HASH_BYTES,
  leafHash,
  parseBundle,
  type TileAddress,
  tileAt,
  tilePath,
  TILE_WIDTH,
} from "./log/index.ts";

const FETCH_MS_MAX = 10_000;
/** More than any checkpoint or tile. */
const TILE_BYTES_MAX = 64 * 1024;
const BUNDLE_BYTES_MAX = TILE_WIDTH * (2 + ENTRY_BYTES_MAX);

/** What the log signed is not what it serves. `index` is the entry's, where one can be named. */
export class Unserved extends Error {
  readonly index: number | null;
  constructor(message: string, index: number | null = null) {
    super(message);
    this.index = index;
  }
}

export type LogClient = {
  readCheckpoint: () => Promise<string>;
  /** The hashes of a tile of leaves, as wide as it is in a tree of `size`. */
  readLeaves: (tile: number, size: number) => Promise<Hash[]>;
  /** The same, computed from the entries. */
  readEntries: (tile: number, size: number) => Promise<Hash[]>;
};

/** `register-unavailable` where the log does not answer; `Unserved` where it lacks or mangles what its tree has. */
export function createLogClient(url: string): LogClient {
  return {
    readCheckpoint: async () => (await get(`${url}/checkpoint`, TILE_BYTES_MAX))?.toString() ?? "",
    async readLeaves(tile, size) {
      const address = tileAt(0, tile, size);
      const bytes = await getTile(address, TILE_BYTES_MAX);
      if (bytes.length < address.width * HASH_BYTES) throw new Unserved(`${tilePath(address)} holds too few hashes`);
      return Array.from({ length: address.width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
    },
    async readEntries(tile, size) {
      const address = tileAt("entries", tile, size);
      const bytes = await getTile(address, BUNDLE_BYTES_MAX);
      const entries = parseBundle(bytes, address.width) ?? parseBundle(bytes, TILE_WIDTH);
      if (!entries) throw new Unserved(`${tilePath(address)} has no form`);
      return entries.slice(0, address.width).map(leafHash);
    },
  };

  /** A log may drop a partial tile once it is full. */
  async function getTile(address: TileAddress, bytesMax: number): Promise<Buffer> {
    const paths = new Set([tilePath(address), tilePath({ ...address, width: TILE_WIDTH })]);
    for (const path of paths) {
      const bytes = await get(`${url}/${path}`, bytesMax);
      if (bytes) return bytes;
    }
    throw new Unserved(`${tilePath(address)} is missing`);
  }
}

/** Null where the log says that there is no such thing. */
async function get(url: string, bytesMax: number): Promise<Buffer | null> {
  const answer = await boundedFetch(url, { waitMsMax: FETCH_MS_MAX, bytesMax });
  if (answer?.status === 404) return null;
  if (answer?.status === 200) return answer.bytes;
  throw new AppError("register-unavailable", { note: `the log does not answer (${answer?.status ?? "no reply"})` });
}

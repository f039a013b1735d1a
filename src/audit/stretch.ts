// Stretches of the log as the database holds them: while one is verified, the database already reads the next.
import type { Sql } from "../platform/database.ts";
import { type EntryKind, listCheckpoints, listGroups, type Placed, type StoredCheckpoint } from "./log-queries.ts";
import { type Hash, type TileAddress, tileAt, TILE_WIDTH, touchedTiles } from "./log/index.ts";
import { tileReader } from "./stored-log.ts";

/** What the rows of one kind of group give. */
export type EntrySource = {
  /** For each group its entries by place; null where a row's salt was erased and nothing can be said any more. */
  read: (groups: readonly Placed[]) => Promise<FoundEntries[]>;
  /** Names a row that claims no entry or one that does not exist, or null. */
  findStray: () => Promise<string | null>;
};
export type EntrySources = Partial<Record<EntryKind, EntrySource>>;
export type FoundEntries = (Hash | null | undefined)[];

/** A group and what its rows give; null where nobody reads its kind. */
export type FoundGroup = Placed & { found: FoundEntries | null };

/** Entries `start` up to but not including `end`, and what is stored for them. */
export type Stretch = {
  start: number;
  end: number;
  bundles: StoredTile[];
  /** Of hashes, at every level that these entries touch. */
  tiles: StoredTile[];
  checkpoints: StoredCheckpoint[];
  /** Those that end in this stretch. */
  groups: FoundGroup[];
};
export type StoredTile = TileAddress & { bytes: Buffer };

/** Entries of a stretch: some 30 MB with everything that is read for them. */
const STRETCH = 64 * TILE_WIDTH;

export type StretchOptions = {
  sql: Sql;
  sources: EntrySources;
  /** A multiple of a tile's width. */
  start: number;
  end: number;
  /** Groups that begin before this entry are left out. */
  groupsFrom: number;
  /** How many stretches are read at once. */
  underWay: number;
};

export async function* readStretches(options: StretchOptions): AsyncGenerator<Stretch> {
  const underWay: Promise<Stretch>[] = [];
  try {
    for (let start = options.start; start < options.end || underWay.length > 0; start += STRETCH) {
      if (start < options.end) {
        const reading = readStretch(options, start, Math.min(start + STRETCH, options.end));
        // It is awaited in its turn, which may come long after it failed.
        reading.catch(() => {});
        underWay.push(reading);
        if (underWay.length < options.underWay) continue;
      }
      const next = await underWay.shift();
      if (next) yield next;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function readStretch(options: StretchOptions, start: number, end: number): Promise<Stretch> {
  const { sql } = options;
  const [bundles, tiles, checkpoints, groups] = await Promise.all([
    readAll(sql, bundlesOf(start, end)),
    readAll(sql, touchedTiles(start, end)),
    listCheckpoints(sql, start, end),
    readGroups(options, start, end),
  ]);
  return { start, end, bundles, tiles, checkpoints, groups };
}

async function readGroups({ sql, sources, groupsFrom }: StretchOptions, start: number, end: number) {
  const groups = await listGroups(sql, { from: groupsFrom, after: start, end });
  const found = new Map<number, FoundEntries>();
  await Promise.all(
    Object.entries(sources).map(async ([kind, source]) => {
      const own = groups.filter((group) => group.kind === kind);
      const entries = own.length > 0 ? await source.read(own) : [];
      for (const [at, { id }] of own.entries()) found.set(id, entries[at] ?? []);
    }),
  );
  return groups.map((group) => ({ ...group, found: found.get(group.id) ?? null }));
}

async function readAll(sql: Sql, addresses: TileAddress[]): Promise<StoredTile[]> {
  const tiles = await tileReader(sql)(addresses);
  return addresses.map((address, at) => ({ ...address, bytes: tiles[at] ?? Buffer.alloc(0) }));
}

function bundlesOf(start: number, end: number): TileAddress[] {
  const first = Math.floor(start / TILE_WIDTH);
  return Array.from({ length: Math.ceil(end / TILE_WIDTH) - first }, (_, at) => tileAt("entries", first + at, end));
}

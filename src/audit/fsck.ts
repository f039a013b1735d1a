// The whole log derived again: rows give their entries, entries their bundles and hashes, hashes their tiles, tiles the
// roots of all checkpoints. The first thing that differs is named; nothing is repaired.
import type { Sql } from "../platform/database.ts";
import { type EntryKind, type Extent, listCheckpoints, listGroups, type Placed, readExtent } from "./log-queries.ts";
import {
  type Edge,
  grow,
  type Hash,
  HASH_BYTES,
  leafHash,
  openCheckpoint,
  parseBundle,
  readEdge,
  rootOf,
  type Tile,
  tileAt,
  tilePath,
  TILE_WIDTH,
  type VerifierKey,
} from "./log/index.ts";
import { MissingTile, tileReader } from "./stored-log.ts";

/** What the rows of one kind of group give. */
export type EntrySource = {
  /** For each group its entries by place; null where a row's salt was erased and nothing can be said any more. */
  read: (groups: readonly Placed[]) => Promise<(Hash | null | undefined)[][]>;
  /** Names a row that claims no entry or one that does not exist, or null. */
  findStray: () => Promise<string | null>;
};
export type EntrySources = Partial<Record<EntryKind, EntrySource>>;

/** What differs first; `index` is the entry's, where the fault is one entry's. */
export type LogFinding = { fault: string; index: number | null };
export type FsckReport = {
  size: number;
  verified: number;
  erased: number;
  checkpoints: number;
  finding: LogFinding | null;
};

export type FsckOptions = {
  sql: Sql;
  sources: EntrySources;
  keys: readonly VerifierKey[];
  /** Entries before this one were verified by an earlier run. */
  from?: number;
  progress?: (verified: number, size: number) => void;
};

const CHUNK = 64 * TILE_WIDTH;

class Difference extends Error {
  readonly finding: LogFinding;
  constructor(fault: string, index: number | null = null) {
    super(fault);
    this.finding = { fault, index };
  }
}

export async function checkLog(options: FsckOptions): Promise<FsckReport> {
  const extent = await readExtent(options.sql);
  const from = Math.floor((options.from ?? 0) / TILE_WIDTH) * TILE_WIDTH;
  const report: FsckReport = { size: extent.size, verified: 0, erased: 0, checkpoints: 0, finding: null };
  try {
    requireExtent(extent, from);
    await checkEntries(options, from, report);
    for (const source of Object.values(options.sources)) {
      const stray = await source.findStray();
      if (stray) throw new Difference(`${stray} has no entry in the log`);
    }
  } catch (error) {
    if (!(error instanceof Difference)) throw error;
    report.finding = error.finding;
  }
  return report;
}

function requireExtent({ size, groupsEnd, checkpointSize }: Extent, from: number): void {
  if (from > size) throw new Difference(`the log has ${size} entries`);
  if (groupsEnd !== size) throw new Difference(`the groups end at ${groupsEnd}, the log at ${size}`);
  if (checkpointSize > size)
    throw new Difference(`a checkpoint speaks of ${checkpointSize} entries, the log has ${size}`);
}

async function checkEntries(options: FsckOptions, from: number, report: FsckReport): Promise<void> {
  const { sql } = options;
  const read = tileReader(sql);
  let edge = await readEdge(from, read).catch((error: unknown) => fail(error, from));
  const rows = createRowCheck(options, from, report);
  for (let start = from; start < report.size; start += CHUNK) {
    const end = Math.min(start + CHUNK, report.size);
    const entries = await readEntries(sql, start, end);
    const leaves = entries.map(leafHash);
    await checkLeafTiles(sql, leaves, start, end);
    await rows.check(entries, start, end);
    edge = await checkTree(options, edge, leaves, report);
    report.verified = end - from;
    options.progress?.(report.verified, report.size - from);
  }
  rows.finish();
}

/** The entries of a range, out of their bundles. */
async function readEntries(sql: Sql, start: number, end: number): Promise<Buffer[]> {
  const addresses = tilesOf("entries", start, end);
  const bundles = await tileReader(sql)(addresses).catch((error: unknown) => fail(error, start));
  return bundles.flatMap((bytes, at) => {
    const { index, width } = addresses[at] ?? { index: 0, width: 0 };
    const entries = parseBundle(bytes, width);
    if (entries?.every(({ length }) => length === HASH_BYTES)) return entries;
    throw new Difference("the entry bundle has no form", index * TILE_WIDTH);
  });
}

async function checkLeafTiles(sql: Sql, leaves: readonly Hash[], start: number, end: number): Promise<void> {
  const tiles = await tileReader(sql)(tilesOf(0, start, end)).catch((error: unknown) => fail(error, start));
  const hashes = Buffer.concat(tiles);
  const at = leaves.findIndex(
    (leaf, place) => leaf.compare(hashes, place * HASH_BYTES, (place + 1) * HASH_BYTES) !== 0,
  );
  if (at >= 0) throw new Difference("the entry and the hash in its tile differ", start + at);
  if (hashes.length !== leaves.length * HASH_BYTES) throw new Difference("a tile has another width", start);
}

/** Grows the tree by these leaves, stops at every checkpoint on the way, and compares the tiles that it passes. */
async function checkTree(
  options: FsckOptions,
  before: Edge,
  leaves: readonly Hash[],
  report: FsckReport,
): Promise<Edge> {
  const end = before.size + leaves.length;
  const touched = new Map<string, Tile>();
  let edge = before;
  const growTo = (size: number) => {
    const grown = grow(edge, leaves.slice(edge.size - before.size, size - before.size));
    for (const tile of grown.tiles) if (tile.level !== 0) touched.set(`${tile.level} ${tile.index}`, tile);
    edge = grown.edge;
  };
  for (const { size, note } of await listCheckpoints(options.sql, before.size, end)) {
    growTo(size);
    const opened = openCheckpoint(note, { logKeys: options.keys });
    if (!opened.ok) throw new Difference(`the checkpoint of ${size} entries is not ours (${opened.fault})`);
    if (opened.checkpoint.size !== size)
      throw new Difference(`the checkpoint of ${size} entries speaks of another size`);
    if (!opened.checkpoint.root.equals(rootOf(edge)))
      throw new Difference(`the entries give another root than the checkpoint of ${size} entries`);
    report.checkpoints++;
  }
  growTo(end);
  const tiles = [...touched.values()];
  const stored = await tileReader(options.sql)(tiles).catch((error: unknown) => fail(error, before.size));
  const other = tiles.find(({ hashes }, at) => !stored[at]?.equals(hashes));
  if (other) throw new Difference(`${tilePath(other)} differs from the tiles below it`);
  return edge;
}

/** Compares rows with entries, group by group: a group may begin in one chunk and end in the next. */
function createRowCheck({ sql, sources }: FsckOptions, from: number, report: FsckReport) {
  let held: Buffer[] = [];
  let heldFrom = from;
  let next: number | null = from === 0 ? 0 : null;
  return {
    async check(entries: readonly Buffer[], start: number, end: number): Promise<void> {
      held = [...held, ...entries];
      const groups = (await listGroups(sql, next ?? start, end)).filter(
        ({ firstIndex, size }) => firstIndex + size <= end,
      );
      for (const group of groups) {
        if (next !== null && group.firstIndex !== next) throw new Difference("no group has this entry", next);
        next = group.firstIndex + group.size;
      }
      for (const [kind, source] of Object.entries(sources)) {
        const own = groups.filter((group) => group.kind === kind);
        if (own.length === 0) continue;
        const found = await source.read(own);
        for (const [at, group] of own.entries()) compareGroup(group, found[at] ?? []);
      }
      const known = next ?? heldFrom;
      held = held.slice(known - heldFrom);
      heldFrom = known;
    },
    finish(): void {
      if (next !== null && next !== report.size) throw new Difference("no group has this entry", next);
    },
  };

  function compareGroup({ firstIndex, size, kind }: Placed, found: (Hash | null | undefined)[]): void {
    if (found.length > size) throw new Difference(`more rows than entries claim a group of kind ${kind}`, firstIndex);
    for (let place = 0; place < size; place++) {
      const given = found[place];
      const index = firstIndex + place;
      if (given === undefined) throw new Difference(`the ${kind} of this entry is missing`, index);
      if (given === null) report.erased++;
      else if (!held[index - heldFrom]?.equals(given))
        throw new Difference(`the ${kind} of this entry was changed`, index);
    }
  }
}

function tilesOf(level: 0 | "entries", start: number, end: number) {
  const first = Math.floor(start / TILE_WIDTH);
  return Array.from({ length: Math.ceil(end / TILE_WIDTH) - first }, (_, at) => tileAt(level, first + at, end));
}

/** A missing tile is a finding; a database that does not answer is not. */
function fail(error: unknown, index: number): never {
  throw error instanceof MissingTile ? new Difference(error.message, index) : error;
}

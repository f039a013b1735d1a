// The whole log derived again: rows give their entries, entries their bundles and hashes, hashes their tiles, tiles the
// roots of all checkpoints. The first thing that differs is named; nothing is repaired.
import type { Sql } from "../platform/database.ts";
import { type Extent, findGroupAt, readExtent } from "./log-queries.ts";
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
  tilePath,
  TILE_WIDTH,
  type Tree,
  type VerifierKey,
} from "./log/index.ts";
import { MissingTile, tileReader } from "./stored-log.ts";
import { type EntrySources, type FoundGroup, readStretches, type Stretch } from "./stretch.ts";

/** What differs first; `index` is the entry's, where the fault is one entry's. */
export type LogFinding = { fault: string; index: number | null };
export type FsckReport = {
  size: number;
  /** The first entry that was verified: of the group, and its tile, in which the given one stands. */
  from: number;
  verified: number;
  erased: number;
  checkpoints: number;
  finding: LogFinding | null;
};

export type FsckOptions = {
  sql: Sql;
  sources: EntrySources;
  keys: readonly VerifierKey[];
  /** What an earlier run verified; with its root, so that what has changed since is found. */
  verified?: { size: number; root?: Hash };
  /** How many stretches are read at once; more than one being read and one being verified helps only threads. */
  underWay?: number;
  /** Told again and again: `tree` is what may be given as verified to a later run. */
  progress?: (report: FsckReport, tree: Tree) => void;
};

class Difference extends Error {
  readonly finding: LogFinding;
  constructor(fault: string, index: number | null = null) {
    super(fault);
    this.finding = { fault, index };
  }
}

export async function checkLog(options: FsckOptions): Promise<FsckReport> {
  const extent = await readExtent(options.sql);
  const report: FsckReport = { size: extent.size, from: 0, verified: 0, erased: 0, checkpoints: 0, finding: null };
  try {
    await checkEntries(options, await findBegin(options, extent), report);
    for (const source of Object.values(options.sources)) {
      const stray = await source.findStray();
      if (stray) throw new Difference(`${stray} has no entry in the log`);
    }
  } catch (error) {
    report.finding = findingOf(error);
  }
  return report;
}

/** A missing tile is a finding; a database that does not answer is not. */
function findingOf(error: unknown): LogFinding {
  if (error instanceof Difference) return error.finding;
  if (error instanceof MissingTile) return { fault: error.message, index: error.firstEntry };
  throw error;
}

/** Where the group begins whose rows were not compared yet, because an earlier run ended inside it. */
async function findBegin({ sql, verified }: FsckOptions, extent: Extent): Promise<number> {
  const { size, groupsEnd, checkpointSize } = extent;
  const from = verified?.size ?? 0;
  if (from > size) throw new Difference(`the log has ${size} entries`);
  if (groupsEnd !== size) throw new Difference(`the groups end at ${groupsEnd}, the log at ${size}`);
  if (checkpointSize > size)
    throw new Difference(`a checkpoint speaks of ${checkpointSize} entries, the log has ${size}`);
  if (verified?.root && !rootOf(await readEdge(from, tileReader(sql))).equals(verified.root))
    throw new Difference(`the first ${from} entries are others than those that were verified`);
  return (await findGroupAt(sql, from)) ?? from;
}

async function checkEntries(options: FsckOptions, begin: number, report: FsckReport): Promise<void> {
  const { sql, sources, keys, underWay = 2 } = options;
  const start = begin - (begin % TILE_WIDTH);
  report.from = start;
  let edge = await readEdge(start, tileReader(sql));
  const rows = createRowCheck(start, begin, report);
  for await (const stretch of readStretches({ sql, sources, start, end: report.size, groupsFrom: begin, underWay })) {
    const entries = openBundles(stretch);
    const leaves = entries.map(leafHash);
    compareLeaves(stretch, leaves);
    rows.check(stretch.groups, entries);
    edge = checkTree(stretch, edge, leaves, keys);
    report.checkpoints += stretch.checkpoints.length;
    report.verified = stretch.end - start;
    options.progress?.(report, { size: edge.size, root: rootOf(edge) });
  }
  rows.finish();
}

function openBundles({ bundles }: Stretch): Buffer[] {
  return bundles.flatMap(({ bytes, width, index }) => {
    const entries = parseBundle(bytes, width);
    if (entries?.every(({ length }) => length === HASH_BYTES)) return entries;
    throw new Difference("the entry bundle has no form", index * TILE_WIDTH);
  });
}

function compareLeaves({ start, tiles }: Stretch, leaves: readonly Hash[]): void {
  const hashes = Buffer.concat(tiles.filter(({ level }) => level === 0).map(({ bytes }) => bytes));
  const at = leaves.findIndex(
    (leaf, place) => leaf.compare(hashes, place * HASH_BYTES, (place + 1) * HASH_BYTES) !== 0,
  );
  if (at >= 0) throw new Difference("the entry and the hash in its tile differ", start + at);
  if (hashes.length !== leaves.length * HASH_BYTES) throw new Difference("a tile has another width", start);
}

/** Grows the tree by these leaves, stops at every checkpoint on the way, and compares the tiles that it passes. */
function checkTree(stretch: Stretch, before: Edge, leaves: readonly Hash[], logKeys: readonly VerifierKey[]): Edge {
  const grown = new Map<string, Tile>();
  let edge = before;
  const growTo = (size: number) => {
    const step = grow(edge, leaves.slice(edge.size - before.size, size - before.size));
    for (const tile of step.tiles) grown.set(`${tile.level} ${tile.index}`, tile);
    edge = step.edge;
  };
  for (const { size, note } of stretch.checkpoints) {
    growTo(size);
    const opened = openCheckpoint(note, { logKeys });
    if (!opened.ok) throw new Difference(`the checkpoint of ${size} entries is not ours (${opened.fault})`);
    if (opened.checkpoint.size !== size)
      throw new Difference(`the checkpoint of ${size} entries speaks of another size`);
    if (!opened.checkpoint.root.equals(rootOf(edge)))
      throw new Difference(`the entries give another root than the checkpoint of ${size} entries`);
  }
  growTo(stretch.end);
  const other = stretch.tiles.find(({ level, index, bytes }) => !grown.get(`${level} ${index}`)?.hashes.equals(bytes));
  if (other) throw new Difference(`${tilePath(other)} differs from the tiles below it`);
  return edge;
}

/** Compares rows with entries, group by group: a group may begin in one stretch and end in the next. */
function createRowCheck(start: number, begin: number, report: FsckReport) {
  let held: Buffer[] = [];
  let heldFrom = start;
  let next = begin;
  return {
    check(groups: readonly FoundGroup[], entries: readonly Buffer[]): void {
      held = held.concat(entries);
      for (const group of groups) {
        if (group.firstIndex !== next) throw new Difference("no group has this entry", next);
        if (group.found) compareGroup(group, group.found);
        next += group.size;
      }
      held = held.slice(next - heldFrom);
      heldFrom = next;
    },
    finish(): void {
      if (next !== report.size) throw new Difference("no group has this entry", next);
    },
  };

  function compareGroup({ firstIndex, size, kind }: FoundGroup, found: (Hash | null | undefined)[]): void {
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

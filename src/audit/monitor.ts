// A monitor of a log, ours or another's, from outside: every checkpoint must continue the one seen before, show what it
// signed, and come while it is news.
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../platform/error.ts";
import { createLogClient, type LogClient, Unserved } from "./log-client.ts";
import {
  type CheckpointOutcome,
  type Edge,
  EMPTY_EDGE,
  grow,
  type Hash,
  type KnownKeys,
  openCheckpoint,
  rootOf,
  type Tree,
  TILE_WIDTH,
} from "./log/index.ts";
import { type Mirror, openMirror, type Seen } from "./mirror.ts";

/** Tiles that are asked for at once. */
const TILES_MAX = 16;
/** Caches may show an older checkpoint for a moment. */
const OLDER_MS_MAX = 60_000;

/** `forked`: two pasts, or a past that it does not show; the evidence is on disk. */
export type MonitorFinding = { kind: "forked" | "set_back" | "stalled"; sentence: string };

export type MonitorOptions = {
  url: string;
  keys: KnownKeys;
  /** So many witnesses must have cosigned before a checkpoint counts as news. */
  quorum?: number;
  /** Where the mirror is kept. */
  directory: string;
  /** Null looks once. */
  everySeconds: number | null;
  /** Without news for so long the log is taken for stalled or cut off. */
  stalledSeconds?: number | null;
  report: (line: string) => void;
};

type Looking = Pick<MonitorOptions, "keys" | "report"> & { log: LogClient; mirror: Mirror; quorum: number };
type Opened = Extract<CheckpointOutcome, { ok: true }>;

/** Looks once, or again and again until there is something to tell. */
export async function monitorLog(options: MonitorOptions): Promise<MonitorFinding | null> {
  const { url, keys, quorum = 0, directory, everySeconds, stalledSeconds = null, report } = options;
  const looking = { keys, report, quorum, log: createLogClient(url), mirror: openMirror(directory) };
  for (;;) {
    const finding = await look(looking).catch((error: unknown) => {
      if (everySeconds === null || !(error instanceof AppError && error.code === "register-unavailable")) throw error;
      report(`No answer: ${error.detail.note}.`);
      return null;
    });
    const told = finding ?? findStall(looking, stalledSeconds);
    if (told !== null || everySeconds === null) return told;
    await pause(everySeconds * 1000);
  }
}

async function look(looking: Looking): Promise<MonitorFinding | null> {
  const { keys, log, mirror, report } = looking;
  const note = await log.readCheckpoint();
  const now = openCheckpoint(note, keys);
  if (!now.ok) return convict(mirror, [note], "The log's checkpoint is not signed with its key.");
  const seen = mirror.seen();
  const then = openSeen(looking, seen);
  const known = then?.checkpoint ?? { size: 0, root: rootOf(EMPTY_EDGE) };
  const edge = mirror.edgeOf(known.size);
  if (!rootOf(edge).equals(known.root))
    throw new AppError("conflict", { note: "what was kept of the log is damaged: begin with a new directory" });
  const { size } = now.checkpoint;
  try {
    const agrees =
      size < known.size
        ? rootOf(mirror.edgeOf(size)).equals(now.checkpoint.root)
        : rootOf(await follow(looking, edge, size)).equals(now.checkpoint.root);
    if (!agrees) return await findChange(looking, now.checkpoint, known, [seen?.note ?? "", note]);
  } catch (error) {
    if (!(error instanceof Unserved)) throw error;
    const place = error.index === null ? "" : `Entry ${error.index}: `;
    return convict(mirror, [note], `${place}the log does not show what it signed: ${error.message}.`);
  }
  if (size < known.size) return findSetBack(looking, size, seen);
  report(seen ? `${size} entries; ${known.size} were seen before.` : `First seen: ${size} entries.`);
  if (now.witnesses.length < looking.quorum) report(`${now.witnesses.length} of ${looking.quorum} witnesses.`);
  const isNews = !then || isNewer(looking, now, then);
  mirror.accept({ note, size, movedAt: isNews || !seen ? new Date() : seen.movedAt });
  return null;
}

/** Reads what is new, hashes and entries, and keeps it; the edge of the tree that both make. */
async function follow({ log, mirror }: Looking, from: Edge, size: number): Promise<Edge> {
  let edge = from;
  while (edge.size < size) {
    const first = Math.floor(edge.size / TILE_WIDTH);
    const count = Math.min(TILES_MAX, Math.ceil(size / TILE_WIDTH) - first);
    const tiles = Array.from({ length: count }, (_, at) => first + at);
    const [leaves, entries] = await Promise.all(
      [log.readLeaves, log.readEntries].map(async (read) =>
        (await Promise.all(tiles.map((tile) => read(tile, size)))).flat(),
      ),
    );
    const added = (leaves ?? []).slice(edge.size - first * TILE_WIDTH);
    const hashed = (entries ?? []).slice(edge.size - first * TILE_WIDTH);
    const other = firstDifference(added, hashed);
    if (other !== null) throw new Unserved("its entry and the hash of it differ", edge.size + other);
    mirror.write(edge.size, added);
    edge = grow(edge, added).edge;
  }
  return edge;
}

/** Names the first entry that is not what it was. */
async function findChange(
  { log, mirror }: Looking,
  now: Tree,
  then: Tree,
  notes: readonly string[],
): Promise<MonitorFinding> {
  const size = Math.min(now.size, then.size);
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const end = Math.min(start + TILE_WIDTH, size);
    const shown = (await log.readLeaves(start / TILE_WIDTH, now.size)).slice(0, end - start);
    const at = firstDifference(mirror.read(start, end), shown);
    if (at !== null)
      return convict(mirror, notes, `Entry ${start + at} is not what it was when ${then.size} entries were seen.`);
  }
  return convict(
    mirror,
    notes,
    `The log of ${now.size} entries does not agree with the log of ${then.size} entries that was seen before.`,
  );
}

function findSetBack({ mirror, report }: Looking, size: number, seen: Seen | null): MonitorFinding | null {
  if (!seen || Date.now() - seen.movedAt.getTime() < OLDER_MS_MAX) {
    report(`${size} entries: an older checkpoint than the one of ${seen?.size ?? 0}.`);
    return null;
  }
  const sentence = `The log shows ${size} entries; ${seen.size} were seen more than a minute ago. That checkpoint is in ${mirror.keepEvidence([seen.note])}.`;
  return { kind: "set_back", sentence };
}

function findStall({ mirror, quorum }: Looking, stalledSeconds: number | null): MonitorFinding | null {
  const seen = mirror.seen();
  if (!seen || stalledSeconds === null || Date.now() - seen.movedAt.getTime() < stalledSeconds * 1000) return null;
  const lacks = quorum > 0 ? `no newer checkpoint that ${quorum} witnesses cosigned` : "no new entry";
  return { kind: "stalled", sentence: `The log has shown ${lacks} since ${seen.movedAt.toISOString()}.` };
}

/** News is a larger tree, or a later word of enough witnesses on the same one. */
function isNewer({ quorum }: Looking, now: Opened, then: Opened): boolean {
  if (quorum === 0) return now.checkpoint.size > then.checkpoint.size;
  return vouchedAt(now, quorum) > vouchedAt(then, quorum);
}

/** When the last of the quorum's witnesses spoke; 0 where there are too few. */
function vouchedAt({ witnesses }: Opened, quorum: number): number {
  const times = witnesses.map(({ at }) => at?.getTime() ?? 0).sort((one, other) => other - one);
  return times[quorum - 1] ?? 0;
}

function openSeen({ keys }: Looking, seen: Seen | null): Opened | null {
  if (!seen) return null;
  const opened = openCheckpoint(seen.note, keys);
  if (opened.ok) return opened;
  throw new AppError("conflict", { note: "what was kept is of another log, or under keys that were not given" });
}

function firstDifference(one: readonly Hash[], other: readonly Hash[]): number | null {
  const at = one.findIndex((hash, place) => !other[place]?.equals(hash));
  return at < 0 ? null : at;
}

function convict(mirror: Mirror, notes: readonly string[], sentence: string): MonitorFinding {
  return { kind: "forked", sentence: `${sentence} The evidence is in ${mirror.keepEvidence(notes)}.` };
}

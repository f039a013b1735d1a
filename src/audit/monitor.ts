// A monitor of a log, ours or another's, from outside: every checkpoint must continue the one seen before.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "../platform/error.ts";
import {
  type Checkpoint,
  openCheckpoint,
  proveConsistency,
  readEdge,
  rootOf,
  subtreeReader,
  TILE_WIDTH,
  tilePath,
  type TileReader,
  type VerifierKey,
  verifyConsistency,
} from "./log/index.ts";
import { MissingTile } from "./stored-log.ts";

const FETCH_MS_MAX = 10_000;
/** More than any checkpoint or tile: a hostile log must not fill the memory. */
const BODY_BYTES_MAX = 64 * 1024;
/** Tiles that are asked for at once. */
const FETCHES_MAX = 16;

export type MonitorOptions = {
  url: string;
  keys: readonly VerifierKey[];
  /** Holds the checkpoint seen last. */
  statePath: string;
  everySeconds: number | null;
  report: (line: string) => void;
};

/** Looks once, or again and again; ends with a sentence when the log shows two pasts, which are then on disk. */
export async function monitorLog({ everySeconds, ...options }: MonitorOptions): Promise<string | null> {
  for (;;) {
    const finding = await look(options);
    if (finding !== null || everySeconds === null) return finding;
    await pause(everySeconds * 1000);
  }
}

async function look({ url, keys, statePath, report }: Omit<MonitorOptions, "everySeconds">): Promise<string | null> {
  const note = (await fetchBytes(`${url}/checkpoint`))?.toString() ?? "";
  const now = openNote(note, keys);
  if (!now) return keepEvidence(statePath, [note], "The log's checkpoint is not signed with its key.");
  if (existsSync(statePath)) {
    const before = readFileSync(statePath, "utf8");
    const then = openNote(before, keys);
    if (!then) throw new AppError("conflict", { note: `${statePath} holds no checkpoint of this log` });
    // A cache may answer with an older checkpoint, which is then a beginning of what was seen.
    const [older, newer] = now.size < then.size ? [now, then] : [then, now];
    if (!(await continues(older, newer, tilesFrom(url))))
      return keepEvidence(
        statePath,
        [before, note],
        `The log of ${now.size} entries does not agree with the log of ${then.size} entries that was seen before.`,
      );
    report(`${now.size} entries; ${then.size} were seen before.`);
    if (now.size <= then.size) return null;
  } else report(`First seen: ${now.size} entries.`);
  const draft = `${statePath}.new`;
  writeFileSync(draft, note, { flush: true });
  renameSync(draft, statePath);
  return null;
}

function openNote(note: string, logKeys: readonly VerifierKey[]): Checkpoint | null {
  const opened = openCheckpoint(note, { logKeys });
  return opened.ok ? opened.checkpoint : null;
}

/** Whether one tree begins the other. A log that lacks tiles of a tree which it signed has gone back on it. */
async function continues(older: Checkpoint, newer: Checkpoint, tiles: TileReader): Promise<boolean> {
  try {
    if (!rootOf(await readEdge(newer.size, tiles)).equals(newer.root)) return false;
    const proof = await proveConsistency(subtreeReader(newer.size, tiles), older.size, newer.size);
    return verifyConsistency(older, newer, proof);
  } catch (error) {
    if (error instanceof MissingTile) return false;
    throw error;
  }
}

/** Two signed checkpoints that contradict each other convict the log wherever they are shown. */
function keepEvidence(statePath: string, notes: string[], sentence: string): string {
  const path = `${statePath}.evidence`;
  writeFileSync(path, notes.join("\n"), { flush: true });
  return `${sentence} The evidence is in ${path}.`;
}

function tilesFrom(url: string): TileReader {
  return async (addresses) => {
    const tiles: Buffer[] = [];
    for (let at = 0; at < addresses.length; at += FETCHES_MAX) {
      const part = addresses.slice(at, at + FETCHES_MAX).map(async (address) => {
        // A log may drop a partial tile once it is full.
        const paths = [tilePath(address), tilePath({ ...address, width: TILE_WIDTH })];
        for (const path of new Set(paths)) {
          const bytes = await fetchBytes(`${url}/${path}`);
          if (bytes) return bytes;
        }
        throw new MissingTile(address);
      });
      tiles.push(...(await Promise.all(part)));
    }
    return tiles;
  };
}

/** Null where the log says that there is no such thing. */
async function fetchBytes(url: string): Promise<Buffer | null> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS_MAX), redirect: "error" }).catch(() => null);
  if (response?.status === 404) return null;
  if (!response?.ok)
    throw new AppError("register-unavailable", { note: `the log does not answer (${response?.status ?? "no reply"})` });
  const parts: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > BODY_BYTES_MAX) throw new AppError("register-unavailable", { note: "the log answers with too much" });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

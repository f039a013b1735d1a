// What a monitor keeps of a log: the checkpoint it saw last and the hash of every entry, 32 bytes each, so that it can name
// the one that was changed.
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "../platform/durable-file.ts";
import { AppError } from "../platform/error.ts";
import { EMPTY_EDGE, type Edge, grow, HASH_BYTES, type Hash } from "./log/index.ts";

/** `note` is the largest checkpoint that was accepted, `movedAt` when the log last showed something new. */
export type Seen = { note: string; size: number; movedAt: Date };

export type Mirror = {
  seen: () => Seen | null;
  /** The hashes of entries from `start` up to but not including `end`. */
  read: (start: number, end: number) => Hash[];
  /** The edge of the tree that the first `size` entries make. */
  edgeOf: (size: number) => Edge;
  /** Entries from `start` on; nothing speaks of them before `accept` does. */
  write: (start: number, leaves: readonly Hash[]) => void;
  /** Durable when it returns, with the entries that were written. */
  accept: (seen: Seen) => void;
  /** Notes that contradict each other convict the log wherever they are shown; says where they are. */
  keepEvidence: (notes: readonly string[]) => string;
};

const Form = z.strictObject({ note: z.string(), size: z.int().min(0), movedAt: z.iso.datetime() });
/** Hashes that are held in memory at once. */
const CHUNK = 65_536;

export function openMirror(directory: string): Mirror {
  mkdirSync(directory, { recursive: true });
  const [seenPath, leavesPath] = [join(directory, "seen.json"), join(directory, "leaves")];
  let seen = readSeen(seenPath);
  writeFileSync(leavesPath, "", { flag: "a" });

  function read(start: number, end: number): Hash[] {
    const bytes = Buffer.alloc((end - start) * HASH_BYTES);
    const length = withFile(leavesPath, (file) => readSync(file, bytes, 0, bytes.length, start * HASH_BYTES));
    if (length !== bytes.length)
      throw new AppError("conflict", { note: `${leavesPath} is damaged: begin with a new directory` });
    return Array.from({ length: end - start }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
  }

  return {
    seen: () => seen,
    read,
    edgeOf(size) {
      let edge = EMPTY_EDGE;
      while (edge.size < size) edge = grow(edge, read(edge.size, Math.min(edge.size + CHUNK, size))).edge;
      return edge;
    },
    write(start, leaves) {
      withFile(leavesPath, (file) => writeSync(file, Buffer.concat(leaves), 0, undefined, start * HASH_BYTES));
    },
    accept(next) {
      withFile(leavesPath, (file) => {
        ftruncateSync(file, next.size * HASH_BYTES);
        fsyncSync(file);
      });
      replaceFile(seenPath, `${JSON.stringify(next, null, 2)}\n`);
      seen = next;
    },
    keepEvidence(notes) {
      const path = join(directory, "evidence");
      replaceFile(path, notes.join("\n"));
      return path;
    },
  };
}

function withFile<T>(path: string, work: (file: number) => T): T {
  const file = openSync(path, "r+");
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

function readSeen(path: string): Seen | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  const parsed = Form.safeParse(parseJson(text));
  if (!parsed.success) throw new AppError("conflict", { note: `${path} is damaged: begin with a new directory` });
  return { ...parsed.data, movedAt: new Date(parsed.data.movedAt) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// What a witness must never forget: its key and, of each log, the checkpoint that it cosigned last. Both are one file:
// whoever loses what was cosigned has lost the key that could contradict it.
import { generateKeyPairSync } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "../../platform/durable-file.ts";
import { AppError } from "../../platform/error.ts";
import {
  formatSignerKey,
  parseCheckpoint,
  parseNote,
  parseSignerKey,
  type SignerKey,
  signerKeyOf,
} from "../log/index.ts";

export type WitnessState = {
  key: SignerKey;
  /** The note of this log that was cosigned last. */
  find: (origin: string) => string | null;
  list: () => string[];
  /** Durable when it returns; `conflict` where another process has begun its term in this directory. */
  store: (origin: string, note: string) => void;
};

const Form = z.strictObject({ version: z.literal(1), key: z.string(), checkpoints: z.array(z.string()) });
const TERM_FILE = /^state-(\d{6,})$/;
const pathOf = (directory: string, term: number) => join(directory, `state-${String(term).padStart(6, "0")}`);

/** `name` is what a new directory's key is called; an old one keeps its own. */
export function openWitnessState(directory: string, name: string | undefined): WitnessState {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const term = beginTerm(directory);
  const { key, notes } = readLastTerm(directory, term) ?? {
    key: newKey(name ?? "localhost/witness"),
    notes: new Map<string, string>(),
  };
  if (name !== undefined && key.name !== name)
    throw new AppError("conflict", { note: `the witness of ${directory} is ${key.name}, and names are for good` });
  write();
  for (const older of termsIn(directory)) if (older < term) rmSync(pathOf(directory, older), { force: true });

  function write(): void {
    const state = { version: 1, key: formatSignerKey(key), checkpoints: [...notes.values()] };
    replaceFile(pathOf(directory, term), `${JSON.stringify(state, null, 2)}\n`, 0o600);
  }

  return {
    key,
    find: (origin) => notes.get(origin) ?? null,
    list: () => [...notes.values()],
    store(origin, note) {
      notes.set(origin, note);
      write();
      // Whoever begins a term announces it before it reads: it has read this note, or is seen here.
      if (termsIn(directory).some((other) => other > term))
        throw new AppError("conflict", { note: `another witness serves ${directory}` });
    },
  };
}

/** Announces a term by an empty file. There is no lock that a kill could leave behind. */
function beginTerm(directory: string): number {
  for (;;) {
    const term = 1 + Math.max(0, ...termsIn(directory));
    try {
      closeSync(openSync(pathOf(directory, term), "wx", 0o600));
      return term;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

function termsIn(directory: string): number[] {
  return readdirSync(directory).flatMap((name) => TERM_FILE.exec(name)?.slice(1).map(Number) ?? []);
}

/** The state of the last term before this one that came to write it. */
function readLastTerm(directory: string, term: number): { key: SignerKey; notes: Map<string, string> } | null {
  const earlier = termsIn(directory).filter((other) => other < term);
  for (const other of earlier.sort((one, two) => two - one)) {
    const path = pathOf(directory, other);
    const text = readFileSync(path, "utf8");
    if (text !== "") return parseState(text, path);
  }
  return null;
}

function parseState(text: string, path: string): { key: SignerKey; notes: Map<string, string> } {
  const parsed = Form.safeParse(parseJson(text));
  const key = parsed.success ? parseSignerKey(parsed.data.key) : null;
  const notes = (parsed.data?.checkpoints ?? []).map((note): [string | undefined, string] => [
    parseCheckpoint(parseNote(note)?.text ?? "")?.origin,
    note,
  ]);
  const known = new Map(notes.flatMap(([origin, note]) => (origin === undefined ? [] : [[origin, note] as const])));
  if (key?.type === "cosignature" && known.size === notes.length) return { key, notes: known };
  throw new AppError("conflict", {
    note: `${path} is damaged: a witness that forgot what it saw needs a new directory`,
  });
}

function newKey(name: string): SignerKey {
  return signerKeyOf(name, "cosignature", generateKeyPairSync("ed25519").privateKey);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

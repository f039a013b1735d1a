// Checkpoints of c2sp.org/tlog-checkpoint: what a log says of its tree in a signed note.
import { decodeCount, decodeHash } from "./encoding.ts";
import type { VerifierKey } from "./key.ts";
import { parseNote, type Verified, verifyNote } from "./note.ts";
import type { Tree } from "./tree.ts";

/** `origin` names the log and its keys; extension lines are not recommended, and signed like the rest. */
export type Checkpoint = Tree & { origin: string; extensions: string[] };

export type CheckpointFault = "malformed" | "unknown_origin" | "bad_signature" | "unsigned";

/** The keys of one log, more than one while they are exchanged, and those of the witnesses one listens to. */
export type KnownKeys = { logKeys: readonly VerifierKey[]; witnessKeys?: readonly VerifierKey[] };

export type CheckpointOutcome =
  { ok: true; checkpoint: Checkpoint; witnesses: Verified[] } | { ok: false; fault: CheckpointFault };

/** The text to sign. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, size, root.toString("base64"), ...extensions, ""].join("\n");
}

export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = "", sizeLine = "", rootLine = "", ...rest] = text.split("\n");
  const size = decodeCount(sizeLine);
  const root = decodeHash(rootLine);
  const extensions = rest.slice(0, -1);
  if (origin === "" || size === null || root === null || rest.at(-1) !== "" || extensions.includes("")) return null;
  return { origin, size, root, extensions };
}

/** A checkpoint of a log whose keys are known, with the witnesses that vouch for it. */
export function openCheckpoint(note: string, { logKeys, witnessKeys = [] }: KnownKeys): CheckpointOutcome {
  const parsed = parseNote(note);
  const checkpoint = parsed && parseCheckpoint(parsed.text);
  if (!checkpoint) return { ok: false, fault: "malformed" };
  const ownKeys = logKeys.filter(({ name }) => name === checkpoint.origin);
  if (ownKeys.length === 0) return { ok: false, fault: "unknown_origin" };
  const verified = verifyNote(parsed, [...ownKeys, ...witnessKeys]);
  if (!verified) return { ok: false, fault: "bad_signature" };
  if (!verified.some(({ key }) => ownKeys.includes(key))) return { ok: false, fault: "unsigned" };
  return { ok: true, checkpoint, witnesses: verified.filter(({ key }) => witnessKeys.includes(key)) };
}

// What a witness decides on `add-checkpoint` (c2sp.org/tlog-witness): it cosigns what continues the tree it saw last.
import { type Checkpoint, openCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { decodeCount, decodeHashes, encodeHashes, HASH_LINES } from "./encoding.ts";
import type { VerifierKey } from "./key.ts";
import { parseNote } from "./note.ts";
import { verifyConsistency } from "./proof.ts";
import { EMPTY_ROOT, type Hash, type Tree } from "./tree.ts";

/** The proof starts at `olderSize`; `checkpoint` is what the signed `note` claims, before anybody has verified it. */
export type Submission = { olderSize: number; proof: Hash[]; note: string; checkpoint: Checkpoint };

/** The HTTP status of each refusal; `size_differs` answers with the size of the last cosigned tree. */
export const REFUSAL_STATUS = {
  malformed: 400,
  untrusted: 403,
  unknown_origin: 404,
  size_differs: 409,
  inconsistent: 422,
} as const;
export type WitnessRefusal = keyof typeof REFUSAL_STATUS;

const form = new RegExp(String.raw`^old (\S+)\n${HASH_LINES}\n`);

export function formatSubmission({ olderSize, proof, note }: Omit<Submission, "checkpoint">): string {
  return `old ${olderSize}\n${encodeHashes(proof)}\n${note}`;
}

/** Null is the refusal `malformed`. */
export function parseSubmission(body: string): Submission | null {
  const [frame = "", sizeText = "", lines = ""] = form.exec(body) ?? [];
  const olderSize = decodeCount(sizeText);
  const proof = decodeHashes(lines);
  const note = body.slice(frame.length);
  const checkpoint = parseCheckpoint(parseNote(note)?.text ?? "");
  return olderSize === null || !proof || !checkpoint ? null : { olderSize, proof, note, checkpoint };
}

/**
 * Why a submission is refused, or null: then the tree is to be stored in place of `last`, atomically, before the
 * cosignature leaves. `logKeys` are those trusted for the origin, `last` is null before its first checkpoint.
 */
export function refuseSubmission(
  { olderSize, proof, note, checkpoint }: Submission,
  logKeys: readonly VerifierKey[],
  last: Tree | null,
): WitnessRefusal | null {
  const outcome = openCheckpoint(note, { logKeys });
  if (!outcome.ok) return outcome.fault === "unknown_origin" ? "unknown_origin" : "untrusted";
  if (olderSize > checkpoint.size) return "malformed";
  const seen = last ?? { size: 0, root: EMPTY_ROOT };
  if (olderSize !== seen.size) return "size_differs";
  return verifyConsistency(seen, checkpoint, proof) ? null : "inconsistent";
}

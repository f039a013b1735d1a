// Receipts: the text form c2sp.org/tlog-proof@v1 of one entry's inclusion, which anyone verifies without the log.
import { type CheckpointFault, type CheckpointOutcome, type KnownKeys, openCheckpoint } from "./checkpoint.ts";
import { decodeBase64, decodeCount, decodeHashes, encodeHashes, HASH_LINES } from "./encoding.ts";
import { verifyInclusion } from "./proof.ts";
import type { Hash } from "./tree.ts";

/** `extra`, unsigned and maybe empty, is what the leaf is computed from; `checkpoint` is the whole signed note. */
export type Receipt = { extra: Buffer; index: number; proof: Hash[]; checkpoint: string };

export type ReceiptFault = CheckpointFault | "not_included";

export type ReceiptOutcome = Extract<CheckpointOutcome, { ok: true }> | { ok: false; fault: ReceiptFault };

const HEAD = "c2sp.org/tlog-proof@v1\n";
const form = new RegExp(String.raw`^(?:extra (\S+)\n)?index (\S+)\n${HASH_LINES}\n`);

export function formatReceipt({ extra, index, proof, checkpoint }: Receipt): string {
  const extraLine = extra.length === 0 ? "" : `extra ${extra.toString("base64")}\n`;
  return `${HEAD}${extraLine}index ${index}\n${encodeHashes(proof)}\n${checkpoint}`;
}

/** The frame alone: whether the checkpoint is one, and by whom, is for `verifyReceipt` to say. */
export function parseReceipt(text: string): Receipt | null {
  if (!text.startsWith(HEAD)) return null;
  const body = text.slice(HEAD.length);
  const [frame = "", base64 = "", indexText = "", lines = ""] = form.exec(body) ?? [];
  const extra = decodeBase64(base64);
  const index = decodeCount(indexText);
  const proof = decodeHashes(lines);
  if (!extra || index === null || !proof) return null;
  return { extra, index, proof, checkpoint: body.slice(frame.length) };
}

/** Whether the leaf stands in the log. How many witnesses are enough is for the caller to say. */
export function verifyReceipt({ index, proof, checkpoint }: Receipt, leaf: Hash, keys: KnownKeys): ReceiptOutcome {
  const outcome = openCheckpoint(checkpoint, keys);
  if (!outcome.ok) return outcome;
  return verifyInclusion(leaf, index, outcome.checkpoint, proof) ? outcome : { ok: false, fault: "not_included" };
}

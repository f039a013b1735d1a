// The log's side of c2sp.org/tlog-witness: what it submits to a witness, and what it believes of the answer.
import { boundedFetch } from "../platform/bounded-fetch.ts";
import {
  decodeCount,
  decodeText,
  formatSignatures,
  openCheckpoint,
  parseNote,
  sha256,
  type VerifierKey,
} from "./log/index.ts";

/** `url` is the prefix of its addresses. */
export type WitnessAddress = { url: string; key: VerifierKey };

/** `seen` is the size of the tree that it cosigned last. */
export type WitnessReply =
  | { kind: "cosigned"; line: string }
  | { kind: "seen"; size: number }
  | { kind: "refused"; status: number }
  | { kind: "away" };

/** A witness across the country that writes to its disk answers in a tenth of this. */
const BOUNDS = { waitMsMax: 5_000, bytesMax: 64 * 1024 };

/** Asks for a cosignature of `note`; whatever else the witness says is left out. */
export async function submitCheckpoint(
  { url, key }: WitnessAddress,
  { note, submission, logKeys }: { note: string; submission: string; logKeys: readonly VerifierKey[] },
  signal: AbortSignal | null = null,
): Promise<WitnessReply> {
  const answer = await boundedFetch(`${url}/add-checkpoint`, BOUNDS, { method: "POST", body: submission, signal });
  if (!answer) return { kind: "away" };
  const text = decodeText(answer.bytes) ?? "";
  if (answer.status === 409) {
    const size = text.endsWith("\n") ? decodeCount(text.slice(0, -1)) : null;
    return size === null ? { kind: "refused", status: 409 } : { kind: "seen", size };
  }
  if (answer.status !== 200) return { kind: "refused", status: answer.status };
  const line = findCosignature(`${note}${text}`, key, logKeys);
  return line === null ? { kind: "refused", status: 200 } : { kind: "cosigned", line };
}

/** The checkpoint of our log that the witness cosigned last, if it shows one that we signed. */
export async function readCosigned(
  { url, key }: WitnessAddress,
  origin: string,
  logKeys: readonly VerifierKey[],
): Promise<string | null> {
  const originHash = sha256(Buffer.from(origin)).toString("hex");
  const answer = await boundedFetch(`${url}/${originHash}/checkpoint`, BOUNDS);
  const note = answer?.status === 200 ? decodeText(answer.bytes) : null;
  return note !== null && findCosignature(note, key, logKeys) !== null ? note : null;
}

/** The line of this witness, where the note holds for the log and for it. */
function findCosignature(note: string, key: VerifierKey, logKeys: readonly VerifierKey[]): string | null {
  const opened = openCheckpoint(note, { logKeys, witnessKeys: [key] });
  if (!opened.ok || opened.witnesses.length === 0) return null;
  const own = parseNote(note)?.signatures.findLast(({ name, keyId }) => name === key.name && keyId === key.keyId);
  return own ? formatSignatures([own]) : null;
}

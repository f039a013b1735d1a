// A witness at work: it cosigns what continues the tree it saw last, and keeps what a log signed that does not.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "../../platform/log.ts";
import {
  type Checkpoint,
  decodeText,
  formatNote,
  formatSignatures,
  parseCheckpoint,
  parseNote,
  parseSubmission,
  refuseSubmission,
  sha256,
  signText,
  type Submission,
  type VerifierKey,
  type WitnessRefusal,
} from "../log/index.ts";
import type { WitnessState } from "./state.ts";

/** `size` is that of the tree cosigned last. */
export type WitnessAnswer = { ok: true; cosignature: string } | { ok: false; refusal: WitnessRefusal; size: number };

export type Witness = {
  /** Decides on the body of `add-checkpoint`; the new tree is durable before it returns. */
  answer: (body: Buffer) => WitnessAnswer;
  /** What was cosigned last of the log whose origin has this SHA-256 in hex. */
  findCheckpoint: (originHash: string) => string | null;
};

export type WitnessOptions = {
  state: WitnessState;
  /** The keys of all logs that are watched. */
  logKeys: readonly VerifierKey[];
  /** Where evidence goes. */
  directory: string;
  log: Logger;
};

/** Nothing here waits: between the look at what was seen last and its replacement no other submission is read. */
export function createWitness({ state, logKeys, directory, log }: WitnessOptions): Witness {
  return {
    answer(body) {
      const submission = parseSubmission(decodeText(body) ?? "");
      if (!submission) return { ok: false, refusal: "malformed", size: 0 };
      const { origin, size } = submission.checkpoint;
      const seen = state.find(origin);
      const last = seen === null ? null : parseCheckpoint(parseNote(seen)?.text ?? "");
      const refusal = refuseSubmission(submission, logKeys, last);
      if (refusal) {
        if (refusal === "inconsistent") keepEvidence(directory, submission.checkpoint, [seen ?? "", submission.note]);
        const facts = { origin, size, olderSize: submission.olderSize, seen: last?.size ?? 0, refusal };
        if (refusal === "inconsistent") log.error(facts, "the log contradicts what was seen of it");
        else log.info(facts, "not cosigned");
        return { ok: false, refusal, size: last?.size ?? 0 };
      }
      const cosignature = cosign(state, submission, logKeys);
      log.info({ origin, size }, "cosigned");
      return { ok: true, cosignature };
    },
    findCheckpoint: (originHash) =>
      state.list().find((note) => hashOf(parseCheckpoint(parseNote(note)?.text ?? "")?.origin) === originHash) ?? null,
  };
}

function cosign(state: WitnessState, { note, checkpoint }: Submission, logKeys: readonly VerifierKey[]): string {
  const { text, signatures } = parseNote(note) ?? { text: "", signatures: [] };
  const cosignature = signText(state.key, text, new Date());
  const verified = signatures.filter(({ name, keyId }) =>
    logKeys.some((key) => key.name === name && key.keyId === keyId),
  );
  state.store(checkpoint.origin, formatNote({ text, signatures: [...verified, cosignature] }));
  return formatSignatures([cosignature]);
}

/** One file for each tree: a log that insists does not fill the disk. */
function keepEvidence(directory: string, { origin, size, root }: Checkpoint, notes: string[]): void {
  const path = join(directory, `evidence-${hashOf(origin).slice(0, 16)}-${size}-${root.toString("hex").slice(0, 16)}`);
  writeFileSync(path, notes.join("\n"), { flush: true });
}

function hashOf(origin = ""): string {
  return sha256(Buffer.from(origin)).toString("hex");
}

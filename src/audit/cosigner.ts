// Asks the configured witnesses for their cosignatures, each at its own pace: nothing of the log waits for them.
import { setTimeout as pause } from "node:timers/promises";
import { connectSql, type Sql } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import type { Logger } from "../platform/log.ts";
import { holdsTree } from "./continuity.ts";
import { findWitnessed, insertCosignature, lockCosigner } from "./cosignature-queries.ts";
import { knownKeysOf, type LogIdentity } from "./identity.ts";
import {
  formatSubmission,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  subtreeReader,
  type VerifierKey,
} from "./log/index.ts";
import { tileReader } from "./stored-log.ts";
import type { PublishedMark } from "./published-mark.ts";
import { readCosigned, submitCheckpoint, type WitnessAddress } from "./witness-client.ts";

export type CosignerPace = {
  /** Between looks for a checkpoint that a witness has not cosigned. */
  lookMs: number;
  /** After a failure, doubled with each further one. */
  retryMs: number;
  retryMsMax: number;
  /** A log that stands still is cosigned again, so that whoever watches can tell it from one that was cut off. */
  againMs: number;
};

export const COSIGNER_PACE: CosignerPace = { lookMs: 500, retryMs: 1_000, retryMsMax: 60_000, againMs: 600_000 };
/** A link that went silent is given up after this. */
const STATEMENT_MS_MAX = 10_000;

export type CosignerOptions = {
  open: () => Sql;
  identity: LogIdentity;
  witnesses: readonly WitnessAddress[];
  /** Learns of what a witness has seen and the database lacks: the sequencer then stops. */
  mark?: PublishedMark;
  log: Logger;
  pace?: Partial<CosignerPace>;
};
export type Cosigner = { stop: () => Promise<void> };

/** The connection that a cosigner opens: one session, because its lock is the session's. */
export function cosignerConnection(url: string): Sql {
  return connectSql(url, { name: "cosigner", max: 1, statementTimeoutMs: STATEMENT_MS_MAX });
}

/** The witness as the log's tables and metrics name it: its name and the id of its key. */
export function witnessName({ key: { name, keyId } }: WitnessAddress): string {
  return `${name}+${keyId.toString(16).padStart(8, "0")}`;
}

export function startCosigner({ open, witnesses, pace, ...rest }: CosignerOptions): Cosigner {
  const stopped = new AbortController();
  const sql = open();
  const running = witnesses.map((witness) =>
    follow(witness, { ...rest, sql, pace: { ...COSIGNER_PACE, ...pace }, signal: stopped.signal }),
  );
  return {
    async stop() {
      stopped.abort();
      await Promise.all(running);
      await sql.end({ timeout: 1 }).catch(() => {});
    },
  };
}

export type Following = Pick<CosignerOptions, "identity" | "mark" | "log"> & {
  sql: Sql;
  pace: CosignerPace;
  signal: AbortSignal;
};

async function follow(witness: WitnessAddress, following: Following): Promise<void> {
  const { log, pace, signal } = following;
  const name = witnessName(witness);
  let seen = 0;
  let failures = 0;
  while (!signal.aborted) {
    const outcome = await askOnce(witness, seen, following).catch((error: unknown) => {
      log.warn({ err: error, witness: name }, "the cosigner begins again");
      return null;
    });
    seen = outcome?.seen ?? seen;
    failures = outcome?.fault === null ? 0 : failures + 1;
    // Of a witness that is away the first word is enough.
    if (outcome?.fault && failures === 1) log.warn({ witness: name, fault: outcome.fault }, "no cosignature");
    const restMs = failures === 0 ? pace.lookMs : Math.min(pace.retryMs * 2 ** (failures - 1), pace.retryMsMax);
    await pause(restMs, null, { signal }).catch(() => {});
  }
}

/** `seen`: how many entries the witness has seen, as far as is known now. */
export type Outcome = { seen: number; fault: string | null };

/** One question to one witness, and what becomes of the answer. */
export async function askOnce(witness: WitnessAddress, seen: number, following: Following): Promise<Outcome> {
  const { identity, sql, pace, signal, log } = following;
  const step = <T>(work: Promise<T>) =>
    withDeadline(work, STATEMENT_MS_MAX, () => new Error("the cosigner's link is silent"));
  const name = witnessName(witness);
  if (!(await step(lockCosigner(sql)))) return { seen, fault: null };
  const newest = await step(findWitnessed(sql, name));
  const cosignedMs = newest?.cosignedAt?.getTime() ?? 0;
  if (!newest || Date.now() - cosignedMs < pace.againMs) return { seen, fault: null };
  const { size, note } = newest;
  const olderSize = Math.min(seen, size);
  const proof = await step(proveConsistency(subtreeReader(size, tileReader(sql)), olderSize, size));
  const submission = formatSubmission({ olderSize, proof, note });
  const logKeys = knownKeysOf(identity);
  const reply = await submitCheckpoint(witness, { note, submission, logKeys }, signal);
  switch (reply.kind) {
    case "cosigned":
      await step(insertCosignature(sql, { size, witness: name, line: reply.line }));
      return { seen: size, fault: null };
    case "seen":
      if (reply.size === olderSize) return { seen, fault: "it refuses the size that it names" };
      // The next question begins where it stands; meanwhile there may be a newer checkpoint, which it has seen already.
      if (reply.size <= ((await step(findWitnessed(sql, name)))?.size ?? 0)) return { seen: reply.size, fault: null };
      log.fatal({ witness: name, size, seen: reply.size }, "a witness has seen entries that this log does not have");
      await raiseMark(witness, logKeys, following);
      return { seen, fault: "it has seen more than there is" };
    case "refused":
      if (reply.status === 422) {
        log.fatal({ witness: name, size }, "a witness has seen another log than this one");
        await raiseMark(witness, logKeys, following);
      }
      return { seen, fault: `it refused with ${reply.status}` };
    case "away":
      return { seen, fault: "it does not answer" };
  }
}

/** What the witness shows under our own signature was published, whatever the database says. */
async function raiseMark(
  witness: WitnessAddress,
  logKeys: readonly VerifierKey[],
  following: Following,
): Promise<void> {
  const { identity, mark, sql } = following;
  const note = await readCosigned(witness, identity.origin, logKeys);
  const seen = parseCheckpoint(parseNote(note ?? "")?.text ?? "");
  if (note !== null && seen && !(await holdsTree(sql, seen))) mark?.write(note);
}

// One request, one act: who first sends a key carries the request out, and whoever sends it again gets the same answer.
import type { Database, Transaction } from "../../platform/database.ts";
import { open, seal } from "../../platform/envelope.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type KeyedRequest, keyedRequest, type KeyPlace, sealingKey } from "./idempotency-key.ts";
import { blankAnswers, claimKey, deleteKept, findKept, keepAnswer, type KeptAnswer, releaseKey } from "./queries.ts";

/** Longer than any request lasts: a process that was killed in between keeps nobody out for longer. */
const SILENT_SECONDS_MAX = 60;
const IN_PROGRESS_RETRY_SECONDS = 2;
/** Rows of one transaction of the sweep. */
const SWEEP_ROWS = 5_000;

export type Answer = { status: number; headers: Record<string, string>; body: string };
/** A key that is this request's to answer. */
export type Claim = Pick<KeptAnswer, "digest" | "lease">;
export type Repeat = { place: KeyPlace; content: unknown };

/**
 * The claim of a request that is to be carried out, or the answer that it got before. `request-in-progress`,
 * `idempotency-key-reuse`, or `erased`.
 */
export async function claimRequest(
  tx: Transaction,
  ring: KeyRing,
  { place, content }: Repeat,
): Promise<{ claim: Claim } | { answer: Answer }> {
  const { digest, fingerprint } = keyedRequest(ring, place, content);
  const claim = { digest, lease: newUuid() };
  if (await claimKey(tx, { ...claim, fingerprint, owner: place.owner }, SILENT_SECONDS_MAX)) return { claim };
  const kept = await findKept(tx, digest);
  requireSame(kept, fingerprint);
  if (kept.status === null) throw inProgress();
  if (kept.answerSealed === null) throw new AppError("erased");
  const opened = open(new Map([[0, sealedWith(ring, place)]]), placeOf(digest), kept.answerSealed);
  return { answer: JSON.parse(opened) as Answer };
}

/** The row that stands under a key, if it is of the same request; it may have been given free, or swept, in between. */
export function requireSame<Row extends Pick<KeyedRequest, "fingerprint">>(
  row: Row | undefined,
  fingerprint: string,
): asserts row is Row {
  if (!row) throw inProgress();
  if (row.fingerprint !== fingerprint) throw new AppError("idempotency-key-reuse");
}

function inProgress(): AppError {
  return new AppError("request-in-progress", { retryAfterSeconds: IN_PROGRESS_RETRY_SECONDS });
}

/** Keeps what was done; what was refused changed nothing, and may be tried again under the same key. */
export async function settleRequest(
  tx: Transaction,
  ring: KeyRing,
  place: KeyPlace,
  claim: Claim,
  answer: Answer,
): Promise<void> {
  if (answer.status >= 300) return releaseKey(tx, claim);
  const answerSealed = seal(sealedWith(ring, place), placeOf(claim.digest), JSON.stringify(answer));
  await keepAnswer(tx, { ...claim, status: answer.status, answerSealed });
}

/** No repetition of what this owner wrote is answered with its words any more; none is carried out again either. */
export async function eraseKeptAnswers(tx: Transaction, owner: string): Promise<void> {
  await blankAnswers(tx, owner);
}

/** Removes the keys that were sent before `before`; says how many. */
export async function sweepKeptAnswers(db: Database, before: Date): Promise<number> {
  let keys = 0;
  for (;;) {
    const gone = await db.transaction((tx) => deleteKept(tx, before, SWEEP_ROWS));
    keys += gone;
    if (gone < SWEEP_ROWS) return keys;
  }
}

function sealedWith(ring: KeyRing, place: KeyPlace) {
  return { number: 0, key: sealingKey(ring, place) };
}

function placeOf(digest: string): string {
  return `kept_answer.answer_sealed ${digest}`;
}

// Checks under an Idempotency-Key: the first is recorded and answered, and whoever sends it again gets that answer from the
// record, byte for byte, as long as it still says what holds.
import { type Caller, type Callers, requirePurpose } from "../../agencies/index.ts";
import { keyedRequest, readIdempotencyKey, REPLAYED, requireSame } from "../../courts/repeats/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { uuidAfter } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Language } from "../../platform/problem-catalogue.ts";
import type { AnswerSource } from "../answer.ts";
import { listBatch } from "../certificate/queries.ts";
import { type Checker, keysOf, type NewClaim, type Question } from "../check.ts";
import type { HotConnection } from "../connection.ts";
import type { CheckMetrics } from "../metrics.ts";
import { BATCH_MS_MAX, type CheckRow, findCheck } from "../queries.ts";
import { isErased } from "../record.ts";
import { BATCH_SUBJECTS_MAX } from "../request.ts";
import { type CheckClaim, deleteClaims, findClaim, isSuperseded } from "./queries.ts";

/** Rows of one transaction of the sweep. */
const SWEEP_ROWS = 5_000;

export type Answers = {
  answers: AnswerSource[];
  /** Of an answer that was given before: its number and language, and the fields that mark it. */
  former?: Pick<CheckClaim, "answerId" | "language">;
  fields: Record<string, string>;
};

export type Claims = {
  /** What stands in the Idempotency-Key field of a request of `caller`; null without the field. */
  read: (field: string | undefined, sent: Sent) => NewClaim | null;
  /**
   * Asks once for each key. `answer-superseded`, `idempotency-key-reuse`, `request-in-progress` or `erased` where the
   * answer of then is not given again.
   */
  check: (caller: Caller, question: Question, claim: NewClaim | null) => Promise<Answers>;
};

/** What a key was sent with. */
export type Sent = { caller: Caller; operation: "check" | "checkBatch"; body: unknown; language: Language };

export type ClaimsOptions = {
  connection: Pick<HotConnection, "runBeside">;
  ring: KeyRing;
  callers: Callers;
  checker: Checker;
  metrics: CheckMetrics;
};

export function createClaims({ connection, ring, callers, checker, metrics }: ClaimsOptions): Claims {
  return {
    read(field, { caller, operation, body, language }) {
      const key = readIdempotencyKey(field);
      if (key === null) return null;
      return { ...keyedRequest(ring, { owner: caller.agencyId, operation, key }, body), language };
    },
    async check(caller, question, claim) {
      if (!claim) return { answers: await checker.check(caller, question), fields: {} };
      const answers = await checker.checkUnder(caller, question, claim);
      if (answers) return { answers, fields: {} };
      try {
        const repeated = await repeat(caller, question, claim);
        metrics.countRepetition("answered");
        return repeated;
      } catch (error) {
        if (error instanceof AppError && error.code === "answer-superseded") metrics.countRepetition("superseded");
        throw error;
      }
    },
  };

  /** The key and the purpose are in force now, whatever they were then. */
  async function repeat(remembered: Caller, question: Question, { digest, fingerprint }: NewClaim): Promise<Answers> {
    const caller = await callers.refresh(remembered);
    await requirePurpose(callers, caller, question.purpose.code);
    return connection.runBeside(async (db) => {
      const former = await findClaim(db, digest);
      requireSame(former, fingerprint);
      const answers = await readAnswers(db, caller.agencyId, former.answerId, question.batchId !== undefined);
      if (answers.length !== question.parties.length) throw new Error("the record of a key differs from its request");
      if (answers.some(isErased)) throw new AppError("erased");
      if (await isSuperseded(db, answeredOf(question, answers))) throw new AppError("answer-superseded");
      return { answers, former, fields: REPLAYED };
    });
  }

  /** One statement recorded them all, at one position. */
  function answeredOf({ parties, purpose: { lists } }: Question, answers: CheckRow[]) {
    return {
      keys: [...new Set(parties.flatMap((party) => keysOf(ring, party).keys))],
      lists,
      listingIds: answers.flatMap(({ matches }) => matches ?? []).map(({ listingId }) => listingId),
      position: answers[0]?.registerPosition ?? 0,
    };
  }
}

async function readAnswers(db: Database, agencyId: string, answerId: string, isBatch: boolean): Promise<CheckRow[]> {
  if (isBatch) return listBatch(db, agencyId, answerId, uuidAfter(answerId, BATCH_MS_MAX), BATCH_SUBJECTS_MAX);
  const row = await findCheck(db, agencyId, answerId);
  return row ? [row] : [];
}

/** Removes the keys that were claimed before `before`; says how many. */
export async function sweepClaims(db: Database, before: Date): Promise<number> {
  let keys = 0;
  for (;;) {
    const gone = await db.transaction((tx) => deleteClaims(tx, before, SWEEP_ROWS));
    keys += gone;
    if (gone < SWEEP_ROWS) return keys;
  }
}

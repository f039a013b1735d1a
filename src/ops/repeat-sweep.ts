// The end of idempotency keys: a day after they were sent they are forgotten.
import { sweepClaims } from "../checks/claims/index.ts";
import { KEPT_HOURS, sweepKeptAnswers } from "../courts/repeats/index.ts";
import type { Database } from "../platform/database.ts";
import type { Logger } from "../platform/log.ts";
import type { Now } from "../platform/time.ts";

const ROUND_MS = 60_000;
const HOUR_MS = 3_600_000;

export function startRepeatSweep({ db, log, now }: { db: Database; log: Logger; now: Now }) {
  let round = Promise.resolve();
  let isStopped = false;
  const timer = setInterval(look, ROUND_MS).unref();
  look();

  function look(): void {
    round = round.then(sweep).catch((error: unknown) => log.warn({ err: error }, "idempotency keys were not swept"));
  }

  async function sweep(): Promise<void> {
    if (isStopped) return;
    const before = new Date(now().getTime() - KEPT_HOURS * HOUR_MS);
    const keys = (await sweepClaims(db, before)) + (await sweepKeptAnswers(db, before));
    if (keys > 0) log.debug({ keys }, "idempotency keys forgotten");
  }

  return {
    async stop(): Promise<void> {
      isStopped = true;
      clearInterval(timer);
      await round;
    },
  };
}

// SQL on failed sign-ins: an attempt is counted before it is looked at, so that a hundred at once are a hundred.
import { inArray, lt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { signInPause } from "../schema.ts";

/** What is counted: failures beyond `free` pause for one second, then two, four, … up to `secondsMax`. */
export type Counter = { digest: Buffer; free: number; secondsMax: number };

/** 2^20 seconds are beyond every pause; a larger power would overflow. */
const DOUBLINGS_MAX = 20;

/**
 * Counts one attempt; false when its counter is pausing. Failures of an hour ago are forgotten. The clock is read anew
 * after waiting for another attempt's row, which may be younger than this transaction.
 */
export async function countAttempt(tx: Transaction, { digest, free, secondsMax }: Counter): Promise<boolean> {
  const counted = await tx.execute(sql`
    insert into sign_in_pause as pause (digest, failures, failed_at, paused_until)
    values (${digest}, 1, now(), now())
    on conflict (digest) do update set
      failures = case when pause.failed_at < now() - interval '1 hour' then 1 else pause.failures + 1 end,
      failed_at = now(),
      paused_until = case
        when pause.failed_at < now() - interval '1 hour' or pause.failures < ${free} then now()
        else now() + make_interval(secs => least(${secondsMax}, power(2, least(pause.failures - ${free}, ${DOUBLINGS_MAX}))))
      end
    where pause.paused_until <= clock_timestamp()
    returning digest`);
  return counted.length > 0;
}

/** The seconds until none of these counters pauses. */
export async function pauseSeconds(reader: Reader, counters: readonly Counter[]): Promise<number> {
  const [row] = await reader
    .select({ seconds: sql<string | null>`ceil(extract(epoch from max(${signInPause.pausedUntil}) - now()))` })
    .from(signInPause)
    .where(inArray(signInPause.digest, digestsOf(counters)));
  return Math.max(1, Number(row?.seconds ?? 1));
}

/** Takes back what `countAttempt` counted for an attempt that succeeded. */
export async function uncountAttempt(tx: Transaction, counters: readonly Counter[]): Promise<void> {
  await tx
    .update(signInPause)
    .set({ failures: sql`greatest(${signInPause.failures} - 1, 0)`, pausedUntil: sql`now()` })
    .where(inArray(signInPause.digest, digestsOf(counters)));
}

export async function forgetFailures(tx: Transaction, counters: readonly Counter[]): Promise<void> {
  await tx.delete(signInPause).where(inArray(signInPause.digest, digestsOf(counters)));
}

export async function sweepPauses(tx: Transaction): Promise<void> {
  await tx.delete(signInPause).where(lt(signInPause.failedAt, sql`now() - interval '1 day'`));
}

function digestsOf(counters: readonly Counter[]): Buffer[] {
  return counters.map(({ digest }) => digest);
}

// Growing pauses after failed sign-ins. Nobody is locked out: a stranger's failures elsewhere cost the owner seconds.
import { createHmac, type KeyObject } from "node:crypto";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { CountAttempt } from "./metrics.ts";
import {
  countAttempt,
  type Counter,
  forgetFailures,
  pauseSeconds,
  sweepPauses,
  uncountAttempt,
} from "./pause-queries.ts";

const QUARTER_HOUR = 900;

export type Attempt = {
  /** The account from this address: what a person who mistypes meets. */
  own: Counter;
  /** The address, whatever accounts it tries; and the account, whatever address tries it. */
  shared: Counter[];
};

/** The counters of an attempt. They exist alike for names that nobody has. */
export function attemptOf(credentialKey: KeyObject, login: string, address: string): Attempt {
  const digest = (text: string) => createHmac("sha256", credentialKey).update(`sign-in pause\0${text}`).digest();
  return {
    own: { digest: digest(`${login}\0${address}`), free: 5, secondsMax: QUARTER_HOUR },
    shared: [
      { digest: digest(`address\0${address}`), free: 30, secondsMax: QUARTER_HOUR },
      // Guesses from many addresses at one account come to 17,000 a day, and its owner waits five seconds at most.
      { digest: digest(`login\0${login}`), free: 50, secondsMax: 5 },
    ],
  };
}

/** Counts the attempt before anything about it is looked at; `sign-in-paused` while any of its counters pauses. */
export async function beginAttempt(
  { db, countAttempt: count }: { db: Database; countAttempt: CountAttempt },
  { own, shared }: Attempt,
): Promise<void> {
  const counters = [own, ...shared];
  const paused = new AppError("sign-in-paused");
  try {
    await db.transaction(async (tx) => {
      // In one order, so that two attempts at once do not wait for each other.
      for (const counter of counters.toSorted((a, b) => a.digest.compare(b.digest)))
        if (!(await countAttempt(tx, counter))) throw paused;
    });
  } catch (error) {
    if (error !== paused) throw error;
    count("paused");
    throw new AppError("sign-in-paused", { retryAfterSeconds: await pauseSeconds(db, counters) });
  }
}

/** Forgets the failures that led to an attempt that succeeded. */
export async function endAttempt(db: Database, { own, shared }: Attempt): Promise<void> {
  await db.transaction(async (tx) => {
    await forgetFailures(tx, [own]);
    await uncountAttempt(tx, shared);
    await sweepPauses(tx);
  });
}

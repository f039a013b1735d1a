// When a delivery is tried again, and when an endpoint is given up: pure, on what an attempt came to.
import type { attemptOutcomes, disablings } from "./schema.ts";

/** Before each attempt, as standardwebhooks.com recommends: 75 hours and a half in all. */
export const RETRY_SECONDS = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** Added at random, so that what failed together does not come back together. */
const JITTER = 0.1;
/** Nobody is let wait longer for what they ask in Retry-After. */
const RETRY_AFTER_SECONDS_MAX = 86_400;
/** After a failure nothing is sent to the endpoint for a while: 5 s, doubling. */
const PAUSE_SECONDS = 5;
const PAUSE_SECONDS_MAX = 300;
const GONE = 410;
/** Statuses that say "later", whose Retry-After counts. */
const THROTTLES = [429, 502, 503, 504];

export type AttemptOutcome = (typeof attemptOutcomes)[number];
export type Disabling = (typeof disablings)[number];
export type Attempt = {
  outcome: AttemptOutcome;
  status: number | null;
  ms: number;
  reply: string | null;
  /** What the answer asks for, where it does. */
  retryAfterSeconds: number | null;
};
export type Verdict =
  | { state: "delivered" }
  | { state: "pending"; nextAttemptAt: Date }
  /** It waits until its endpoint is enabled again. */
  | { state: "stuck"; disabling: Disabling };

/** What follows from attempt number `attempts` (from 1). `random` is a number from 0 to 1. */
export function judgeAttempt(attempt: Attempt, attempts: number, at: Date, random: number): Verdict {
  if (attempt.outcome === "delivered") return { state: "delivered" };
  if (attempt.status === GONE) return { state: "stuck", disabling: "gone" };
  const planned = RETRY_SECONDS[attempts];
  if (planned === undefined) return { state: "stuck", disabling: "exhausted" };
  const seconds = Math.max(planned * (1 + JITTER * random), retryAfterOf(attempt));
  return { state: "pending", nextAttemptAt: after(at, seconds) };
}

/** Until when nothing goes to an endpoint of which so many attempts in a row have failed, this one included. */
export function pauseAfter(attempt: Attempt, failures: number, at: Date): Date {
  const seconds = Math.min(PAUSE_SECONDS * 2 ** Math.min(failures - 1, 20), PAUSE_SECONDS_MAX);
  return after(at, Math.max(seconds, retryAfterOf(attempt)));
}

function retryAfterOf({ status, retryAfterSeconds }: Attempt): number {
  if (status === null || !THROTTLES.includes(status)) return 0;
  return Math.min(retryAfterSeconds ?? 0, RETRY_AFTER_SECONDS_MAX);
}

function after(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1_000);
}

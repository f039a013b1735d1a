// When a delivery is tried again: the schedule, what an answer may ask for, and when an endpoint is given up.
import { describe, expect, test } from "vitest";
import { type Attempt, judgeAttempt, pauseAfter, RETRY_SECONDS } from "../../../src/subscriptions/webhooks/retry.ts";

const at = new Date("2026-11-22T10:00:00Z");
const failed = (changes: Partial<Attempt> = {}): Attempt => ({
  outcome: "refused",
  status: 500,
  ms: 5,
  reply: null,
  retryAfterSeconds: null,
  ...changes,
});
const delayOf = (attempt: Attempt, attempts: number, random = 0) => {
  const verdict = judgeAttempt(attempt, attempts, at, random);
  return verdict.state === "pending" ? (verdict.nextAttemptAt.getTime() - at.getTime()) / 1_000 : verdict;
};

test("ten attempts: at once, after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours; then it is given up", () => {
  expect(RETRY_SECONDS).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  const delays = Array.from({ length: 9 }, (_, made) => delayOf(failed(), made + 1));
  expect(delays).toEqual(RETRY_SECONDS.slice(1));
  expect(delayOf(failed(), 10)).toEqual({ state: "stuck", disabling: "exhausted" });
});

test("jitter adds up to a tenth and takes nothing away", () => {
  expect(delayOf(failed(), 2, 0.5)).toBeCloseTo(315);
  expect(delayOf(failed(), 2, 1)).toBeCloseTo(330);
});

test("410 gives up at once, 2xx is the end", () => {
  expect(delayOf(failed({ status: 410 }), 1)).toEqual({ state: "stuck", disabling: "gone" });
  expect(delayOf(failed({ outcome: "delivered", status: 200 }), 10)).toEqual({ state: "delivered" });
});

describe("Retry-After", () => {
  test.each([429, 502, 503, 504])("of %i is kept where it is later than the schedule", (status) => {
    expect(delayOf(failed({ status, retryAfterSeconds: 90 }), 1)).toBe(90);
    expect(delayOf(failed({ status, retryAfterSeconds: 90 }), 2)).toBe(300);
    expect(pauseAfter(failed({ status, retryAfterSeconds: 90 }), 1, at).getTime() - at.getTime()).toBe(90_000);
  });

  test("counts for a day at most, and not of other answers", () => {
    expect(delayOf(failed({ status: 503, retryAfterSeconds: 1e9 }), 1)).toBe(86_400);
    expect(delayOf(failed({ status: 500, retryAfterSeconds: 90 }), 1)).toBe(5);
  });
});

test("after failures in a row an endpoint is left alone for 5 s, 10, 20 … at most 5 min", () => {
  const pauses = [1, 2, 3, 6, 7, 8, 5_000].map(
    (failures) => (pauseAfter(failed(), failures, at).getTime() - at.getTime()) / 1_000,
  );
  expect(pauses).toEqual([5, 10, 20, 160, 300, 300, 300]);
});

// The bound on wrong codes: counted for each address, forgotten after a minute.
import { expect, test } from "vitest";
import { createGuessLimit, GUESSES_MAX } from "../../../src/portal/verify/guess-limit.ts";

test("an address may be wrong so often, and waits for the rest of the minute", () => {
  let nowMs = 0;
  const limit = createGuessLimit({ now: () => nowMs });
  for (let guess = 0; guess < GUESSES_MAX; guess++) {
    expect(limit.secondsToWait("192.0.2.1")).toBe(0);
    limit.countWrong("192.0.2.1");
    nowMs += 100;
  }
  expect(limit.secondsToWait("192.0.2.1")).toBe(58);
  expect(limit.secondsToWait("192.0.2.2")).toBe(0);
  nowMs = 60_000;
  expect(limit.secondsToWait("192.0.2.1")).toBe(0);
  limit.countWrong("192.0.2.1");
  expect(limit.secondsToWait("192.0.2.1")).toBe(0);
});

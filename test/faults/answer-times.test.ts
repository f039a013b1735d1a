// The small form of `npm run faults:times`: too few questions to find a small difference, enough for one that matters.
import { expect, test } from "vitest";
import { compareAnswerTimes } from "./answer-times.ts";

test.skipIf(process.platform !== "linux")(
  "the time of an answer does not tell who left the list, nor whom nobody has reason to ask about",
  { timeout: 120_000 },
  async () => {
    const { timings, violations } = await compareAnswerTimes({ questions: 400 });
    expect(violations).toEqual([]);
    expect(timings.map(({ kind }) => kind)).toEqual(["nobody", "ended", "canary", "listed"]);
    for (const { medianMs } of timings) expect(medianMs).toBeGreaterThan(0);
  },
);

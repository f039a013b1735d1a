// The small form of `npm run faults:link`: the link to PostgreSQL goes silent, is slow, and loses answers, under load.
import { expect, test } from "vitest";
import { breakLinkUnderLoad } from "./broken-link.ts";

test.skipIf(process.platform !== "linux")(
  "a link that breaks in any way costs refusals and no check: each is on record once, and all goes on without a restart",
  { timeout: 240_000 },
  async () => {
    const report = await breakLinkUnderLoad({
      silentMs: 4_500,
      slowMs: 1_500,
      lockedMs: 2_500,
      breaks: 3,
      clients: 16,
      seed: 1,
    });
    expect(report.violations).toEqual([]);
    expect(report.lossIsNoticed).toBe(true);
    const [silent, slow] = report.faults;
    expect(silent?.refused).toBeGreaterThan(0);
    expect(slow?.answered).toBeGreaterThan(0);
    expect(report.faults.at(-1)?.refused).toBeGreaterThan(0);
  },
);

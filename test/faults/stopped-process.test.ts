// The small form of `npm run faults:stop`: the process that writes the log stands still, and the other one serves.
import { expect, test } from "vitest";
import { stopOneOfTwo } from "./stopped-process.ts";

test.skipIf(process.platform !== "linux")(
  "while one of two processes stands still the other refuses nothing, and the log goes on as one",
  { timeout: 120_000 },
  async () => {
    const report = await stopOneOfTwo({ stopMs: 4_000, clients: 8, seed: 1 });
    expect(report.violations).toEqual([]);
    expect(report.lossIsNoticed).toBe(true);
    // It was the writer that stood still: otherwise nothing would have been behind.
    expect(report.lagSeconds).toBeGreaterThan(2);
    expect(report.answered).toBeGreaterThan(50);
    expect(report.checkpoints).toBeGreaterThan(1);
  },
);

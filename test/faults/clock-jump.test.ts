// The small form of `npm run faults:clock`: the service's clock jumps under load, and nobody is refused or recorded at a wrong time.
import { expect, test } from "vitest";
import { jumpUnderLoad } from "./clock-jump.ts";

test.skipIf(process.platform !== "linux")(
  "a clock that jumps refuses no check, and the record and the log keep PostgreSQL's time",
  { timeout: 120_000 },
  async () => {
    const report = await jumpUnderLoad({ stayMs: 1_200, clients: 8, seed: 1 });
    expect(report.violations).toEqual([]);
    expect(report.lossIsNoticed).toBe(true);
    expect(report.farthestHours).toBeGreaterThan(23);
  },
);

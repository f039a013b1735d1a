// The small form of `npm run faults:kill`: the service and PostgreSQL die under load, and no answered check is lost.
import { expect, test } from "vitest";
import { killUnderLoad } from "./kill.ts";

test.skipIf(process.platform !== "linux")(
  "kill -9 of the service and of PostgreSQL under load loses no answered check and records none twice",
  { timeout: 240_000 },
  async () => {
    const victims = ["service", "postgres", "frozen", "both", "postgres", "service"] as const;
    const report = await killUnderLoad({ victims: [...victims], clients: 16, seed: 1 });
    expect(report.violations).toEqual([]);
    expect(report.lossIsNoticed).toBe(true);
    expect(report.kills).toHaveLength(victims.length);
    expect(report.answered).toBeGreaterThan(100);
    expect(report.recorded).toBeGreaterThanOrEqual(report.answered);
    expect(report.refused).toBeGreaterThan(0);
  },
);

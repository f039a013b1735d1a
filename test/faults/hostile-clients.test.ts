// The small form of `npm run faults:hostile`: requests that no client of ours sends, and a crowd that is slow on purpose.
import { expect, test } from "vitest";
import { sufferHostileClients } from "./hostile-clients.ts";

test.skipIf(process.platform !== "linux")(
  "strange requests get one refusal each, dawdlers are cut, and checks go on as before",
  { timeout: 120_000 },
  async () => {
    const report = await sufferHostileClients({ sockets: 90, slowMs: 16_000, quietMs: 1_500 });
    expect(report.violations).toEqual([]);
    expect(report.strange.length).toBeGreaterThan(10);
    expect(report.dawdlers).toBe(30);
    expect(report.slowestCutMs).toBeGreaterThan(5_000);
    expect(report.slowestCutMs).toBeLessThan(16_000);
  },
);

// The reading of rows against the truth that the invented list states about each of them.
import { expect, test } from "vitest";
import { readRow } from "../../src/feeds/row.ts";
import { syntheticRows } from "../../src/feeds/synthetic/index.ts";
import { testKeys } from "../registry/keys.ts";

test.each(["national", "local"] as const)("every row of an invented %s list is judged as its truth says", (kind) => {
  const surprises: string[] = [];
  let judged = 0;
  for (const { row, truth } of syntheticRows({ rows: 20_000, seed: 5, kind, flaws: 0.2 })) {
    // A copy of another row is found in the stage, not in the row.
    if (truth.fault === "duplicate") continue;
    judged++;
    const reading = readRow(row, testKeys);
    const codes = reading.ok ? [] : reading.faults.map(({ code }) => code as string);
    const asTold = truth.fault === undefined ? reading.ok : codes.includes(truth.fault);
    if (!asTold)
      surprises.push(`line ${truth.line}: ${truth.fault ?? "accepted"} became ${codes.join() || "accepted"}`);
  }
  expect(judged).toBeGreaterThan(15_000);
  expect(surprises).toEqual([]);
});

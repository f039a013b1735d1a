// npm run bench:records — a record that grows to ROWS checks over MONTHS months: what the group statement takes to add to it
// and what "who asked about me" takes, from 1 million on, the ratios to that, and bytes a row.
import { join } from "node:path";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { withBenchDatabase } from "./bench-database.ts";
import { measureRecord } from "./records/measure.ts";
import { tableOf } from "./records/table.ts";

const ROWS = Number(process.env["ROWS"] ?? 5_000_000);
/** What is kept by default: five years. */
const MONTHS = Number(process.env["MONTHS"] ?? 60);
const LISTED = Number(process.env["LISTED"] ?? 1_000_000);
const MILLION = 1_000_000;

/** From 1 million on, each size that is worth a look, and the last. */
function sizesUpTo(rows: number): number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map((step) => step * MILLION);
  return [...steps.filter((step) => step < rows), rows];
}

await withBenchDatabase(async ({ directory, databaseUrl }) => {
  const ringPath = join(directory, "key-ring.json");
  createKeyRing(ringPath);
  const figures = await measureRecord({
    url: databaseUrl,
    ring: readKeyRing(ringPath),
    listed: LISTED,
    sizes: sizesUpTo(ROWS),
    months: MONTHS,
    groups: 300,
    questions: 300,
    now: new Date(),
    report: console.log,
  });
  console.log(`\n${tableOf(figures)}`);
});

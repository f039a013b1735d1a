// npm run bench:lifting — a snapshot ends 10,000 listings at once, each with 20 sanctions: how long until every agency is
// told, and what checks notice of it. REMOVALS and SANCTIONS change the size.
import { withBenchDatabase } from "./bench-database.ts";
import { measureLifting } from "./lifting/measure.ts";
import { tableOf } from "./lifting/table.ts";

const REMOVALS = Number(process.env["REMOVALS"] ?? 10_000);
const SANCTIONS = Number(process.env["SANCTIONS"] ?? 20);
const CHECKS_PER_SECOND = Number(process.env["CHECKS_PER_SECOND"] ?? 200);
const QUIET_MS = Number(process.env["QUIET_MS"] ?? 20_000);

await withBenchDatabase(async (place) => {
  const figures = await measureLifting({
    ...place,
    removals: REMOVALS,
    sanctionsEach: SANCTIONS,
    checksPerSecond: CHECKS_PER_SECOND,
    quietMs: QUIET_MS,
    report: console.log,
  });
  console.log(`\n${tableOf(figures)}`);
});

// npm run bench:feeds — loads at scale against plain COPY, and what they do to checks; ROWS=5000000 for the full size.
import { withBenchDatabase } from "./bench-database.ts";
import { measureFeeds } from "./feeds/measure.ts";
import { tableOf } from "./feeds/table.ts";

const ROWS = Number(process.env["ROWS"] ?? 200_000);
const CHECKS_PER_SECOND = Number(process.env["CHECKS_PER_SECOND"] ?? 200);
const QUIET_MS = Number(process.env["QUIET_MS"] ?? 20_000);

await withBenchDatabase(async (place) => {
  const figures = await measureFeeds({
    ...place,
    rows: ROWS,
    checksPerSecond: CHECKS_PER_SECOND,
    quietMs: QUIET_MS,
    report: console.log,
  });
  console.log(`\n${tableOf(figures)}`);
});

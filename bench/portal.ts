// npm run bench:portal — the public's search by a full name, by three characters of an organisation's name and by code,
// 32 at once; ROWS=5000000 for the full size.
import { withBenchDatabase } from "./bench-database.ts";
import { measureSearches } from "./portal/measure.ts";

const ROWS = Number(process.env["ROWS"] ?? 200_000);
const SEARCHES = Number(process.env["SEARCHES"] ?? 5_000);
const P95_MS_MAX = 50;

await withBenchDatabase(async (place) => {
  const figures = await measureSearches({ ...place, rows: ROWS, searches: SEARCHES, report: console.log });
  const line = (label: string, ...cells: string[]) => label.padEnd(50) + cells.map((cell) => cell.padStart(9)).join("");
  console.log(`\n${line("", "rows", "p50 ms", "p95 ms", "p99 ms")}`);
  for (const { kind, rowsFound, p50, p95, p99 } of figures) {
    const missed = p95 <= P95_MS_MAX ? "" : `   MISSED (bar ${P95_MS_MAX} ms)`;
    console.log(line(kind, ...[rowsFound, p50, p95, p99].map((figure) => figure.toFixed(1))) + missed);
  }
});

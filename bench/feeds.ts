// npm run bench:feeds — loads at scale against plain COPY, and what they do to checks; ROWS=5000000 for the full size.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { migrate } from "../src/platform/migrations.ts";
import { measureFeeds } from "./feeds/measure.ts";
import { tableOf } from "./feeds/table.ts";

const ROWS = Number(process.env["ROWS"] ?? 200_000);
const CHECKS_PER_SECOND = Number(process.env["CHECKS_PER_SECOND"] ?? 200);
const QUIET_MS = Number(process.env["QUIET_MS"] ?? 20_000);

const directory = mkdtempSync(join(tmpdir(), "shixin-bench-"));
chmodSync(directory, 0o711); // The server may run under another account than root's.
const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
try {
  await migrate(postgres.url);
  const figures = await measureFeeds({
    databaseUrl: postgres.url,
    directory,
    rows: ROWS,
    checksPerSecond: CHECKS_PER_SECOND,
    quietMs: QUIET_MS,
    report: console.log,
  });
  console.log(`\n${tableOf(figures)}`);
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

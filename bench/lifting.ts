// npm run bench:lifting — a snapshot ends 10,000 listings at once, each with 20 sanctions: how long until every agency is
// told, and what checks notice of it. REMOVALS and SANCTIONS change the size.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { migrate } from "../src/platform/migrations.ts";
import { measureLifting } from "./lifting/measure.ts";
import { tableOf } from "./lifting/table.ts";

const REMOVALS = Number(process.env["REMOVALS"] ?? 10_000);
const SANCTIONS = Number(process.env["SANCTIONS"] ?? 20);
const CHECKS_PER_SECOND = Number(process.env["CHECKS_PER_SECOND"] ?? 200);
const QUIET_MS = Number(process.env["QUIET_MS"] ?? 20_000);

const directory = mkdtempSync(join(tmpdir(), "shixin-bench-"));
chmodSync(directory, 0o711); // The server may run under another account than root's.
const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
try {
  await migrate(postgres.url);
  const figures = await measureLifting({
    databaseUrl: postgres.url,
    directory,
    removals: REMOVALS,
    sanctionsEach: SANCTIONS,
    checksPerSecond: CHECKS_PER_SECOND,
    quietMs: QUIET_MS,
    report: console.log,
  });
  console.log(`\n${tableOf(figures)}`);
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

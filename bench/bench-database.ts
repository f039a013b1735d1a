// What every bench stands on: a migrated PostgreSQL of ours with a database and a directory of their own.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { migrate } from "../src/platform/migrations.ts";

export type BenchPlace = { directory: string; databaseUrl: string };

/** Everything is gone when `use` has ended, however it ends. */
export async function withBenchDatabase(use: (place: BenchPlace) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "shixin-bench-"));
  chmodSync(directory, 0o711); // The server may run under another account than root's.
  const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
  try {
    await migrate(postgres.url);
    await use({ directory, databaseUrl: postgres.url });
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

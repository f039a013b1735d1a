// npm run replay -- [--records N] — the Xiamen year: 281,003 checks of 53 agencies over HTTP against an invented list,
// each answer held against the truth and against the record. Exits with 1 when any figure differs.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connectSql } from "../src/platform/database.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { XIAMEN } from "./replay/plan.ts";
import { differences, tableOf } from "./replay/report.ts";
import { replayYear } from "./replay/year.ts";

const RECORDS_DEFAULT = 60_000;
/** Below, the lists hold too few listed parties for the hits. */
const RECORDS_MIN = 10_000;

const { values } = parseArgs({ options: { records: { type: "string", default: String(RECORDS_DEFAULT) } } });
const records = Number(values.records);
if (!Number.isInteger(records) || records < RECORDS_MIN || records > XIAMEN.records)
  throw new RangeError(`--records takes a whole number from ${RECORDS_MIN} to ${XIAMEN.records}.`);

const directory = mkdtempSync(join(tmpdir(), "shixin-replay-"));
chmodSync(directory, 0o711); // The server may run under another account than root's.
const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => reject(new Error(`${signal}: given up.`)));
});
interrupted.catch(() => {}); // It may come before anybody waits for it.

let postgres: EmbeddedPostgres | undefined;
try {
  const given = process.env["DATABASE_URL"];
  if (!given) postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
  const options = { directory, records, checks: XIAMEN.checks, hits: XIAMEN.hits };
  const replay = await Promise.race([replayYear({ ...options, url: given ?? postgres?.url ?? "" }), interrupted]);
  console.log(`\n${tableOf(replay, options)}`);
  const wrong = differences(replay, options);
  for (const difference of wrong) console.log(`WRONG  ${difference}`);
  if (wrong.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  if (postgres) await stopServer(postgres);
  rmSync(directory, { recursive: true, force: true });
}
// What was given up may still be under way.
process.exit();

/** Also under a replay that was given up: its connections would keep the server. */
async function stopServer(server: EmbeddedPostgres): Promise<void> {
  const sql = connectSql(server.url, { name: "replay end", max: 1 });
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where backend_type = 'client backend' and application_name <> 'shixin lease' and pid <> pg_backend_pid()`;
  await sql.end();
  await server.stop();
}

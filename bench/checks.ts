// npm run bench:checks — single durable checks against the same route that only validates, against a textbook route, and
// in batches: all in one run, rounds taken in turn, medians printed.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAgency, issueKey } from "../src/agencies/index.ts";
import { connect } from "../src/platform/database.ts";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { confirmKeyRing } from "../src/platform/key-confirmation.ts";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { migrate } from "../src/platform/migrations.ts";
import { BATCH, batch, type Measured, measure, median, PURPOSE, single } from "./check-rounds.ts";
import { createLoadClient } from "./http-client.ts";
import { fillRegister } from "./filled-register.ts";

const CONNECTIONS = 64;
const LISTED = Number(process.env["LISTED"] ?? 5_000_000);
const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
const ROUND_MS = Number(process.env["ROUND_MS"] ?? 4_000);

const directory = mkdtempSync(join(tmpdir(), "shixin-bench-"));
const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
let server: ChildProcess | undefined;
try {
  await migrate(postgres.url);
  const ringPath = join(directory, "key-ring.json");
  createKeyRing(ringPath);
  const ring = readKeyRing(ringPath);
  const { db, sql, end } = connect(postgres.url, { name: "bench", statementTimeoutMs: 0 });
  await confirmKeyRing(db, ring);
  const key = await db.transaction(async (tx) => {
    const agency = await createAgency(tx, "operator:bench", { name: "基准测试", purposes: [PURPOSE] });
    return (await issueKey(tx, ring, "operator:bench", { agencyId: agency.id })).key;
  });
  console.log(`Listing ${LISTED.toLocaleString("en")} invented parties …`);
  await fillRegister(sql, LISTED);

  server = fork(new URL("check-server.ts", import.meta.url), [postgres.url, ringPath]);
  const [url] = (await once(server, "message")) as [string];
  const client = createLoadClient({
    host: "127.0.0.1",
    port: Number(new URL(url).port),
    connections: CONNECTIONS,
    headers: { Authorization: `Bearer ${key}` },
  });

  const runs = {
    echo: () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post("/echo", single())),
    check: () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post("/v1/checks", single())),
    textbook: () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post("/textbook", single())),
    batch: () => measure(4, BATCH, ROUND_MS, () => client.post("/v1/checks/batch", batch())),
  };
  type Name = keyof typeof runs;
  const rates: Record<Name, Measured[]> = { echo: [], check: [], textbook: [], batch: [] };
  for (let round = -1; round < ROUNDS; round++)
    for (const name of Object.keys(runs) as Name[]) {
      const measured = await runs[name]();
      // The first round warms both sides up.
      if (round >= 0) rates[name].push(measured);
    }
  client.close();

  const of = (name: Name) => median(rates[name].map(({ rate }) => rate));
  const row = (label: string, name: Name) =>
    `${label.padEnd(44)} ${of(name).toFixed(0).padStart(8)}  ${median(rates[name].map(({ p50 }) => p50))
      .toFixed(1)
      .padStart(7)}  ${median(rates[name].map(({ p99 }) => p99))
      .toFixed(1)
      .padStart(7)}`;
  console.log(`\n${"".padEnd(44)} ${"id/s".padStart(8)}  ${"p50 ms".padStart(7)}  ${"p99 ms".padStart(7)}`);
  console.log(row("validate and echo, c=64", "echo"));
  console.log(row("check: durable, recorded, answered, c=64", "check"));
  console.log(row("textbook: select, then insert, c=64", "textbook"));
  console.log(row(`batches of ${BATCH}, 4 at once`, "batch"));
  console.log(`\ncheck / echo      ${(of("check") / of("echo")).toFixed(2)}   (bar 0.75)`);
  console.log(`check / textbook  ${(of("check") / of("textbook")).toFixed(2)}   (bar 5)`);
  console.log(`batch / check     ${(of("batch") / of("check")).toFixed(2)}   (bar 5)`);
  await end();
} finally {
  server?.kill();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

// npm run bench:log — what the public log costs: single checks and batches with it and without it, in turns of one run;
// how long an answer waits for its proof at full load; and how fast fsck derives the log again.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createAgency, issueKey } from "../src/agencies/index.ts";
import { checkLog, factSource, logIdentity, parseVerifierKey, verifierKeysOf } from "../src/audit/index.ts";
import { checkSource } from "../src/checks/index.ts";
import { connect } from "../src/platform/database.ts";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { confirmKeyRing } from "../src/platform/key-confirmation.ts";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { migrate } from "../src/platform/migrations.ts";
import { BATCH, batch, type Measured, measure, median, PURPOSE, single } from "./check-rounds.ts";
import { createLoadClient } from "./http-client.ts";
import { fillRegister } from "./filled-register.ts";

const CONNECTIONS = 64;
const LISTED = Number(process.env["LISTED"] ?? 1_000_000);
const ROUNDS = Number(process.env["ROUNDS"] ?? 7);
/** How long proofs are waited for at full load; the acceptance run takes 600. */
const PROOF_SECONDS = Number(process.env["PROOF_SECONDS"] ?? 30);
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
    off: () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post("/unlogged/checks", single())),
    on: () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post("/v1/checks", single())),
    batchOff: () => measure(4, BATCH, ROUND_MS, () => client.post("/unlogged/checks/batch", batch())),
    batchOn: () => measure(4, BATCH, ROUND_MS, () => client.post("/v1/checks/batch", batch())),
  };
  type Name = keyof typeof runs;
  const rates: Record<Name, Measured[]> = { off: [], on: [], batchOff: [], batchOn: [] };
  for (let round = -1; round < ROUNDS; round++)
    for (const name of Object.keys(runs) as Name[]) {
      const measured = await runs[name]();
      // The first round warms both sides up.
      if (round >= 0) rates[name].push(measured);
    }
  const of = (name: Name) => median(rates[name].map(({ rate }) => rate));
  const p99 = (name: Name) => median(rates[name].map(({ p99 }) => p99));
  for (const name of Object.keys(runs) as Name[])
    console.log(`${name.padEnd(10)} ${of(name).toFixed(0).padStart(8)} id/s   p99 ${p99(name).toFixed(1)} ms`);
  console.log(`\nsingle checks, with the log / without   ${(of("on") / of("off")).toFixed(2)}   (bar 0.9)`);
  console.log(`batches, with the log / without         ${(of("batchOn") / of("batchOff")).toFixed(2)}`);

  const waits = await Promise.all([
    measure(CONNECTIONS, 1, PROOF_SECONDS * 1000, () => client.post("/v1/checks", single())),
    waitForProofs(url, key, PROOF_SECONDS * 1000),
  ]);
  const [, proofs] = waits;
  console.log(
    `\nproof after the answer at ${waits[0].rate.toFixed(0)} checks/s: p50 ${proofs.p50.toFixed(1)} s, p99 ${proofs.p99.toFixed(1)} s of ${proofs.count} (bar 5)`,
  );
  client.close();

  // What the other side of the comparison wrote has no entry, and fsck would say so.
  await sql`delete from check_record where log_group is null`;
  const keys = verifierKeysOf(logIdentity("localhost/bench", ring.logKeys)).flatMap(
    (text) => parseVerifierKey(text) ?? [],
  );
  const started = performance.now();
  const cpu = process.cpuUsage();
  const report = await checkLog({ sql, sources: { check: checkSource(sql, ring), fact: factSource(sql) }, keys });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(`fsck: ${JSON.stringify(report)}`);
  console.log(
    `fsck: ${(report.verified / seconds).toFixed(0)} entries/s, ${(report.verified / ((user + system) / 1e6)).toFixed(0)} a second of CPU`,
  );
  await end();
} finally {
  server?.kill();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Asks for receipts as an agency would, four checks at a time, until `forMs` have passed; the waits in seconds. */
async function waitForProofs(url: string, key: string, forMs: number) {
  const until = performance.now() + forMs;
  const waits: number[] = [];
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (performance.now() < until) {
        const response = await fetch(`${url}/v1/checks`, { method: "POST", headers, body: single() });
        const { receipt } = (await response.json()) as { receipt: string };
        const answeredAt = performance.now();
        while ((await fetch(url + receipt, { headers })).status !== 200) await pause(100);
        waits.push((performance.now() - answeredAt) / 1000);
      }
    }),
  );
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), count: waits.length };
}

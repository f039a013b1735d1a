// npm run bench:log — what the public log costs: single checks and batches with it and without it, in turns of one run;
// how long an answer waits for its proof at full load; and how fast fsck derives the log again.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createAgency, issueKey } from "../src/agencies/index.ts";
import { checkLog, logIdentity, parseVerifierKey, type VerifierKey, verifierKeysOf } from "../src/audit/index.ts";
import { openSourcePool, sourcesOf } from "../src/ops/fsck-sources.ts";
import { connect, type Connection } from "../src/platform/database.ts";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { confirmKeyRing } from "../src/platform/key-confirmation.ts";
import { createKeyRing, type KeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { migrate } from "../src/platform/migrations.ts";
import { BATCH, batch, type Measured, measure, median, PURPOSE, single } from "./check-rounds.ts";
import { createLoadClient } from "./http-client.ts";
import { fillRegister } from "./filled-register.ts";
import { countServerCpu } from "./server-cpu.ts";

const CONNECTIONS = 64;
const LISTED = Number(process.env["LISTED"] ?? 1_000_000);
const ROUNDS = Number(process.env["ROUNDS"] ?? 14);
/** How long proofs are waited for at full load; the acceptance run takes 600. */
const PROOF_SECONDS = Number(process.env["PROOF_SECONDS"] ?? 30);
const ROUND_MS = Number(process.env["ROUND_MS"] ?? 2_000);

const directory = mkdtempSync(join(tmpdir(), "shixin-bench-"));
const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
let server: ChildProcess | undefined;
try {
  await migrate(postgres.url);
  const ringPath = join(directory, "key-ring.json");
  createKeyRing(ringPath);
  const ring = readKeyRing(ringPath);
  const connection = connect(postgres.url, { name: "bench", statementTimeoutMs: 0 });
  const { db, sql, end } = connection;
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
  const names = Object.keys(runs) as Name[];
  const rates: Record<Name, Measured[]> = { off: [], on: [], batchOff: [], batchOn: [] };
  for (let round = -1; round < ROUNDS; round++)
    // Whichever comes second finds the machine as the first has left it, so they take turns.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const measured = await runs[name]();
      // The first round warms both sides up.
      if (round >= 0) rates[name].push(measured);
    }
  for (const name of names) {
    const rate = median(rates[name].map((measured) => measured.rate));
    const p99 = median(rates[name].map((measured) => measured.p99));
    console.log(`${name.padEnd(10)} ${rate.toFixed(0).padStart(8)} id/s   p99 ${p99.toFixed(1)} ms`);
  }
  // Of each round by itself: what else the machine did hit both sides of it.
  const ratio = (on: Name, off: Name) =>
    median(rates[on].map(({ rate }, round) => rate / (rates[off][round]?.rate ?? Number.NaN))).toFixed(2);
  console.log(`\nsingle checks, with the log / without   ${ratio("on", "off")}   (bar 0.9)`);
  console.log(`batches, with the log / without         ${ratio("batchOn", "batchOff")}`);

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
  await verify({ connection, url: postgres.url, ring, keys });
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

type Verified = { connection: Connection; url: string; ring: KeyRing; keys: readonly VerifierKey[] };

/** fsck as the command runs it: what it takes by the clock, and what of the processor here and in PostgreSQL. */
async function verify({ connection, url, ring, keys }: Verified): Promise<void> {
  const { blindIndexKey, dataKeys } = ring;
  const { sources, threads, close } = openSourcePool(sourcesOf(connection, ring), {
    url,
    keys: { blindIndexKey, dataKeys },
  });
  // A register filled by hand has listings that no change speaks of; the checks are what is measured.
  const { check, fact } = sources;
  const checked = { check, fact };
  const started = performance.now();
  const cpu = process.cpuUsage();
  const serverSeconds = await countServerCpu(connection.sql);
  const report = await checkLog({ sql: connection.sql, sources: checked, keys, underWay: 1 + 2 * threads });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const server = await serverSeconds();
  await close();
  const each = (spent: number) => `${((spent * 1e6) / report.verified).toFixed(1)} µs`;
  console.log(`fsck: ${JSON.stringify(report)}`);
  console.log(
    `fsck: ${(report.verified / seconds).toFixed(0)} entries/s on ${threads} threads; an entry takes ` +
      `${each((user + system) / 1e6)} of CPU here and ${server === null ? "?" : each(server)} in PostgreSQL`,
  );
}

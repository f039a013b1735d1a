// npm run bench:log — what the public log costs: single checks and batches with it and without it, in turns of one run;
// how long an answer waits for its proof at full load; and how fast fsck derives the log again.
import { setTimeout as pause } from "node:timers/promises";
import { checkLog, logIdentity, parseVerifierKey, type VerifierKey, verifierKeysOf } from "../src/audit/index.ts";
import { openSourcePool, sourcesOf } from "../src/ops/fsck-sources.ts";
import type { Connection } from "../src/platform/database.ts";
import type { KeyRing } from "../src/platform/key-ring.ts";
import { CONNECTIONS, measureInTurns, medianOf, withCheckBench } from "./check-bench.ts";
import { BATCH, batch, measure, median, single } from "./check-rounds.ts";
import { countServerCpu } from "./server-cpu.ts";

const LISTED = Number(process.env["LISTED"] ?? 1_000_000);
const ROUNDS = Number(process.env["ROUNDS"] ?? 14);
/** How long proofs are waited for at full load; the acceptance run takes 600. */
const PROOF_SECONDS = Number(process.env["PROOF_SECONDS"] ?? 30);
const ROUND_MS = Number(process.env["ROUND_MS"] ?? 2_000);

await withCheckBench(LISTED, async ({ connection, databaseUrl, ring, url, key, client }) => {
  const singles = (path: string) => () => measure(CONNECTIONS, 1, ROUND_MS, () => client.post(path, single()));
  const batches = (path: string) => () => measure(4, BATCH, ROUND_MS, () => client.post(path, batch()));
  const rates = await measureInTurns(ROUNDS, {
    off: singles("/unlogged/checks"),
    on: singles("/v1/checks"),
    batchOff: batches("/unlogged/checks/batch"),
    batchOn: batches("/v1/checks/batch"),
  });
  type Name = keyof typeof rates;
  for (const [name, measured] of Object.entries(rates)) {
    const [rate, p99] = [medianOf(measured, "rate").toFixed(0), medianOf(measured, "p99").toFixed(1)];
    console.log(`${name.padEnd(10)} ${rate.padStart(8)} id/s   p99 ${p99} ms`);
  }
  // Of each round by itself: what else the machine did hit both sides of it.
  const ratio = (on: Name, off: Name) =>
    median(rates[on].map(({ rate }, round) => rate / (rates[off][round]?.rate ?? Number.NaN))).toFixed(2);
  console.log(`\nsingle checks, with the log / without   ${ratio("on", "off")}   (bar 0.9)`);
  console.log(`batches, with the log / without         ${ratio("batchOn", "batchOff")}`);

  const [checks, proofs] = await Promise.all([
    measure(CONNECTIONS, 1, PROOF_SECONDS * 1000, () => client.post("/v1/checks", single())),
    waitForProofs(url, key, PROOF_SECONDS * 1000),
  ]);
  console.log(
    `\nproof after the answer at ${checks.rate.toFixed(0)} checks/s: p50 ${proofs.p50.toFixed(1)} s, p99 ${proofs.p99.toFixed(1)} s of ${proofs.count} (bar 5)`,
  );
  client.close();

  // What the other side of the comparison wrote has no entry, and fsck would say so.
  await connection.sql`delete from check_record where log_group is null`;
  const keys = verifierKeysOf(logIdentity("localhost/bench", ring.logKeys)).flatMap(
    (text) => parseVerifierKey(text) ?? [],
  );
  await verify({ connection, url: databaseUrl, ring, keys });
});

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

// npm run bench:portal — the public's search by a full name, by three characters of an organisation's name and by code,
// 32 at once; ROWS=5000000 for the full size.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "../src/platform/database.ts";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { createKeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { migrate } from "../src/platform/migrations.ts";
import { createLoadClient, type LoadClient } from "./http-client.ts";
import { drawNames, fillWithNames, giveCodes } from "./portal/register.ts";

const ROWS = Number(process.env["ROWS"] ?? 200_000);
const SEARCHES = Number(process.env["SEARCHES"] ?? 5_000);
const AT_ONCE = 32;
const SAMPLE = 2_000;
const P95_MS_MAX = 50;

const directory = mkdtempSync(join(tmpdir(), "shixin-bench-"));
chmodSync(directory, 0o711); // The server may run under another account than root's.
const postgres = await startEmbeddedPostgres({ directory: join(directory, "postgres"), report: console.log });
let server: ChildProcess | undefined;
try {
  await migrate(postgres.url);
  const ringPath = join(directory, "key-ring.json");
  createKeyRing(ringPath);
  const { sql, end } = connect(postgres.url, { name: "bench", statementTimeoutMs: 0 });
  console.log(`Listing ${ROWS.toLocaleString("en")} invented parties …`);
  await fillWithNames(sql, ROWS);
  const organisations = await drawNames(sql, SAMPLE, "organisation");
  const kinds = {
    "full name of a person or an organisation": (await drawNames(sql, SAMPLE)).map((name) => ({ name })),
    "three characters of an organisation's name, any": organisations.map((name) => ({ name: threeOf(name, anywhere) })),
    "three characters that tell it from others": organisations.map((name) => ({ name: threeOf(name, () => 1) })),
    "unified social credit code": (await giveCodes(sql, readKeyRing(ringPath), SAMPLE)).map((uscc) => ({ uscc })),
    "a name that nobody has": organisations.map((_, at) => ({ name: `查无此人${at}` })),
  };
  await end();
  server = fork(new URL("portal/server.ts", import.meta.url), [postgres.url, ringPath]);
  const [url] = (await once(server, "message")) as [string];
  const client = createLoadClient({ host: "127.0.0.1", port: Number(new URL(url).port), connections: AT_ONCE });
  console.log(`\n${"".padEnd(50)}${["rows", "p50 ms", "p95 ms", "p99 ms"].map((head) => head.padStart(9)).join("")}`);
  for (const [kind, questions] of Object.entries(kinds)) {
    await searchAll(client, questions, AT_ONCE * 10);
    const { rows, at } = await searchAll(client, questions, SEARCHES);
    const figures = [rows.toFixed(1), ...[0.5, 0.95, 0.99].map((share) => at(share).toFixed(1))];
    const verdict = at(0.95) <= P95_MS_MAX ? "" : `   MISSED (bar ${P95_MS_MAX} ms)`;
    console.log(`${kind.padEnd(50)}${figures.map((figure) => figure.padStart(9)).join("")}${verdict}`);
  }
  client.close();
} finally {
  server?.kill();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Three characters from the place that `at` says among those where three are left, brackets aside. */
function threeOf(name: string, at: (places: number) => number): string {
  const characters = Array.from(name.replaceAll(/[（）]/g, ""));
  const first = at(characters.length - 2);
  return characters.slice(first, first + 3).join("");
}

function anywhere(places: number): number {
  return Math.floor(Math.random() * places);
}

async function searchAll(client: LoadClient, questions: readonly object[], count: number) {
  const latencies: number[] = [];
  let rows = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const question = questions[next++ % questions.length];
        const sent = performance.now();
        const { status, body } = await client.post("/search", JSON.stringify(question));
        if (status !== 200) throw new Error(`answered ${status}: ${body}`);
        latencies.push(performance.now() - sent);
        rows += (JSON.parse(body) as { data: unknown[] }).data.length;
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  return { rows: rows / latencies.length, at: (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0 };
}

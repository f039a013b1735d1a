// Searches of each kind, so many at once, against a service in a process of its own and a list of so many rows.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { connect } from "../../src/platform/database.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { createLoadClient, type LoadClient } from "../http-client.ts";
import { drawNames, endListings, fillWithNames, giveCodes } from "./register.ts";

const AT_ONCE = 32;
/** Different searches of a kind. */
const SAMPLE = 2_000;

export type SearchBench = {
  /** A migrated, empty database. */
  databaseUrl: string;
  /** For the key ring; the caller removes it. */
  directory: string;
  rows: number;
  searches: number;
  report?: (line: string) => void;
};

export type SearchFigures = { kind: string; rowsFound: number; p50: number; p95: number; p99: number };

export async function measureSearches(bench: SearchBench): Promise<SearchFigures[]> {
  const { databaseUrl, directory, rows, searches, report = () => {} } = bench;
  const ringPath = join(directory, "key-ring.json");
  createKeyRing(ringPath);
  report(`Listing ${rows.toLocaleString("en")} invented parties …`);
  const kinds = await prepare(databaseUrl, ringPath, rows);
  const server = fork(new URL("server.ts", import.meta.url), [databaseUrl, ringPath]);
  const client = await openClient(server);
  const figures: SearchFigures[] = [];
  try {
    for (const [kind, questions] of Object.entries(kinds)) {
      report(`Searching by ${kind} …`);
      // The first ones open connections and plan.
      await searchAll(client, questions, AT_ONCE * 10);
      figures.push({ kind, ...(await searchAll(client, questions, searches)) });
    }
  } finally {
    client.close();
    server.kill();
    await once(server, "exit");
  }
  return figures;
}

async function prepare(databaseUrl: string, ringPath: string, rows: number): Promise<Record<string, object[]>> {
  const { sql, end } = connect(databaseUrl, { name: "bench", statementTimeoutMs: 0 });
  try {
    await fillWithNames(sql, rows);
    const gone = await endListings(sql, Math.min(SAMPLE, Math.ceil(rows / 10)));
    const organisations = await drawNames(sql, SAMPLE, "organisation");
    const codes = await giveCodes(sql, readKeyRing(ringPath), SAMPLE);
    return {
      "full name of a person or an organisation": (await drawNames(sql, SAMPLE)).map((name) => ({ name })),
      "three characters of an organisation's name, any": organisations.map((name) => ({
        name: threeOf(name, anywhere),
      })),
      "three characters that tell it from others": organisations.map((name) => ({ name: threeOf(name, () => 1) })),
      "unified social credit code": codes.map((uscc) => ({ uscc })),
      "a name that is off the list": gone.map((name) => ({ name })),
      "a name that nobody has": organisations.map((_, at) => ({ name: `查无此人${at}` })),
    };
  } finally {
    await end();
  }
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

async function openClient(server: ChildProcess): Promise<LoadClient> {
  const ended = once(server, "exit").then(() => Promise.reject(new Error("the server did not start")));
  const [url] = (await Promise.race([once(server, "message"), ended])) as [string];
  ended.catch(() => {});
  return createLoadClient({ host: "127.0.0.1", port: Number(new URL(url).port), connections: AT_ONCE });
}

async function searchAll(client: LoadClient, questions: readonly object[], count: number) {
  const latencies: number[] = [];
  let found = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const question = questions[next++ % questions.length];
        const sent = performance.now();
        const { status, body } = await client.post("/search", JSON.stringify(question));
        if (status !== 200) throw new Error(`answered ${status}: ${body}`);
        latencies.push(performance.now() - sent);
        found += (JSON.parse(body) as { data: unknown[] }).data.length;
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { rowsFound: found / latencies.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

// What the benches of checks stand on: a register of invented parties in a database of its own, a service in a process of
// its own, and a client with many connections.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createAgency, issueKey } from "../src/agencies/index.ts";
import { connect, type Connection } from "../src/platform/database.ts";
import { confirmKeyRing } from "../src/platform/key-confirmation.ts";
import { createKeyRing, type KeyRing, readKeyRing } from "../src/platform/key-ring.ts";
import { withBenchDatabase } from "./bench-database.ts";
import { type Measured, median, PURPOSE } from "./check-rounds.ts";
import { fillRegister } from "./filled-register.ts";
import { createLoadClient } from "./http-client.ts";

export const CONNECTIONS = 64;

export type CheckBench = {
  connection: Connection;
  databaseUrl: string;
  ring: KeyRing;
  /** Of the service. */
  url: string;
  key: string;
  client: ReturnType<typeof createLoadClient>;
};

/** Everything is gone when `use` has ended, however it ends. */
export async function withCheckBench(listed: number, use: (bench: CheckBench) => Promise<void>): Promise<void> {
  await withBenchDatabase(async ({ directory, databaseUrl }) => {
    const ringPath = join(directory, "key-ring.json");
    createKeyRing(ringPath);
    const ring = readKeyRing(ringPath);
    const connection = connect(databaseUrl, { name: "bench", statementTimeoutMs: 0 });
    await confirmKeyRing(connection.db, ring);
    const key = await createCaller(connection, ring);
    console.log(`Listing ${listed.toLocaleString("en")} invented parties …`);
    await fillRegister(connection.sql, listed);
    const server = fork(new URL("check-server.ts", import.meta.url), [databaseUrl, ringPath]);
    try {
      const [url] = (await once(server, "message")) as [string];
      const client = createLoadClient({
        host: "127.0.0.1",
        port: Number(new URL(url).port),
        connections: CONNECTIONS,
        headers: { Authorization: `Bearer ${key}` },
      });
      await use({ connection, databaseUrl, ring, url, key, client });
      await connection.end();
    } finally {
      server.kill();
    }
  });
}

/** An agency with the purpose that the benches ask for; its key. */
async function createCaller({ db }: Connection, ring: KeyRing): Promise<string> {
  return db.transaction(async (tx) => {
    const agency = await createAgency(tx, "operator:bench", { name: "基准测试", purposes: [PURPOSE] });
    return (await issueKey(tx, ring, "operator:bench", { agencyId: agency.id })).key;
  });
}

/**
 * Each of `runs` once a round. Whichever comes second finds the machine as the first has left it, so they take turns;
 * the first round warms all of them up and does not count.
 */
export async function measureInTurns<Name extends string>(
  rounds: number,
  runs: Record<Name, () => Promise<Measured>>,
): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(runs) as Name[];
  const rates = Object.fromEntries(names.map((name): [Name, Measured[]] => [name, []])) as Record<Name, Measured[]>;
  for (let round = -1; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const measured = await runs[name]();
      if (round >= 0) rates[name].push(measured);
    }
  return rates;
}

export function medianOf(measured: readonly Measured[], figure: keyof Measured): number {
  return median(measured.map((one) => one[figure]));
}

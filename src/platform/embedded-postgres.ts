// The PostgreSQL that runs where no DATABASE_URL is given, shared by the service and the commands beside it.
// Each holds a shared advisory lock on a connection of its own; who can take it exclusively is the last and stops the server.
import { setTimeout as delay } from "node:timers/promises";
import { Client, DatabaseError } from "pg";
import { findPostmaster, openCluster, readLogTail, startPostmaster, stopPostmaster } from "./postgres-cluster.ts";
import type { Cluster } from "./postgres-cluster.ts";

export type EmbeddedPostgres = {
  url: string;
  /** Gives up our share; the last one stops the server, unless somebody else is still connected to it. */
  stop(): Promise<void>;
  /** Starts the server again, on the same port, whenever it dies before `stop`. */
  watch(report: (line: string) => void): void;
};

type Lease = { client: Client; port: number; ended: Promise<void> };

const leaseKey = 7_368_697_869;
const connectMsMax = 5_000;
/** The backends of a killed postmaster may take a moment to end, and forbid a new one until then. */
const failingMsMax = 5_000;
/** Recovery replays up to `max_wal_size` of log before the server answers. */
const readyMsMax = 600_000;
/** After a crash the server answers again in a moment; one that recovers for longer goes on without us. */
const farewellMsMax = 10_000;
/** A pool that was just closed is still listed for a moment. */
const leaveMsMax = 1_000;
const pauseMsMin = 250;
const pauseMsMax = 30_000;

export async function startEmbeddedPostgres(options: {
  directory: string;
  report?: (line: string) => void;
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(options.directory, options.settings ?? {});
  let lease = await takeLease(cluster);
  const { port } = lease;
  await createDatabase(lease).catch(async (error: unknown) => {
    await lease.client.end();
    throw error;
  });
  options.report?.(`PostgreSQL serves ${cluster.directory} on 127.0.0.1:${port}.`);

  const stopping = new AbortController();
  let watching: Promise<void> | undefined;
  let revival: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  async function keepServing(report: (line: string) => void): Promise<void> {
    for (;;) {
      await lease.ended;
      if (stopping.signal.aborted) return;
      report("The connection to PostgreSQL is lost.");
      revival = revive(report);
      await revival;
    }
  }

  async function revive(report: (line: string) => void): Promise<void> {
    for (let pauseMs = pauseMsMin; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, pauseMsMax)) {
      try {
        lease = await takeLease(cluster, port);
        return report(`PostgreSQL serves again on 127.0.0.1:${port}.`);
      } catch (error) {
        report(error instanceof Error ? error.message : "PostgreSQL does not start.");
        await delay(pauseMs, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
      }
    }
  }

  async function leave(): Promise<void> {
    stopping.abort();
    await revival;
    await lease.client.end();
    if (!(await stopIfLast(cluster))) options.report?.("PostgreSQL goes on: others are connected to it.");
  }

  return {
    url: urlOf(cluster, port, "shixin"),
    stop: () => (stopped ??= leave()),
    watch: (report) => void (watching ??= keepServing(report)),
  };
}

/** Finds the running server or starts it, as often as it takes: another command may be starting or stopping it meanwhile. */
async function takeLease(cluster: Cluster, fixedPort?: number): Promise<Lease> {
  const begun = Date.now();
  for (;;) {
    const postmaster = await findPostmaster(cluster);
    if (postmaster) {
      if (fixedPort && postmaster.port && postmaster.port !== fixedPort) {
        throw new Error(
          `PostgreSQL was started on port ${postmaster.port} instead of ${fixedPort}: restart this process.`,
        );
      }
      const lease = await connect(cluster, postmaster.port);
      if (lease && (await share(lease))) return lease;
      if (Date.now() - begun > readyMsMax) throw new Error(`PostgreSQL does not answer. ${await readLogTail(cluster)}`);
    } else {
      try {
        await startPostmaster(cluster, fixedPort);
        continue;
      } catch (error) {
        if (Date.now() - begun > failingMsMax) {
          throw new Error(`PostgreSQL does not start. ${await readLogTail(cluster)}`, { cause: error });
        }
      }
    }
    await delay(100);
  }
}

/** False when the server goes on. Asked on a fresh connection, as the lease may have broken in a crash. */
async function stopIfLast(cluster: Cluster): Promise<boolean> {
  for (const deadline = Date.now() + farewellMsMax; Date.now() < deadline; await delay(50)) {
    const postmaster = await findPostmaster(cluster);
    if (!postmaster) return true;
    const farewell = await connect(cluster, postmaster.port);
    if (!farewell) continue;
    try {
      const last = await isLast(farewell);
      if (last) await stopPostmaster(cluster, postmaster);
      return last;
    } finally {
      await farewell.client.end();
    }
  }
  return false;
}

/** Nothing while the server starts or stops: then the caller looks again. */
async function connect(cluster: Cluster, port: number): Promise<Lease | undefined> {
  const client = new Client({
    connectionString: urlOf(cluster, port, "postgres"),
    application_name: "shixin lease",
    connectionTimeoutMillis: connectMsMax,
  });
  client.on("error", () => {}); // "end" follows, and is what counts.
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  try {
    await client.connect();
    return { client, port, ended };
  } catch (error) {
    await client.end();
    if (error instanceof DatabaseError && error.code === "28P01") {
      throw new Error(`PostgreSQL does not accept the password that lies in ${cluster.directory}.`, { cause: error });
    }
    return undefined;
  }
}

/** Waits while another command decides whether it is the last; false when it was, and the server went down under us. */
async function share({ client }: Lease): Promise<boolean> {
  try {
    await client.query("select pg_advisory_lock_shared($1)", [leaseKey]);
    return true;
  } catch {
    await client.end();
    return false;
  }
}

async function createDatabase({ client }: Lease): Promise<void> {
  const { rowCount } = await client.query("select from pg_database where datname = 'shixin'");
  if (rowCount === 1) return;
  await client.query("create database shixin").catch((error: unknown) => {
    // 42P04, 23505: another command made it at the same moment.
    if (!(error instanceof DatabaseError && (error.code === "42P04" || error.code === "23505"))) throw error;
  });
}

/** True with the lock held exclusively: who arrives from now on waits for it, is cut off, and starts the server again. */
async function isLast({ client }: Lease): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [leaseKey]);
  if (!rows[0]?.locked) return false;
  for (const deadline = Date.now() + leaveMsMax; Date.now() < deadline; await delay(20)) {
    const others = await client.query<{ arrives: boolean }>(
      `select wait_event is not distinct from 'advisory' as arrives
         from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    if (others.rowCount === 0) return true;
    if (others.rows.some(({ arrives }) => arrives)) return false;
  }
  return false;
}

function urlOf({ password }: Cluster, port: number, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
}

// A session on one source: whoever imports, releases, discards or rolls back holds its lock until the connection ends.
import { Client } from "pg";
import { connect, type Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { dropStage, stageOf } from "../registry/index.ts";
import { findUnfinished, moveLoad, tryLockSource } from "./queries.ts";

/**
 * A load makes way for checks: one process of the database works for it, without others beside it, and none that reads
 * ahead; `analyze` pauses 10 ms after each 200 pages or so. On two cores its large statements are no slower for it.
 */
const settings = {
  idle_in_transaction_session_timeout: "0",
  max_parallel_workers_per_gather: "0",
  max_parallel_maintenance_workers: "0",
  effective_io_concurrency: "0",
  maintenance_io_concurrency: "0",
  vacuum_cost_delay: "10",
};

export type FeedSession = {
  client: Client;
  db: Database;
  /** True once its connection, and with it the lock, is gone. */
  isLost: () => boolean;
};

/** Opens connections of its own: statements on millions of rows take their time, and the lock ends with its connection. */
export async function withFeedSession<T>(
  url: string,
  work: (session: FeedSession) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const client = new Client({ connectionString: url, application_name: "shixin feed copy", keepAlive: true });
  const connection = connect(url, {
    name: "feed import",
    max: 1,
    statementTimeoutMs: 0,
    settings,
  });
  let lost = false;
  // Without a listener a lost connection would end the process; the statement under way fails with it anyway.
  client.on("error", () => (lost = true));
  const close = async () => {
    await Promise.all([client.end(), connection.end()]);
  };
  const abort = () => {
    lost = true;
    close().catch(() => {});
  };
  try {
    signal?.throwIfAborted();
    signal?.addEventListener("abort", abort, { once: true });
    await client.connect();
    return await work({ client, db: connection.db, isLost: () => lost });
  } finally {
    signal?.removeEventListener("abort", abort);
    await close();
  }
}

/** A `conflict` where another process works on the source; what a killed one left is swept up. */
export async function takeSource({ client, db }: FeedSession, source: string): Promise<void> {
  if (!(await tryLockSource(client, source))) {
    throw new AppError("conflict", { note: `a load of ${source} is under way: wait for its end` });
  }
  for (const id of await findUnfinished(db, source)) await failLoad(db, id, "the importing process ended early");
}

/** The stage goes first: dropping it waits for the end of whatever a killed process left running on the server. */
export async function failLoad(db: Database, id: string, failure: string): Promise<void> {
  await db.transaction(async (tx) => {
    await dropStage(tx, stageOf(id));
    await moveLoad(tx, id, "failed", { failure });
  });
}

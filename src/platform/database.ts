// Connections: drizzle for verbs and pages, plain postgres.js for the check path; and which errors mean "cannot tell now".
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

export type Database = PostgresJsDatabase;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Reads take either, writes take a `Transaction`: a forgotten transaction does not type-check. */
export type Reader = Database | Transaction;
export type Sql = postgres.Sql;

export type Connection = { db: Database; sql: Sql; end: () => Promise<void> };

export type ConnectionOptions = {
  /** Shown in `pg_stat_activity`. */
  name: string;
  max?: number;
  statementTimeoutMs?: number;
  /** How many statements may wait on one connection for the one before them; the rest wait for whichever is free first. */
  pipelined?: number;
  /** Further server settings of every session of this pool. */
  settings?: Record<string, string>;
};

/** The driver's own pauses grow to 20 s, in which a server that is back again goes unnoticed. */
const RECONNECT_SECONDS_MAX = 0.25;

/** A plain pool on `url`. `name` tells operators whose sessions they see; idle transactions end after 10 s. */
export function connectSql(
  url: string,
  { name, max = 5, statementTimeoutMs = 10_000, pipelined = 100, settings }: ConnectionOptions,
): Sql {
  // The driver's types do not know it.
  const untyped = { max_pipeline: pipelined };
  return postgres(url, {
    ...untyped,
    max,
    connect_timeout: 3,
    keep_alive: 10,
    backoff: (attempt) => Math.min(0.01 * 2 ** attempt, RECONNECT_SECONDS_MAX),
    onnotice: () => {},
    // Positions and counts: far below 2^53.
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: {
      application_name: `shixin ${name}`,
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: 10_000,
      TimeZone: "Asia/Shanghai",
      ...settings,
    },
  }) as Sql;
}

/** A pool with drizzle on top, which turns off the driver's own parsing of dates. */
export function connect(url: string, options: ConnectionOptions): Connection {
  const sql = connectSql(url, options);
  return { db: drizzle(sql), sql, end: () => sql.end({ timeout: 5 }) };
}

/** What `work` finds in a transaction that is undone: nothing of it stays. */
export async function tryOut<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const undone = new Error("the transaction was only tried");
  const tried: { result?: T } = {};
  try {
    await db.transaction(async (tx) => {
      tried.result = await work(tx);
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  return tried.result as T;
}

/** SQLSTATE classes and driver codes that say the database cannot answer now; the caller may ask again. */
const UNAVAILABLE = new Set([
  "53100", // disk full
  "53200",
  "53300",
  "55000", // the database takes no sessions
  "55P03", // lock not available
  "57014", // statement timeout
  "57P01",
  "57P02",
  "57P03",
  "25006", // read only: a standby that is not promoted yet
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
]);

/** The SQLSTATE or driver code of an error, looked for through drizzle's wrapping. */
export function databaseCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string") return error.code;
  return databaseCode(error.cause);
}

export function isUnavailable(error: unknown): boolean {
  const code = databaseCode(error);
  return code !== null && (UNAVAILABLE.has(code) || code.startsWith("08"));
}

/** The name of the constraint that a write broke, or null. */
export function brokenConstraint(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("constraint_name" in error && typeof error.constraint_name === "string") return error.constraint_name;
  return brokenConstraint(error.cause);
}

// The schema's versions: applies what is missing, and refuses a database that is ahead of or behind this code.
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { connect, type Sql } from "./database.ts";
import { AppError } from "./error.ts";

const FOLDER = fileURLToPath(new URL("../../drizzle", import.meta.url));
/** Serialises migrations of processes that start at once; any constant that nothing else uses. */
const MIGRATION_LOCK = 7_305_124;

export type SchemaState = { state: "current" | "behind" | "ahead"; applied: number; known: number };

/** Applies every migration that `url` lacks, in one transaction, and says how many. */
export async function migrate(url: string): Promise<{ applied: number }> {
  const { db, sql, end } = connect(url, { name: "migrate", max: 1, statementTimeoutMs: 0 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    const before = await schemaState(sql);
    if (before.state === "ahead") throw new AppError("schema-ahead", { note: aheadNote(before) });
    await applyMigrations(db, { migrationsFolder: FOLDER });
    return { applied: before.known - before.applied };
  } finally {
    await end();
  }
}

/** Compares the hashes of the applied migrations with the files of this version. */
export async function schemaState(sql: Sql): Promise<SchemaState> {
  const known = knownHashes();
  const [exists] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`;
  const rows = exists?.["found"] ? await sql`select hash from drizzle.__drizzle_migrations order by id` : [];
  const applied = rows.map((row) => String(row["hash"]));
  const foreign = applied.some((hash, index) => hash !== known[index]);
  const state = foreign ? "ahead" : applied.length < known.length ? "behind" : "current";
  return { state, applied: applied.length, known: known.length };
}

let hashes: string[] | null = null;

/** Read once: the files of a running version do not change, and readiness asks every few seconds. */
function knownHashes(): string[] {
  hashes ??= readMigrationFiles({ migrationsFolder: FOLDER }).map(({ hash }) => hash);
  return hashes;
}

/** Refuses a schema that this code was not written for. */
export async function requireCurrentSchema(sql: Sql): Promise<void> {
  const found = await schemaState(sql);
  if (found.state === "ahead") throw new AppError("schema-ahead", { note: aheadNote(found) });
  if (found.state === "behind") {
    const note = `the database has ${found.applied} of ${found.known} migrations: run shixin migrate`;
    throw new AppError("schema-behind", { note });
  }
}

function aheadNote({ applied, known }: SchemaState): string {
  return `the database has ${applied} migrations and this version knows other ${known}: run the version that made them`;
}

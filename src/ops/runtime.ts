// What the service and every command need before they can work: a database with our schema, and its key ring.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeMonths } from "../checks/keeping/index.ts";
import { seedCourts } from "../courts/index.ts";
import { connect, type Connection } from "../platform/database.ts";
import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import { AppError } from "../platform/error.ts";
import { confirmKeyRing, hasKeyRing } from "../platform/key-confirmation.ts";
import { addKey, createKeyRing, type KeyRing, readKeyRing } from "../platform/key-ring.ts";
import { migrate, requireCurrentSchema, schemaState } from "../platform/migrations.ts";
import { systemNow } from "../platform/time.ts";

type RuntimeOptions = {
  dataDirectory: string;
  databaseUrl: string | undefined;
  keyRingPath: string | undefined;
  /** Names the sessions in the database. */
  name: string;
  report: (line: string) => void;
};

type Database = { url: string; stop: () => Promise<void>; watch: () => void };
export type Runtime = Connection & { url: string; ring: KeyRing; watch: () => void };

/** The configured PostgreSQL, or our own in the data directory. */
export async function openDatabase({
  dataDirectory,
  databaseUrl,
  report,
}: Pick<RuntimeOptions, "dataDirectory" | "databaseUrl" | "report">): Promise<Database> {
  if (databaseUrl) return { url: databaseUrl, stop: () => Promise.resolve(), watch: () => {} };
  const directory = join(dataDirectory, "postgres");
  const postgres = await startEmbeddedPostgres({ directory, report }).catch((error: unknown) => {
    // Its messages name places and ways out; nothing in them comes from a row.
    throw new AppError("register-unavailable", { note: error instanceof Error ? error.message : "it does not start" });
  });
  return { url: postgres.url, stop: () => postgres.stop(), watch: () => postgres.watch(report) };
}

/** Applies what the schema lacks, and makes the next months of the record: nobody need serve before a check is written. */
export async function migrateRegister(url: string): Promise<{ applied: number }> {
  const migrated = await migrate(url);
  const { db, end } = connect(url, { name: "migrate", max: 1 });
  try {
    await db.transaction((tx) => makeMonths(tx, systemNow()));
  } finally {
    await end();
  }
  return migrated;
}

/**
 * Opens database and key ring. An empty database gets its schema and the courts that are shipped; one that is behind or ahead is refused
 * (`schema-behind`, `schema-ahead`), and so is a missing or foreign key ring (`key-ring`).
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const database = await openDatabase(options);
  const connection = connect(database.url, { name: options.name });
  const end = async () => {
    await connection.end();
    await database.stop();
  };
  try {
    const { applied } = await schemaState(connection.sql);
    if (applied === 0) await migrateRegister(database.url);
    await requireCurrentSchema(connection.sql);
    await seedCourts(connection.db);
    const ring = await openKeyRing(connection, options);
    return { ...connection, url: database.url, ring, watch: database.watch, end };
  } catch (error) {
    await end();
    throw error;
  }
}

export function keyRingPathOf({
  keyRingPath,
  dataDirectory,
}: Pick<RuntimeOptions, "keyRingPath" | "dataDirectory">): string {
  return keyRingPath ?? join(dataDirectory, "key-ring.json");
}

/** The ring of this database. Only a database that never had one gets a new one, and only in the data directory. */
async function openKeyRing({ db }: Connection, options: RuntimeOptions): Promise<KeyRing> {
  const path = keyRingPathOf(options);
  if (!options.keyRingPath && !existsSync(path)) {
    if (await hasKeyRing(db))
      throw new AppError("key-ring", { note: `${path} is missing, and this database was filled with a key ring` });
    createKeyRing(path);
    options.report(
      `A new key ring was written to ${path}. Without this file no number in the database can be found or`,
    );
    options.report("read again: back it up apart from the database. In production name it by KEY_RING.");
  }
  const ring = readKeyRingWithLog(path, options);
  await confirmKeyRing(db, ring);
  return ring;
}

/** A ring from before the public log gets a key for it where the ring is ours; another's is not written to. */
function readKeyRingWithLog(path: string, { keyRingPath, report }: RuntimeOptions): KeyRing {
  const ring = readKeyRing(path);
  if (ring.logKeys.length > 0) return ring;
  if (keyRingPath)
    throw new AppError("key-ring", {
      note: `${path} has no key for the public log: run shixin key-ring add --use log`,
    });
  addKey(path, "log");
  report(`The key ring ${path} has got a key that signs the public log.`);
  return readKeyRing(path);
}

// A migrated database for one test file, copied from the template of the run.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { connect, type Connection } from "../src/platform/database.ts";

export type TestDatabase = { url: string; drop(): Promise<void> };

export async function createTestDatabase(): Promise<TestDatabase> {
  const url = new URL(inject("postgresUrl"));
  url.pathname = inject("templateDatabase");
  return copyDatabase(url.href);
}

/** A database without any schema. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const url = new URL(inject("postgresUrl"));
  url.pathname = "template1";
  return copyDatabase(url.href);
}

/** A connection to a database of the calling file's own, there from its first test to its last. */
export function useDatabase(): Connection {
  const used = {} as Connection;
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    Object.assign(used, connect(database.url, { name: "test" }));
  });
  afterAll(async () => {
    await used.end();
    await database.drop();
  });
  return used;
}

/** The address of the database behind a connection. */
export async function databaseUrlOf({ sql }: Connection): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select current_database() as name`;
  const url = new URL(inject("postgresUrl"));
  url.pathname = row?.name ?? "";
  return url.href;
}

/** What a back-up of a database holds from now on, and a restore gives; nobody may be connected meanwhile. */
export async function copyDatabase(from: string): Promise<TestDatabase> {
  const url = new URL(from);
  const name = `shixin_test_${randomBytes(6).toString("hex")}`;
  await run(`create database ${name} template ${url.pathname.slice(1)}`);
  url.pathname = name;
  return { url: url.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}

async function run(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

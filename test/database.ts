// A migrated database for one test file, copied from the template of the run.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";

export type TestDatabase = { url: string; drop(): Promise<void> };

export async function createTestDatabase(): Promise<TestDatabase> {
  const url = new URL(inject("postgresUrl"));
  const name = `shixin_test_${randomBytes(6).toString("hex")}`;
  await run(`create database ${name} template ${inject("templateDatabase")}`);
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

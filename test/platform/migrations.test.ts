// The schema's versions: an empty database gets them once, and one that is not of this version is refused.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeEach, describe, expect, inject, test } from "vitest";
import { connectSql, type Sql } from "../../src/platform/database.ts";
import { migrate, requireCurrentSchema, schemaState } from "../../src/platform/migrations.ts";

const address = new URL(inject("postgresUrl"));
const names: string[] = [];
let url: string;

beforeEach(async () => {
  const name = `shixin_test_${randomBytes(6).toString("hex")}`;
  names.push(name);
  await run(`create database ${name}`);
  address.pathname = name;
  url = address.href;
});
afterAll(async () => {
  for (const name of names) await run(`drop database ${name} with (force)`);
});

async function run(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function withSql<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connectSql(url, { name: "test", max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

describe("an empty database", () => {
  test("is behind until it is migrated, and then current", async () => {
    expect(await withSql(schemaState)).toMatchObject({ state: "behind", applied: 0 });
    const { applied } = await migrate(url);
    expect(applied).toBeGreaterThan(0);
    expect(await withSql(schemaState)).toEqual({ state: "current", applied, known: applied });
    expect(await migrate(url)).toEqual({ applied: 0 });
    await withSql(requireCurrentSchema);
  });

  test("is migrated once by three that start together", async () => {
    const counts = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(counts.filter(({ applied }) => applied > 0)).toHaveLength(1);
    expect(await withSql(schemaState)).toMatchObject({ state: "current" });
  });
});

describe("a database of another version", () => {
  test("that is behind is refused with the way out", async () => {
    await migrate(url);
    await withSql(
      (sql) =>
        sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`,
    );
    await expect(withSql(requireCurrentSchema)).rejects.toMatchObject({
      code: "schema-behind",
      message: expect.stringContaining("run shixin migrate"),
    });
  });

  test("that is ahead is refused, and not migrated either", async () => {
    await migrate(url);
    await withSql((sql) => sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 0)`);
    await expect(withSql(requireCurrentSchema)).rejects.toMatchObject({ code: "schema-ahead" });
    await expect(migrate(url)).rejects.toMatchObject({ code: "schema-ahead" });
  });

  test("whose migration differs from ours is taken for one that is ahead", async () => {
    await migrate(url);
    await withSql((sql) => sql`update drizzle.__drizzle_migrations set hash = 'edited' where id = 1`);
    await expect(withSql(requireCurrentSchema)).rejects.toMatchObject({ code: "schema-ahead" });
  });
});

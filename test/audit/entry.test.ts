// The trail: an entry stands or falls with the act that it tells of.
import { afterAll, beforeAll, expect, test } from "vitest";
import { appendAudit } from "../../src/audit/index.ts";
import { connect, type Connection } from "../../src/platform/database.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const entry = { actor: "operator:test", action: "listing.withdraw", subject: "lst_1", detail: { version: 2 } };
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { name: "test" });
});
afterAll(async () => {
  await connection.end();
  await database.drop();
});

const entries = () => connection.sql`select actor, action, subject, reason, detail from audit_entry order by id`;

test("an act that fails leaves no entry", async () => {
  const act = connection.db.transaction(async (tx) => {
    await appendAudit(tx, entry);
    throw new Error("the act failed");
  });
  await expect(act).rejects.toThrow("the act failed");
  expect(await entries()).toHaveLength(0);
});

test("an act that succeeds leaves its entry, and entries keep their order", async () => {
  await connection.db.transaction(async (tx) => {
    await appendAudit(tx, entry);
    await appendAudit(tx, { ...entry, action: "measure.lift", reason: "performed" });
  });
  expect([...(await entries())]).toEqual([
    { ...entry, reason: null },
    { ...entry, action: "measure.lift", reason: "performed" },
  ]);
});

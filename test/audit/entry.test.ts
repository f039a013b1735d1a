// The trail: an entry stands or falls with the act that it tells of.
import { expect, test } from "vitest";
import { appendAudit } from "../../src/audit/index.ts";
import { useDatabase } from "../database.ts";

const entry = { actor: "operator:test", action: "listing.withdraw", subject: "lst_1", detail: { version: 2 } };
const connection = useDatabase();

const entries = () => connection.sql`
  select actor, action, subject, reason, detail from audit_entry where subject = ${entry.subject} order by id`;

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

// kill -9 before every statement of the sequencer, and two of them at once: no index twice, no size with two roots.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { appendFacts, checkLog, factSource, logIdentity, verifierKeysOf } from "../../src/audit/index.ts";
import { beginEpoch } from "../../src/audit/log-queries.ts";
import { parseVerifierKey } from "../../src/audit/log/index.ts";
import { integrate, OutOfOffice, publish } from "../../src/audit/sequence.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { useDatabase } from "../database.ts";

const ringPath = join(mkdtempSync(join(tmpdir(), "shixin-ring-")), "key-ring.json");
createKeyRing(ringPath);
const identity = logIdentity("localhost/test", readKeyRing(ringPath).logKeys);
const keys = verifierKeysOf(identity).flatMap((text) => parseVerifierKey(text) ?? []);
const database = useDatabase();
let appended = 0;

async function append(count: number): Promise<void> {
  const facts = Array.from({ length: count }, () => ({
    subject: "lod_test",
    fact: { kind: "test", number: appended++ },
  }));
  await database.db.transaction((tx) => appendFacts(tx, facts));
}

const fsck = () => checkLog({ sql: database.sql, sources: { fact: factSource(database.sql) }, keys });
const checkpoints = () => database.sql`select size, note from log_checkpoint order by size`;
const waiting = async () => (await database.sql`select count(*)::int as n from log_outbox`)[0]?.["n"] as number;

let url: string;
beforeAll(async () => {
  const [row] = await database.sql`select current_database() as name`;
  const address = new URL(inject("postgresUrl"));
  address.pathname = String(row?.["name"]);
  url = address.href;
});

async function runUntil(statement: number): Promise<string | number> {
  const child = fork(new URL("killed-sequencer.ts", import.meta.url), [url, ringPath, String(statement)]);
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal ?? code ?? -1;
}

test(
  "killed before any of its statements, the next one goes on as if nothing had been",
  { timeout: 180_000 },
  async () => {
    let ended: string | number = "SIGKILL";
    for (let statement = 1; ended === "SIGKILL"; statement++) {
      await append(100);
      const before = await checkpoints();
      ended = await runUntil(statement);
      const after = await checkpoints();
      expect(after.slice(0, before.length)).toEqual(before);
      const { finding, size } = await fsck();
      expect([statement, finding]).toEqual([statement, null]);
      const taken =
        await database.sql`select coalesce(sum(octet_length(commitments)) / 32, 0)::int as n from log_outbox`;
      expect(size + (taken[0]?.["n"] as number)).toBe(appended);
      expect(statement).toBeLessThan(60);
    }
    expect(ended).toBe(0);
    await append(1);
    expect(await runUntil(0)).toBe(0);
    expect(await waiting()).toBe(0);
    expect(await fsck()).toMatchObject({ size: appended, verified: appended, finding: null });
  },
);

test("a sequencer whose successor has begun writes nothing any more", async () => {
  const { sql } = database;
  const old = { epoch: await beginEpoch(sql), ...identity };
  const office = { epoch: await beginEpoch(sql), ...identity };
  await append(3);
  await expect(integrate(sql, old)).rejects.toThrow(OutOfOffice);
  await expect(publish(sql, old)).rejects.toThrow(OutOfOffice);
  await integrate(sql, office);
  expect(await publish(sql, office)).toBe(true);
  expect(await publish(sql, office)).toBe(false);
  expect((await fsck()).finding).toBeNull();
});

test("steps of one term that run at once follow one another", async () => {
  const { sql } = database;
  const office = { epoch: await beginEpoch(sql), ...identity };
  for (let round = 0; round < 20; round++) await append(round);
  await Promise.all(Array.from({ length: 4 }, () => [integrate(sql, office), publish(sql, office)]).flat());
  await publish(sql, office);
  expect(await fsck()).toMatchObject({ size: appended, finding: null });
});

test("a stored tree that does not continue its checkpoint is not signed", async () => {
  const { sql } = database;
  const office = { epoch: await beginEpoch(sql), ...identity };
  const [tile] = await sql`select level, index, bytes from log_tile where level = 0 order by index desc limit 1`;
  await append(1);
  await integrate(sql, office);
  await sql`update log_tile set bytes = set_byte(bytes, 5, 255 - get_byte(bytes, 5)) where level = 0 and index = ${tile?.["index"]}`;
  const before = await checkpoints();
  await expect(publish(sql, office)).rejects.toThrow(/does not continue/);
  expect(await checkpoints()).toEqual(before);
});

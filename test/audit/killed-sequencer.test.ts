// kill -9 at every step of the sequencer and of its question to a witness, and two sequencers at once: no index twice, no
// size with two roots, wherever a checkpoint was seen.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  appendFacts,
  checkLog,
  factSource,
  formatVerifierKey,
  knownKeysOf,
  logIdentity,
  publishedMark,
} from "../../src/audit/index.ts";
import { requireMarked } from "../../src/audit/continuity.ts";
import { beginEpoch } from "../../src/audit/log-queries.ts";
import { parseCheckpoint, parseNote, sha256 } from "../../src/audit/log/index.ts";
import { integrate, OutOfOffice, publish } from "../../src/audit/sequence.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { databaseUrlOf, useDatabase } from "../database.ts";
import { type RunningWitness, startWitness } from "./witness/running-witness.ts";

const ringPath = join(mkdtempSync(join(tmpdir(), "shixin-ring-")), "key-ring.json");
createKeyRing(ringPath);
const identity = logIdentity("localhost/test", readKeyRing(ringPath).logKeys);
const keys = knownKeysOf(identity);
const mark = publishedMark(mkdtempSync(join(tmpdir(), "shixin-mark-")));
const compiled = mkdtempSync(join(tmpdir(), "shixin-compiled-"));
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
let witness: RunningWitness;
beforeAll(async () => {
  witness = await startWitness(keys);
  url = await databaseUrlOf(database);
});

afterAll(() => witness.stop());

async function runUntil(step: number): Promise<string | number> {
  const given = [url, ringPath, dirname(mark.path), witness.url, formatVerifierKey(witness.key), String(step)];
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled }; // Half of what a step takes.
  const child = fork(new URL("killed-sequencer.ts", import.meta.url), given, { env });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal ?? code ?? -1;
}

/** What the witness shows; empty before it has seen anything. */
async function readWitness(): Promise<string> {
  const originHash = sha256(Buffer.from(identity.origin)).toString("hex");
  const response = await fetch(`${witness.url}/${originHash}/checkpoint`);
  return response.ok ? response.text() : "";
}

/** Every root that was ever seen of a size: in the database, outside it, and at the witness. */
const seen = new Map<number, Set<string>>();
async function lookEverywhere(): Promise<void> {
  const notes = [...(await checkpoints()).map(({ note }) => String(note)), await readWitness()];
  const shown = [...notes.map((note) => parseCheckpoint(parseNote(note)?.text ?? "")), mark.read()];
  for (const checkpoint of shown)
    if (checkpoint)
      seen.set(checkpoint.size, (seen.get(checkpoint.size) ?? new Set()).add(checkpoint.root.toString("hex")));
}

test("killed at any of its steps, the next one goes on as if nothing had been", { timeout: 600_000 }, async () => {
  let ended: string | number = "SIGKILL";
  for (let step = 1; ended === "SIGKILL"; step++) {
    await append(100);
    const before = await checkpoints();
    ended = await runUntil(step);
    const after = await checkpoints();
    expect(after.slice(0, before.length)).toEqual(before);
    const { finding, size } = await fsck();
    expect([step, finding]).toEqual([step, null]);
    await lookEverywhere();
    await requireMarked(database.sql, identity.origin, mark);
    const taken = await database.sql`select coalesce(sum(octet_length(commitments)) / 32, 0)::int as n from log_outbox`;
    expect(size + (taken[0]?.["n"] as number)).toBe(appended);
    expect(step).toBeLessThan(90);
  }
  expect(ended).toBe(0);
  await append(1);
  expect(await runUntil(0)).toBe(0);
  expect(await waiting()).toBe(0);
  expect(await fsck()).toMatchObject({ size: appended, verified: appended, finding: null });
  await lookEverywhere();
  expect([...seen].filter(([, roots]) => roots.size > 1)).toEqual([]);
  expect([mark.read()?.size, parseCheckpoint(parseNote(await readWitness())?.text ?? "")?.size]).toEqual([
    appended,
    appended,
  ]);
});

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

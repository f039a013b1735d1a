// The log's key is exchanged: for a while two keys sign, nobody has to learn of the new one at a certain moment, and what
// the old one signed holds for good.
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  appendFacts,
  checkLog,
  cosignerConnection,
  factSource,
  knownKeysOf,
  type LogIdentity,
  logIdentity,
  startCosigner,
  verifierKeyOf,
} from "../../src/audit/index.ts";
import { findShownCheckpoint } from "../../src/audit/cosignature-queries.ts";
import { beginEpoch } from "../../src/audit/log-queries.ts";
import { leafHash, openCheckpoint, parseNote, type VerifierKey, verifyReceipt } from "../../src/audit/log/index.ts";
import { integrate, publish } from "../../src/audit/sequence.ts";
import { proveEntry } from "../../src/audit/stored-log.ts";
import { createLog } from "../../src/platform/log.ts";
import { databaseUrlOf, useDatabase } from "../database.ts";
import { type RunningWitness, startWitness } from "./witness/running-witness.ts";

const database = useDatabase();
const [first, second] = [generateKeyPairSync("ed25519").privateKey, generateKeyPairSync("ed25519").privateKey];
const terms = {
  before: logIdentity("log.example", [first]),
  overlap: logIdentity("log.example", [second, first]),
  after: logIdentity("log.example", [second], [first]),
};
const [newKey, oldKey] = terms.overlap.signers.map(verifierKeyOf) as [VerifierKey, VerifierKey];
let witness: RunningWitness;

beforeAll(async () => {
  witness = await startWitness([oldKey, newKey]);
});
afterAll(() => witness.stop());

/** A term of the sequencer under this identity, with what waits published. */
async function serve(identity: LogIdentity): Promise<string> {
  const office = { epoch: await beginEpoch(database.sql), ...identity };
  await integrate(database.sql, office);
  await publish(database.sql, office);
  return (await findShownCheckpoint(database.sql))?.note ?? "";
}
const append = (number: number) =>
  database.db.transaction((tx) => appendFacts(tx, [{ subject: "lod_1", fact: { kind: "test", number } }]));
const holdsUnder = (note: string, ...logKeys: VerifierKey[]) => openCheckpoint(note, { logKeys }).ok;

test("before, one key signs", async () => {
  await append(1);
  const note = await serve(terms.before);
  expect([holdsUnder(note, oldKey), holdsUnder(note, newKey)]).toEqual([true, false]);
});

test("in the overlap both sign, from the first moment, though nothing was added; each verifies it alone", async () => {
  const note = await serve(terms.overlap);
  expect(parseNote(note)?.signatures).toHaveLength(2);
  expect([holdsUnder(note, oldKey), holdsUnder(note, newKey), holdsUnder(note, oldKey, newKey)]).toEqual([
    true,
    true,
    true,
  ]);
  expect(await serve(terms.overlap)).toBe(note);
});

test("a receipt of the overlap is one for holders of either key, after the old one is retired as well", async () => {
  await append(2);
  await serve(terms.overlap);
  const [row] = await database.sql`select log_group from log_fact order by log_group desc limit 1`;
  const proof = await proveEntry(database.sql, Number(row?.["log_group"]), 0);
  const [bundle] = await database.sql<{ bytes: Buffer }[]>`select bytes from log_tile where level = -1`;
  const entry = bundle?.bytes.subarray(36, 68) ?? Buffer.alloc(0);
  await append(3);
  const last = await serve(terms.after);
  expect([holdsUnder(last, oldKey), holdsUnder(last, newKey)]).toEqual([false, true]);
  for (const key of [oldKey, newKey]) {
    const receipt = { extra: Buffer.alloc(0), ...(proof ?? { index: 0, proof: [], checkpoint: "" }) };
    expect(verifyReceipt(receipt, leafHash(entry), { logKeys: [key] })).toMatchObject({ ok: true });
  }
});

test("fsck knows the old key for what it signed", async () => {
  const check = (keys: VerifierKey[]) =>
    checkLog({ sql: database.sql, sources: { fact: factSource(database.sql) }, keys });
  expect(await check(knownKeysOf(terms.after))).toMatchObject({ size: 3, checkpoints: 3, finding: null });
});

test("a witness that was told of both keys goes on from one to the other", async () => {
  for (const identity of [terms.overlap, terms.after]) {
    await append(4);
    const note = await serve(identity);
    const url = await databaseUrlOf(database);
    const log = createLog();
    const pace = { lookMs: 10 };
    const cosigner = startCosigner({ open: () => cosignerConnection(url), identity, witnesses: [witness], log, pace });
    for (;;) {
      const shown = (await findShownCheckpoint(database.sql))?.note ?? "";
      if (shown !== note) break;
    }
    await cosigner.stop();
    const shown = (await findShownCheckpoint(database.sql))?.note ?? "";
    const opened = openCheckpoint(shown, { logKeys: knownKeysOf(identity), witnessKeys: [witness.key] });
    expect(opened).toMatchObject({ ok: true, witnesses: [{ key: { name: "witness.example" } }] });
  }
});

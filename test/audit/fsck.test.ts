// Tampering of every kind, at every place: fsck names the first entry that differs.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendFacts, checkLog, factSource, verifierKeysOf } from "../../src/audit/index.ts";
import {
  formatCheckpoint,
  formatNote,
  parseVerifierKey,
  signText,
  type Tree,
  type VerifierKey,
} from "../../src/audit/log/index.ts";
import { checkSource } from "../../src/checks/index.ts";
import { listingSource } from "../../src/registry/index.ts";
import { checkOf, listingOf, PURPOSE, startService, type TestService } from "../service.ts";

let service: TestService;
let keys: VerifierKey[];
/** The entries: one listing, 600 checks in two batches, ten single ones, three facts. */
const LISTINGS = 1;
const CHECKS = 610;
const ENTRIES = LISTINGS + CHECKS + 3;

beforeAll(async () => {
  service = await startService();
  keys = verifierKeysOf(service.identity).flatMap((text) => parseVerifierKey(text) ?? []);
  await service.publish(listingOf());
  const subjects = Array.from({ length: 300 }, () => checkOf().subject);
  const batch = { purpose: PURPOSE, caseReference: "XM-1", operator: "officer 1", subjects };
  for (let round = 0; round < 2; round++) await service.post("/v1/checks/batch", batch);
  for (let round = 0; round < 10; round++) await service.post("/v1/checks", checkOf());
  const facts = [1, 2, 3].map((number) => ({ subject: `lod_${number}`, fact: { kind: "test", number } }));
  await service.db.transaction((tx) => appendFacts(tx, facts));
  await published(ENTRIES);
});
afterAll(() => service.stop());

async function published(size: number): Promise<void> {
  for (;;) {
    const [row] = await service.sql`select max(size) as size from log_checkpoint`;
    if (row?.["size"] === size) return;
  }
}

const sourcesOf = (sql: TestService["sql"]) => ({
  check: checkSource(sql, service.ring),
  listing: listingSource(sql),
  fact: factSource(sql),
});
const fsckOptions = () => ({ sql: service.sql, sources: sourcesOf(service.sql), keys });
const fsck = (size = 0) => checkLog({ ...fsckOptions(), verified: { size } });

class Undo extends Error {}

/** What fsck finds after a change that is then taken back. */
async function findingAfter(
  change: string,
  verified: Partial<Tree> & { size: number } = { size: 0 },
): Promise<{ fault: string; index: number | null } | null> {
  let found: { fault: string; index: number | null } | null = null;
  const undone = service.sql.begin(async (begun) => {
    const sql = begun as unknown as TestService["sql"];
    await sql.unsafe(change);
    found = (await checkLog({ sql, sources: sourcesOf(sql), keys, verified })).finding;
    throw new Undo();
  });
  await expect(undone).rejects.toThrow(Undo);
  return found;
}

test("an untouched log is whole, from its beginning and from where an earlier run stopped", async () => {
  expect(await fsck()).toMatchObject({ size: ENTRIES, verified: ENTRIES, erased: 0, finding: null });
  expect(await fsck(301)).toMatchObject({ size: ENTRIES, verified: ENTRIES - 256, finding: null });
  expect((await fsck(ENTRIES + 256)).finding?.fault).toContain(`${ENTRIES} entries`);
});

test("a run that goes on inside a group compares all of its rows", async () => {
  const report = await fsck(400);
  expect(report).toMatchObject({ from: 256, verified: ENTRIES - 256, finding: null });
  const changed = `update check_record set operator = 'officer 2' where log_place = 10 and log_group = (
    select id from log_group where first_index = 301)`;
  expect(await findingAfter(changed, { size: 400 })).toEqual({
    fault: "the check of this entry was changed",
    index: 311,
  });
});

test("a run that goes on finds what was changed in what it verified before", async () => {
  const seen: Tree[] = [];
  const first = await checkLog({ ...fsckOptions(), progress: (_, tree) => seen.push(tree) });
  const [tree] = seen;
  if (!tree) throw new Error("nothing was verified");
  expect([first.finding, tree.size]).toEqual([null, ENTRIES]);
  expect(await checkLog({ ...fsckOptions(), verified: tree })).toMatchObject({
    from: 512,
    finding: null,
  });
  const verified = { ...tree, root: Buffer.alloc(32, 1) };
  expect((await checkLog({ ...fsckOptions(), verified })).finding?.fault).toContain("others than those");
  const leaf = `update log_tile set bytes = ${flip("bytes", 32 * 99)} where level = 0 and index = 2`;
  expect((await findingAfter(leaf, tree))?.fault).toContain("others than those");
});

test("salts that were taken away in silence are found: an erasure is an entry itself", async () => {
  const finding = await findingAfter("update check_record set salt = null where log_place = 7");
  expect(finding).toEqual({
    fault: "the erasure of 2 checks, where 0 are stated, has no entry in the log",
    index: null,
  });
});

/** One check of the middle of the log, and where its entry is. */
const one = (change: string) =>
  `update check_record set ${change} where log_place = 123 and log_group = (select min(log_group) from check_record)`;
const flip = (column: string, byte: number) => `set_byte(${column}, ${byte}, 255 - get_byte(${column}, ${byte}))`;

describe("a check whose row was changed is named:", () => {
  test.each([
    ["id", "id = gen_random_uuid()"],
    ["agency_id", "agency_id = gen_random_uuid()"],
    ["key_id", "key_id = 'AAAAAAAAAA'"],
    ["checked_at", "checked_at = checked_at + interval '1 millisecond'"],
    ["purpose", "purpose = 'travel.ticketing'"],
    ["case_reference", "case_reference = 'XM-2'"],
    ["operator", "operator = 'officer 2'"],
    ["role", "role = 'bidder'"],
    ["lists", "lists = array['consumption_limit']"],
    ["outcome", "outcome = 'review'"],
    ["matches", `matches = jsonb_set(matches, '{0,courtName}', '"厦门市湖里区人民法院"')`],
    ["register_position", "register_position = register_position + 1"],
    ["matcher_version", "matcher_version = 2"],
    ["document_kind", "document_kind = 'uscc'"],
    ["subject_index", `subject_index = ${flip("subject_index", 3)}`],
    ["subject_sealed", `subject_sealed = ${flip("subject_sealed", 20)}`],
    ["organisation_name", "organisation_name = '甲公司'"],
    ["reference", "reference = 'B'"],
    ["on_behalf_of", "on_behalf_of = 'B'"],
    ["batch_id", "batch_id = gen_random_uuid()"],
    ["previous_check_id", "previous_check_id = gen_random_uuid()"],
    ["salt", `salt = ${flip("salt", 0)}`],
  ])("%s", async (_, change) => {
    expect(await findingAfter(one(change))).toEqual({
      fault: "the check of this entry was changed",
      index: LISTINGS + 123,
    });
  });
});

describe("what else may be done to a row is found:", () => {
  const first = "(select min(log_group) from check_record)";
  const where = `where log_place = 123 and log_group = ${first}`;
  test.each([
    ["deleted", `delete from check_record ${where}`, "the check of this entry is missing", LISTINGS + 123],
    ["moved to another place", one("log_place = 400"), "more rows than entries", LISTINGS],
    ["taken out of the log", one("log_group = null"), "the check of this entry is missing", LISTINGS + 123],
    [
      "exchanged with another",
      `update check_record set log_place = 247 - log_place where log_place in (123, 124) and log_group = ${first}`,
      "the check of this entry was changed",
      LISTINGS + 123,
    ],
    [
      "added",
      `insert into check_record select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'log_group', null))).*
       from check_record r ${where}`,
      "has no entry in the log",
      null,
    ],
    [
      "added under a group that is none",
      `insert into check_record select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'log_group', 999999))).*
       from check_record r ${where}`,
      "has no entry in the log",
      null,
    ],
    [
      "added under a group of another kind",
      `insert into check_record select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'log_group', g.id))).*
       from check_record r, log_group g ${where} and g.kind = 'fact'`,
      "has no entry in the log",
      null,
    ],
    [
      "a fact that was changed",
      `update log_fact set fact = '{"kind":"test","number":9}' where log_place = 1`,
      "the fact of this entry was changed",
      LISTINGS + CHECKS + 1,
    ],
    [
      "a fact that was deleted",
      "delete from log_fact where log_place = 2",
      "the fact of this entry is missing",
      LISTINGS + CHECKS + 2,
    ],
  ])("%s", async (_, change, fault, index) => {
    const finding = await findingAfter(change);
    expect(finding?.fault).toContain(fault);
    expect(finding?.index).toBe(index);
  });
});

describe("a log that was changed is found:", () => {
  const bundle = (byte: number, index: number) =>
    `update log_tile set bytes = ${flip("bytes", byte)} where level = -1 and index = ${index}`;
  const tile = (level: number, byte: number, index: number) =>
    `update log_tile set bytes = ${flip("bytes", byte)} where level = ${level} and index = ${index}`;
  test.each([
    ["an entry", bundle(34 * 5 + 9, 1), "the entry and the hash in its tile differ", 256 + 5],
    ["an entry's length", bundle(34 * 5, 1), "has no form", 256],
    ["a leaf hash", tile(0, 32 * 7 + 1, 0), "the entry and the hash in its tile differ", 7],
    ["a leaf hash of the partial tile", tile(0, 32 * 7 + 1, 2), "the entry and the hash in its tile differ", 512 + 7],
    ["a hash further up", tile(1, 32 + 1, 0), "tile/1/000.p/2 differs", null],
    ["a tile that is gone", "delete from log_tile where level = 0 and index = 1", "tile/0/001 is missing", 256],
    [
      "a tile that was cut",
      "update log_tile set width = 9 where level = 0 and index = 2",
      "tile/0/002.p/102 is missing",
      512,
    ],
    ["a group that is gone", "delete from log_group where first_index = 301", "no group has this entry", 301],
    [
      "a group of another kind",
      "update log_group set kind = 'fact' where first_index = 301",
      "the fact of this entry is missing",
      301,
    ],
    ["a smaller log", "update log_state set size = size - 1", "the groups end at", null],
    [
      "a checkpoint of a tree that is not",
      `insert into log_checkpoint values (${ENTRIES + 1}, 'x')`,
      "a checkpoint speaks of",
      null,
    ],
    [
      "a checkpoint that nobody signed",
      "update log_checkpoint set note = replace(note, 'test', 'tess')",
      "is not ours",
      null,
    ],
  ])("%s", async (_, change, fault, index) => {
    const finding = await findingAfter(change);
    expect(finding?.fault).toContain(fault);
    expect(finding?.index).toBe(index);
  });

  test("a checkpoint signed with our key over another root", async () => {
    const text = formatCheckpoint({
      origin: "localhost/test",
      size: ENTRIES,
      root: Buffer.alloc(32, 1),
      extensions: [],
    });
    const note = formatNote({
      text,
      signatures: service.identity.signers.map((key) => signText(key, text, new Date())),
    });
    const finding = await findingAfter(`update log_checkpoint set note = '${note}' where size = ${ENTRIES}`);
    expect(finding?.fault).toContain(`another root than the checkpoint of ${ENTRIES} entries`);
  });
});

// Every change of the register is an entry of the public log, whoever made it; and whatever is then done to a row is named.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLog, factSource, type FsckReport, verifierKeysOf } from "../../src/audit/index.ts";
import { parseVerifierKey } from "../../src/audit/log/index.ts";
import { findStrayLoad, importFile, rollbackLoad } from "../../src/feeds/index.ts";
import { uuidOf } from "../../src/platform/id.ts";
import { flagObjection, listingSource } from "../../src/registry/index.ts";
import { drizzle } from "drizzle-orm/postgres-js";
import { jsonLines, publishedRow, rowsOf } from "../feeds/published-row.ts";
import { endByCourt } from "./ending.ts";
import { listingOf, startService, type TestService } from "../service.ts";

let service: TestService;
let folder: string;
let court: string;

/** What a court does takes four positions, the first load 30, the second 2 listed, 3 changed and 4 ended, undone again. */
const COURT = 4;
const CHANGES = COURT + 30 + 9 + 9;
const FACTS = 3;

beforeAll(async () => {
  service = await startService();
  folder = mkdtempSync(join(tmpdir(), "shixin-facts-"));
  const { id } = await service.publish(listingOf());
  court = id;
  await service.db.transaction((tx) => flagObjection(tx, "court:test", id, true));
  await service.db.transaction((tx) => flagObjection(tx, "court:test", id, false));
  await service.db.transaction((tx) => endByCourt(tx, id));
  await load(rowsOf(30));
  const rows = rowsOf(26).map((row, i) => (i < 3 ? { ...row, duty: "新义务" } : row));
  const second = await load([...rows, publishedRow(40), publishedRow(41)]);
  const decision = { actor: "operator:second", reason: "测试" };
  await rollbackLoad({ url: service.databaseUrl, id: uuidOf("lod", second.id) ?? "", ...decision });
  await sequenced();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await service.stop();
});

function load(rows: Record<string, unknown>[]) {
  const file = join(folder, "list.jsonl");
  writeFileSync(file, jsonLines(rows));
  return importFile({
    url: service.databaseUrl,
    keyRing: service.ring,
    actor: "operator:test",
    source: "national",
    mode: "snapshot",
    file,
    expected: rows.length,
    gates: { churn: 1, shrink: 1, growth: 1 },
    rejectedTo: join(folder, "rejected.jsonl"),
  });
}

async function sequenced(): Promise<void> {
  for (;;) {
    const [row] = await service.sql`select coalesce(max(size), 0) as size from log_checkpoint`;
    if (row?.["size"] === CHANGES + FACTS) return;
  }
}

const fsck = (sql: TestService["sql"]): Promise<FsckReport> =>
  checkLog({
    sql,
    sources: { listing: listingSource(sql), fact: factSource(sql, [() => findStrayLoad(drizzle(sql))]) },
    keys: verifierKeysOf(service.identity).flatMap((text) => parseVerifierKey(text) ?? []),
  });

class Undo extends Error {}

/** What fsck reports after a change that is then taken back. */
async function reportAfter(change: string): Promise<FsckReport | null> {
  let report: FsckReport | null = null;
  const undone = service.sql.begin(async (begun) => {
    const sql = Object.assign(begun as unknown as TestService["sql"], { options: service.sql.options });
    await sql.unsafe(change);
    report = await fsck(sql);
    throw new Undo();
  });
  await expect(undone).rejects.toThrow(Undo);
  return report;
}

test("an untouched register is whole: each change and each act on a load has its entry", async () => {
  expect(await fsck(service.sql)).toMatchObject({ size: CHANGES + FACTS, erased: 0, finding: null });
  const facts = await service.sql`select fact from log_fact order by log_group, log_place`;
  expect(facts.map(({ fact }) => [fact.act, fact.positions])).toEqual([
    ["activated", [COURT, COURT + 30]],
    ["activated", [COURT + 30, COURT + 39]],
    ["rolled_back", [COURT + 39, COURT + 48]],
  ]);
});

test("a change says what the listing was from then on", async () => {
  const changes = await service.sql`
    select kind, version, state, under_objection from listing_change where listing_id = ${court} order by position`;
  expect(changes.map(Object.values)).toEqual([
    ["listed", 1, "published", false],
    ["changed", 2, "published", true],
    ["changed", 3, "published", false],
    ["ended", 4, "ended", false],
  ]);
});

test("an erased salt is counted, and every proof still holds", async () => {
  const report = await reportAfter("update listing_change set salt = null where position in (2, 20)");
  expect(report).toMatchObject({ verified: CHANGES + FACTS, erased: 2, finding: null });
});

describe("a change of the register that was changed is named:", () => {
  test.each([
    ["listing_id", "listing_id = gen_random_uuid()"],
    ["kind", "kind = 'ended'"],
    ["at", "at = at + interval '1 millisecond'"],
    ["version", "version = 7"],
    ["state", "state = 'lapsed'"],
    ["under_objection", "under_objection = not under_objection"],
    ["natural_key", "natural_key = gen_random_uuid()"],
    ["content_hash", "content_hash = gen_random_uuid()"],
    ["salt", "salt = gen_random_uuid()"],
  ])("%s", async (_, change) => {
    const report = await reportAfter(`update listing_change set ${change} where position = 20`);
    expect(report?.finding?.fault).toBe("the listing of this entry was changed");
    const [place] = await service.sql`
      select first_index + 20 - first_row as index from log_group
      where kind = 'listing' and 20 between first_row and first_row + size - 1`;
    expect(report?.finding?.index).toBe(place?.["index"]);
  });
});

describe("what else may be done to the register is found:", () => {
  const last = CHANGES;
  test.each([
    ["a change that is gone", "delete from listing_change where position = 20", "is missing"],
    ["changes exchanged", "update listing_change set position = -1 where position = 20", "is missing"],
    [
      "a change that was added",
      `insert into listing_change select ${last + 1}, listing_id, kind, at, 9 from listing_change where position = 20`,
      `position ${last + 1} has no entry`,
    ],
    [
      "a change that was added with its position",
      `insert into listing_change select ${last + 1}, listing_id, kind, at, 9 from listing_change where position = 20;
       update register_state set position = ${last + 1}`,
      `position ${last + 1} has no entry`,
    ],
    [
      "a change from before the first",
      "insert into listing_change select 0, listing_id, kind, at, 9 from listing_change where position = 20",
      "position 0 has no entry",
    ],
    ["a register set back", "update register_state set position = position - 1", `position ${last} has no entry`],
    [
      "a listing without a change",
      `insert into listing select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'natural_key',
         gen_random_uuid(), 'created_at', now()))).* from listing l where state = 'published' limit 1`,
      "listing lst_",
    ],
    [
      "a listing lifted in silence",
      "update listing set state = 'ended', ended_at = now() where version = 1",
      "said by",
    ],
    ["a mark set in silence", "update listing set under_objection = true where version = 1", "said by"],
    ["another content", "update listing set content_hash = gen_random_uuid() where version = 1", "said by"],
    ["another word", "update listing set obligation = obligation || '。' where version = 1", "said by"],
    ["another name to compare with", "update listing set name_keys = array['x'] where version = 1", "said by"],
    ["another last day", "update listing set answers_until = '2026-01-01' where version = 1", "said by"],
    [
      "a former version in other words",
      `update listing_version set content = jsonb_set(content, '{obligation}', '"无"')`,
      "was said by version 1 of lst_",
    ],
    [
      "another person behind a listing",
      `update listing set subject_id = (select subject_id from document where subject_id <> listing.subject_id limit 1)
       where version = 1`,
      "said by lst_",
    ],
    [
      "another number behind a person",
      "update document set blind_index = sha256(blind_index) where kind = 'resident_id'",
      "said by lst_",
    ],
    ["another party", "update listing set natural_key = gen_random_uuid() where version = 1", "said by"],
    ["a version less", "update listing set version = 0 where version = 1", "said by"],
    ["a load's counts", `update load set counts = jsonb_set(counts, '{new}', '31')`, "said by lod_"],
    ["a load's file", "update load set file_sha256 = sha256('') where state = 'activated'", "said by lod_"],
    ["a load's positions", "update load set position_after = 35 where state = 'activated'", "said by lod_"],
    ["a roll-back denied", "update load set state = 'activated' where state = 'rolled_back'", "said by lod_"],
    ["a load that is gone", "delete from load where state = 'rolled_back'", "removal of lod_"],
    [
      "a load that was added",
      `insert into load select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid()))).* from load l
       where state = 'activated' limit 1`,
      "said by lod_",
    ],
  ])("%s", async (_, change, fault) => {
    expect((await reportAfter(change))?.finding?.fault).toContain(fault);
  });
});

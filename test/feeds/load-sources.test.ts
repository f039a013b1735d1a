// Several sources that name the same listing: one period, one owner, and no guess where they contradict each other.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { enterListing } from "../../src/registry/index.ts";
import { testKeys } from "../registry/keys.ts";
import { caseOf, numberOf, type PublishedRow, publishedRow, rowsOf } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

let register: Register;
beforeEach(async () => {
  register = await openRegister();
});
afterEach(() => register.close());

const gates = { shrink: 1, churn: 1, growth: 100, endedWithoutCount: 1 };
const national = (rows: PublishedRow[], over = {}) => register.load(rows, { gates, ...over });
const xiamen = (rows: PublishedRow[], over = {}) => register.load(rows, { gates, source: "xiamen", ...over });

async function sourcesOf(i: number) {
  const rows = await register.sql`
    select source, ended_at is null as live, array(
      select m.source from listing_source m where m.listing_id = l.id order by 1) as further
    from listing l where case_number = ${caseOf(i)} order by created_at`;
  return [...rows];
}

describe("a second source of lower rank", () => {
  beforeEach(async () => {
    await xiamen(rowsOf(3));
  });

  test("joins what it finds, and says so", async () => {
    const { counts } = await national(rowsOf(4));
    expect(counts).toMatchObject({ new: 1, joined: 3, unchanged: 0, adopted: 0, conflicts: 0 });
    expect(await sourcesOf(1)).toEqual([{ source: "xiamen", live: true, further: ["national"] }]);
    expect((await national(rowsOf(4))).counts).toMatchObject({ joined: 0, unchanged: 4, new: 0 });
  });

  test("parts when it names a listing no longer, and ends nothing", async () => {
    await national(rowsOf(4));
    expect((await national([publishedRow(3)])).counts).toMatchObject({ parted: 3, ended: 0, unchanged: 1 });
    expect(await sourcesOf(1)).toEqual([{ source: "xiamen", live: true, further: [] }]);
    await national(rowsOf(4));
    const removed = await national([publishedRow(1, { removed: true })], { mode: "delta" });
    expect(removed.counts).toMatchObject({ parted: 1, ended: 0, unchanged: 0 });
  });

  test("that contradicts is reported by listing, at every load, and changes nothing", async () => {
    const rows = [publishedRow(0, { publishDate: "2019年03月05日" }), publishedRow(1, { duty: "另一说法" })];
    const load = await national(rows);
    expect(load.counts).toMatchObject({ joined: 2, conflicts: 1 });
    const { exceptions, courts } = await register.difference(load);
    expect(exceptions).toEqual([{ kind: "conflict", listingId: expect.stringMatching(/^lst_/) }]);
    expect(courts[0]?.outcomes).toEqual({ joined: 2, conflict: 1 });
    expect((await national(rows)).counts).toMatchObject({ joined: 0, conflicts: 1, unchanged: 2 });
    const [row] = await register.sql`select published_on::text, version from listing where case_number = ${caseOf(0)}`;
    expect(row).toEqual({ published_on: "2019-03-04", version: 1 });
  });

  test("does not keep a listing that its owner ends, and disputes that end only later", async () => {
    await national(rowsOf(3));
    await xiamen(rowsOf(2));
    expect(await sourcesOf(2)).toMatchObject([{ source: "xiamen", live: false }]);
    const early = await national(rowsOf(3));
    expect(early.counts).toMatchObject({ superseded: 1, new: 0 });
    const late = await national(rowsOf(3), { asOf: new Date(Date.now() + 1_000) });
    expect(late.counts).toMatchObject({ disputed: 1, superseded: 0, new: 0 });
    expect((await register.difference(late)).exceptions).toEqual([
      { kind: "disputed", listingId: expect.stringMatching(/^lst_/) },
    ]);
  });

  test("is taken back by a roll-back, and what it parted from is joined again", async () => {
    const joined = await national(rowsOf(3));
    const parted = await national([publishedRow(0)]);
    const { load } = await register.rollback(parted);
    expect(load.stateHash).toBe(joined.stateHash);
    expect(await sourcesOf(1)).toMatchObject([{ further: ["national"] }]);
    await register.rollback(joined);
    expect(await sourcesOf(1)).toMatchObject([{ further: [] }]);
  });
});

describe("a second source of higher rank", () => {
  beforeEach(async () => {
    await national(rowsOf(3));
  });

  test("takes over what it names: its words stand, and the former owner is a second source", async () => {
    const { counts } = await xiamen([publishedRow(0, { duty: "近处的说法" })]);
    expect(counts).toMatchObject({ adopted: 1, new: 0, changed: 0, unchanged: 0 });
    expect(await sourcesOf(0)).toEqual([{ source: "xiamen", live: true, further: ["national"] }]);
    const [row] = await register.sql`select version, obligation from listing where case_number = ${caseOf(0)}`;
    expect(row).toEqual({ version: 2, obligation: "近处的说法" });
    expect((await national(rowsOf(3))).counts).toMatchObject({ unchanged: 3, ended: 0, changed: 0 });
    expect((await national(rowsOf(3).slice(1))).counts).toMatchObject({ parted: 1, ended: 0 });
  });

  test("gives it back by a roll-back, with the words of before", async () => {
    const before = await register.load(rowsOf(3), { gates });
    const load = await xiamen([publishedRow(0, { duty: "近处的说法" })]);
    await register.rollback(load);
    expect(await sourcesOf(0)).toEqual([{ source: "national", live: true, further: [] }]);
    expect(await national(rowsOf(3))).toMatchObject({ stateHash: before.stateHash, counts: { unchanged: 3 } });
  });

  test("is one that an operator ranks so", async () => {
    await register.setSource("xiamen", { precedence: 5 });
    expect((await xiamen([publishedRow(0)])).counts).toMatchObject({ joined: 1, adopted: 0 });
    await register.setSource("xiamen", { scope: "province" });
    expect((await xiamen([publishedRow(0)])).counts).toMatchObject({ joined: 0, adopted: 1 });
    expect(await sourcesOf(0)).toEqual([{ source: "xiamen", live: true, further: ["national"] }]);
  });
});

test("a court's own listing outranks every file, and ends when the court says so", async () => {
  const draft = {
    party: { name: "测试甲", document: { kind: "resident_id", number: numberOf(1) } },
    court: { name: "厦门市思明区人民法院" },
    caseNumber: caseOf(1),
  } as const;
  await register.db.transaction((tx) => enterListing(tx, testKeys, "court:clerk", draft));
  await register.setSource("siming", { scope: "court" });
  const { counts } = await register.load(rowsOf(3), { source: "siming", gates });
  expect(counts).toMatchObject({ joined: 1, adopted: 0, new: 2 });
  await register.endByCourt(caseOf(1));
  expect((await register.load(rowsOf(3), { source: "siming", gates })).counts).toMatchObject({ superseded: 1 });
});

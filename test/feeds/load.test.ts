// Importing files: what a load changes, what it refuses, and what it leaves alone.
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { usccOf } from "../../src/identity/index.ts";
import { enterListing } from "../../src/registry/index.ts";
import { testKeys } from "../registry/keys.ts";
import { caseOf, numberOf, publishedRow, rowsOf } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

let register: Register;
beforeEach(async () => {
  register = await openRegister();
});
afterEach(() => register.close());

/** A few rows are most of a small list. */
const wide = { shrink: 1, endedWithoutCount: 1 };

describe("a first load", () => {
  test("lists every row, and says so in counts, audit and changes", async () => {
    const { id, counts, state } = await register.load(rowsOf(50), { expected: 50 });
    expect(state).toBe("activated");
    expect(counts).toMatchObject({ read: 50, accepted: 50, new: 50, changed: 0, ended: 0, rejected: 0, unchanged: 0 });
    const entries = await register.sql`select action, actor, subject from audit_entry where action like 'feed.%'`;
    expect([...entries]).toEqual([{ action: "feed.activate", actor: "operator:test", subject: id }]);
    const { position, stages, subjects } = await register.snapshot();
    expect(position).toEqual({ position: 50, changes: 50, last: 50 });
    expect(stages).toEqual([]);
    expect(subjects).toHaveLength(50);
  });

  test("groups the rows of one person under one subject", async () => {
    const rows = rowsOf(5).map((row) => ({ ...row, cardNum: numberOf(1) }));
    await register.load(rows);
    expect((await register.snapshot()).subjects).toHaveLength(1);
  });

  test("finds one organisation under its code and its USCC, within a file and between files", async () => {
    const uscc = usccOf("91350200MA0000007");
    const company = { iname: "测试公司（演示）", partyTypeName: "581", sexy: undefined };
    const byCode = publishedRow(1, { ...company, cardNum: uscc.slice(8, 17) });
    const byUscc = publishedRow(2, { ...company, cardNum: uscc });
    await register.load([byCode]);
    await register.load([byCode, byUscc, publishedRow(3, { ...company, cardNum: uscc })], { expected: 3 });
    const { subjects, documents } = await register.snapshot();
    expect(subjects).toHaveLength(1);
    expect(documents.map(({ kind }) => String(kind)).sort()).toEqual(["organization_code", "uscc"]);
  });
});

describe("a later load", () => {
  test("of the same file changes nothing", async () => {
    await register.load(rowsOf(20));
    const before = await register.snapshot();
    const { counts } = await register.load(rowsOf(20));
    expect(counts).toMatchObject({ accepted: 20, unchanged: 20, new: 0, changed: 0, ended: 0 });
    expect(await register.snapshot()).toEqual(before);
  });

  test("with a changed row writes its next version", async () => {
    await register.load(rowsOf(3));
    const { counts } = await register.load([
      publishedRow(0),
      publishedRow(1, { performance: "部分未履行" }),
      publishedRow(2),
    ]);
    expect(counts).toMatchObject({ unchanged: 2, changed: 1, new: 0, ended: 0 });
    const [row] = await register.sql`select version, performance from listing where case_number = ${caseOf(1)}`;
    expect(row).toEqual({ version: 2, performance: "部分未履行" });
    expect((await register.snapshot()).changes).toEqual([
      { kind: "changed", count: 1 },
      { kind: "listed", count: 3 },
    ]);
  });

  test("that is a complete snapshot ends what is missing from it", async () => {
    await register.load(rowsOf(10));
    const { counts } = await register.load(rowsOf(8), { expected: 8, gates: wide });
    expect(counts).toMatchObject({ unchanged: 8, ended: 2, new: 0 });
    const ended = (await register.listings()).filter(({ state }) => state === "ended");
    expect(ended).toHaveLength(2);
    expect(ended[0]).toMatchObject({ version: 2, endedBy: "feed:national" });
    const [row] = await register.sql`select distinct exit_reason from listing where state = 'ended'`;
    expect(row).toEqual({ exit_reason: "missing from snapshot" });
    expect((await register.snapshot()).position).toEqual({ position: 12, changes: 12, last: 12 });
  });

  test("that lists a party again opens a new period", async () => {
    await register.load(rowsOf(3));
    await register.load(rowsOf(2), { expected: 2 });
    await register.load(rowsOf(3), { expected: 3 });
    const periods = (await register.listings()).filter(({ caseNumber }) => caseNumber === caseOf(2));
    expect(periods.map(({ state }) => state)).toEqual(["ended", "published"]);
  });

  test("that is a delta ends nothing but what it says has ended", async () => {
    await register.load(rowsOf(5));
    const delta = [publishedRow(1, { removed: true }), publishedRow(7), publishedRow(9, { removed: true })];
    const { counts } = await register.load(delta, { mode: "delta" });
    expect(counts).toMatchObject({ accepted: 3, new: 1, ended: 1, unchanged: 1, changed: 0 });
    const published = (await register.listings()).filter(({ state }) => state === "published");
    expect(published.map(({ caseNumber }) => caseNumber)).toEqual([0, 2, 3, 4, 7].map(caseOf));
  });
});

describe("what a court did", () => {
  test("after the file was cut stands, and is counted", async () => {
    await register.load(rowsOf(3));
    await register.endByCourt(caseOf(1));
    const { counts } = await register.load(rowsOf(3));
    expect(counts).toMatchObject({ accepted: 3, unchanged: 2, superseded: 1, new: 0 });
    expect((await register.listings())[1]).toMatchObject({ state: "ended", endedBy: "court:judge" });
  });

  test("before the file was cut lets the file list the party again", async () => {
    await register.load(rowsOf(3));
    await register.endByCourt(caseOf(1));
    const { counts } = await register.load(rowsOf(3), { asOf: new Date(Date.now() + 1000) });
    expect(counts).toMatchObject({ unchanged: 2, superseded: 0, new: 1 });
  });

  test("in its own listings is left alone", async () => {
    const draft = {
      party: { name: "测试甲", document: { kind: "resident_id", number: numberOf(1) } },
      court: { name: "厦门市思明区人民法院" },
      caseNumber: caseOf(1),
    } as const;
    await register.db.transaction((tx) => enterListing(tx, testKeys, "court:clerk", draft));
    const { counts } = await register.load(rowsOf(3));
    expect(counts).toMatchObject({ joined: 1, new: 2, unchanged: 0 });
    expect((await register.snapshot()).subjects).toHaveLength(3);
    await register.load([publishedRow(0), publishedRow(2)], { gates: wide });
    expect((await register.listings())[1]).toMatchObject({ state: "published", source: "court" });
  });
});

describe("a refused load leaves the register as it was", () => {
  /** The note of the refusal, once the register is seen to be as it was. */
  async function refusal(...load: Parameters<Register["load"]>): Promise<string> {
    const before = await register.snapshot();
    const error = await register.load(...load).catch((thrown: unknown) => thrown);
    expect(await register.snapshot()).toEqual(before);
    return String(error);
  }

  beforeEach(() => register.load(rowsOf(10)));

  test("with another count than expected", async () => {
    expect(await refusal(rowsOf(9), { expected: 10 })).toContain("9 rows, not the 10 expected");
    expect(await register.loads()).toMatchObject([{ state: "activated" }, { state: "failed" }]);
  });

  test.each([
    ["an empty file", "", "holds no row"],
    ["a header alone", "iname,caseCode\n", "holds no row"],
    ["an empty JSON array", "[]", "holds no row"],
    ["no known column", "a,b\n1,2\n", "names no column"],
    ["a damaged gzip file", gzipSync("x".repeat(1000)).subarray(0, 20), "is damaged"],
    ["nothing that is a row", '{"a":1}\n{"b":2}\n', "all 2 rows are rejected"],
  ])("for %s", async (_, content, note) => {
    expect(await refusal(content, { mode: "delta" })).toContain(note);
  });

  test("for a snapshot older than the active one", async () => {
    expect(await refusal(rowsOf(10), { asOf: new Date("2020-01-01") })).toContain("this one is older");
  });

  test("for a moment that is yet to come", async () => {
    expect(await refusal(rowsOf(10), { asOf: new Date(Date.now() + 3_600_000) })).toContain("yet to come");
  });

  test("for a file that is not there, and a source without a plain name", async () => {
    expect(await refusal("", { file: "/nowhere/list.jsonl" })).toContain("not a file");
    expect(await refusal(rowsOf(10), { source: "national'; --" })).toContain("a source is named");
    expect(await refusal(rowsOf(10), { source: "court" })).toContain("no file speaks for them");
  });
});

describe("rejected rows", () => {
  test("are told by line, field, code and reason, and never by value", async () => {
    const canary = numberOf(77);
    const rows = [
      publishedRow(0),
      publishedRow(1, { cardNum: canary.replace(/.$/, (c) => (c === "0" ? "1" : "0")) }),
      publishedRow(2, { iname: "", caseCode: canary, cardNum: `${canary}9` }),
      publishedRow(3, { [canary]: "x", publishDate: canary }),
      publishedRow(0, { duty: "重复" }),
      publishedRow(4),
    ];
    const text = `${rows.map((row) => JSON.stringify(row)).join("\n")}\n{"cardNum":"${canary}\n`;
    const { counts } = await register.load(text);
    expect(counts).toMatchObject({ read: 7, accepted: 2, rejected: 5, new: 2 });
    expect(counts.rejectedByCode).toEqual({ bad_checksum: 1, name_missing: 1, bad_form: 2, duplicate: 1 });
    expect(register.rejected().map(({ line, field, code }) => `${line} ${String(field)} ${code}`)).toEqual([
      "2 cardNum bad_checksum",
      "3 iname name_missing",
      "3 caseCode bad_form",
      "3 cardNum bad_form",
      "4 publishDate bad_form",
      "7 null bad_form",
      "5 null duplicate",
    ]);
    expect(register.rejected()[0]?.reason).toBe("证件号码校验位不符");
    expect(register.rejectedText()).not.toMatch(/\d{15}/);
    expect(JSON.stringify(counts)).not.toMatch(/\d{15}/);
  });

  test("of a duplicate leave the first row", async () => {
    const { counts } = await register.load([publishedRow(0), publishedRow(0), publishedRow(0, { duty: "重复" })]);
    expect(counts).toMatchObject({ new: 1, rejected: 2, rejectedByCode: { duplicate: 2 } });
  });
});

test("CSV with a byte order mark, quoted line breaks and gzip loads as JSON Lines do", async () => {
  const columns = Object.keys(publishedRow(0));
  const quoted = (value: unknown) =>
    `"${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll('"', '""')}"`;
  const rows = rowsOf(5, { duty: '一、付款\r\n二、"利息"' });
  const lines = rows.map((row) => columns.map((column) => quoted(row[column])).join(","));
  const csv = `\uFEFF${[columns.join(","), ...lines].join("\r\n")}\r\n`;
  const { counts } = await register.load(gzipSync(csv), { expected: 5 });
  expect(counts).toMatchObject({ new: 5, unknownColumns: {} });
  expect((await register.load(rows)).counts).toMatchObject({ unchanged: 5 });
});

test("of two loads of one source at once, one is refused as a conflict", async () => {
  const file = register.write(rowsOf(300));
  const outcomes = await Promise.allSettled([register.load("", { file }), register.load("", { file })]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  expect(refused?.reason).toMatchObject({ code: "conflict" });
});

test("loads of two sources with the same parties run side by side", async () => {
  const [one, other] = await Promise.all([
    register.load("", { file: register.write(rowsOf(500), "one") }),
    register.load("", { file: register.write(rowsOf(500).toReversed(), "other"), source: "xiamen" }),
  ]);
  expect(one.counts.new + other.counts.new).toBe(500);
  // The nearer source takes over what it finds of the other.
  const changes = 500 + one.counts.adopted + other.counts.adopted;
  expect((await register.snapshot()).position).toEqual({ position: changes, changes, last: changes });
});

test("progress names the phases in their order", async () => {
  const phases: string[] = [];
  await register.load(rowsOf(3), { progress: ({ phase }) => phases.push(phase) });
  expect([...new Set(phases)]).toEqual(["receiving", "validating", "comparing", "applying", "activated"]);
});

// What the gates see of a real file and a real register.
import { afterEach, beforeEach, expect, test } from "vitest";
import { residentIdOf } from "../../src/identity/index.ts";
import { type PublishedRow, publishedRow } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

let register: Register;
beforeEach(async () => {
  register = await openRegister();
});
afterEach(() => register.close());

const rowsOf = (from: number, to: number, over: (i: number) => PublishedRow = () => ({})) =>
  Array.from({ length: to - from }, (_, i) => publishedRow(from + i, over(from + i)));
const gatesOf = async (rows: PublishedRow[], gates = {}, mode: "snapshot" | "delta" = "delta") =>
  (await register.load(rows, { mode, gates })).gates;

test("new rows of courts that no listing has named hold a load, until they are released once", async () => {
  const elsewhere = (i: number) => ({ caseCode: `（2019）闽0206执${90_000_000 + i}号` });
  await register.load(rowsOf(0, 200));
  const load = await register.load(rowsOf(200, 230, elsewhere), { mode: "delta" });
  expect(load.gates).toEqual([{ gate: "unknownCourts", value: 1, threshold: 0.05, rows: 30 }]);
  await register.release(load);
  expect(await gatesOf(rowsOf(230, 260, elsewhere))).toEqual([]);
});

test("masked numbers count among the accepted rows", async () => {
  const masked = (i: number) => (i < 25 ? { cardNum: "1101011900****1024", iname: `测试${"甲乙丙丁"[i % 4]}` } : {});
  const [finding, ...others] = await gatesOf(rowsOf(0, 30, masked), {}, "snapshot");
  expect(finding).toMatchObject({ gate: "masked", rows: 25, threshold: 0.5 });
  expect(others).toEqual([]);
});

test("minors are rejected, and more than a few of them hold the rest of the file", async () => {
  const minor = (i: number) => (i < 21 ? { cardNum: residentIdOf(`35999920150101${String(100 + i)}`), age: 4 } : {});
  const gates = await gatesOf(rowsOf(0, 2_000, minor), {}, "snapshot");
  expect(gates).toEqual([{ gate: "minors", value: 21, threshold: 20, rows: 21 }]);
});

test("a snapshot that lacks a listing whose term still runs is held for that one row", async () => {
  await register.load(rowsOf(0, 200));
  await register.sql`
    update listing set term_kind = 'fixed', term_ends_on = current_date + 30 where case_number like '%90000199号'`;
  expect(await gatesOf(rowsOf(0, 199), {}, "snapshot")).toEqual([
    { gate: "fixedTermMissing", value: 1, threshold: 0, rows: 1 },
  ]);
});

test("a delta that ends many says so too", async () => {
  await register.load(rowsOf(0, 100));
  const removed = rowsOf(0, 10, () => ({ removed: true }));
  expect(await gatesOf(removed)).toEqual([{ gate: "shrink", value: 0.1, threshold: 0.05, rows: 10 }]);
});

// Files as they should not be, loaded into a real register: each ends in its named result, and the register is as it was.
import { truncateSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { publishedRow } from "./published-row.ts";
import { goodFiles, listedRows, refusedFiles, rejectedFiles } from "./corpus/hostile-files.ts";
import { openRegister, type Register } from "./register.ts";

const HUGE_BYTES = 300 * 1024 * 1024;

let register: Register;
let before: Awaited<ReturnType<Register["snapshot"]>>;
beforeAll(async () => {
  register = await openRegister();
  await register.load([...listedRows]);
  before = await register.snapshot();
});
afterAll(() => register.close());

const rejections = () => register.rejected().map(({ line, field, code }) => `${line} ${String(field)} ${code}`);

describe("the same rows in every form change nothing", () => {
  test.each(Object.entries(goodFiles))("%s", async (_, content) => {
    const { counts } = await register.load(content(), { mode: "delta" });
    expect(counts).toMatchObject({ read: 3, accepted: 3, unchanged: 3, rejected: 0 });
    expect(await register.snapshot()).toEqual(before);
  });
});

describe("a file that cannot be a list is refused", () => {
  test.each(refusedFiles)("%s", async (_, content, note) => {
    await expect(register.load(content(), { mode: "delta" })).rejects.toMatchObject({
      code: "load-refused",
      detail: { note: expect.stringContaining(note) as string },
    });
    expect((await register.loads()).at(-1)).toMatchObject({
      state: "failed",
      failure: expect.stringContaining(note) as string,
    });
    expect(await register.snapshot()).toEqual(before);
  });
});

describe("a row that cannot be read is rejected by line, column and code, and the others are read", () => {
  test.each(rejectedFiles)("%s", async (_, content, rejected) => {
    const { counts } = await register.load(content(), { mode: "delta" });
    expect(rejections()).toEqual(rejected);
    expect(counts).toMatchObject({ new: 0, changed: 0, ended: 0, rejected: 1 });
    expect(counts.unchanged).toBeGreaterThanOrEqual(2);
    expect(register.rejectedText()).not.toMatch(/\d{15}/);
    expect(await register.snapshot()).toEqual(before);
  });

  test("a line of 300 MB", async () => {
    const file = register.write('{"iname":"');
    truncateSync(file, HUGE_BYTES);
    await expect(register.load("", { mode: "delta", file })).rejects.toMatchObject({ code: "load-refused" });
    expect(rejections()).toEqual(["1 null too_long"]);
  });
});

test("a formula is a text like any other", async () => {
  const formula = { iname: "=HYPERLINK(测试)", duty: "@SUM(1)", 备注: "+1" };
  await register.load([publishedRow(5, formula)], { mode: "delta" });
  const [found] = await register.sql`select name, obligation, extra from listing where name like '=%'`;
  expect(found).toEqual({ name: formula.iname, obligation: formula.duty, extra: { 备注: "+1" } });
});

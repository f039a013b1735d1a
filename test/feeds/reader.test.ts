// Files as streams of rows: formats, line numbers, and what broken ones do.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { type FileRow, ROW_LENGTH_MAX } from "../../src/feeds/file-row.ts";
import { readRows } from "../../src/feeds/reader.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-reader-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<FileRow[]> {
  const path = join(folder, "file");
  writeFileSync(path, content);
  const rows: FileRow[] = [];
  for await (const batch of readRows(path).rows) rows.push(...batch);
  return rows;
}

describe("JSON Lines", () => {
  test("are read with their line numbers, empty lines left out, the last line end optional", async () => {
    expect(await read('\uFEFF{"iname":"甲"}\r\n\n  \n{"iname":"乙"}')).toEqual([
      { line: 1, record: { iname: "甲" } },
      { line: 4, record: { iname: "乙" } },
    ]);
  });

  test("that are no object are rows that cannot be read", async () => {
    const rows = await read('{"a":1}\n{"a":\n[1]\nnull\n"x"\n{"b":2}\n');
    expect(rows.map(({ record }) => record)).toEqual([{ a: 1 }, null, null, null, null, { b: 2 }]);
  });

  test("are whole wherever the file is cut into chunks", async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => ({ iname: `䶮𠮷测试${i}` }));
    const rows = await read(lines.map((line) => JSON.stringify(line)).join("\n"));
    expect(rows.map(({ record }) => record)).toEqual(lines);
  });

  test("longer than the bound are one unreadable row, and the next is read", async () => {
    const rows = await read(`{"a":1}\n{"a":"${"x".repeat(3 * ROW_LENGTH_MAX)}"}\n{"b":2}\n`);
    expect(rows).toEqual([
      { line: 1, record: { a: 1 } },
      { line: 2, record: null },
      { line: 3, record: { b: 2 } },
    ]);
  });
});

describe("CSV", () => {
  test("has quoted line breaks, a byte order mark, and the line where a row begins", async () => {
    expect(await read('\uFEFFiname,duty\r\n甲,"一\r\n二, ""三"""\r\n乙,无\r\n')).toEqual([
      { line: 2, record: { iname: "甲", duty: '一\r\n二, "三"' } },
      { line: 4, record: { iname: "乙", duty: "无" } },
    ]);
  });

  test("rows of another width cannot be read", async () => {
    const rows = await read("iname,age\n甲,1,2\n乙\n丙,3\n");
    expect(rows.map(({ record }) => record)).toEqual([null, null, { iname: "丙", age: "3" }]);
  });

  test("without a known column in its first line is refused", async () => {
    await expect(read("甲,1\n乙,2\n")).rejects.toMatchObject({ code: "load-refused" });
  });

  test("with a quote that never closes is bounded and unreadable", async () => {
    const rows = await read(`iname,age\n甲,1\n"乙,${"x\n".repeat(ROW_LENGTH_MAX)}`);
    expect(rows[0]).toEqual({ line: 2, record: { iname: "甲", age: "1" } });
    expect(rows.slice(1).every(({ record }) => record === null)).toBe(true);
    expect(rows.length).toBeGreaterThan(1);
  });
});

test("gzip is inflated, and the hash is that of the file as it lies", async () => {
  const zipped = gzipSync('{"iname":"甲"}\n');
  const path = join(folder, "zipped");
  writeFileSync(path, zipped);
  const reading = readRows(path);
  const rows: FileRow[] = [];
  for await (const batch of reading.rows) rows.push(...batch);
  expect(rows).toEqual([{ line: 1, record: { iname: "甲" } }]);
  expect(reading.sha256()).toEqual(createHash("sha256").update(zipped).digest());
  await expect(read(zipped.subarray(0, zipped.length - 12))).rejects.toMatchObject({ code: "load-refused" });
});

test("an empty file has no rows, and a JSON array is refused", async () => {
  expect(await read("")).toEqual([]);
  expect(await read("\n \n")).toEqual([]);
  await expect(read('[{"iname":"甲"}]')).rejects.toMatchObject({ code: "load-refused" });
});

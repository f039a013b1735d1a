// A file of many blocks received on threads: every line is staged under its own number or rejected under it.
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receiveFile } from "../../src/feeds/receive.ts";
import { newUuid } from "../../src/platform/id.ts";
import { createStage, stageOf } from "../../src/registry/index.ts";
import { testKeys } from "../registry/keys.ts";
import { jsonLines, publishedRow } from "./published-row.ts";
import { openRegister, type Register } from "./register.ts";

const stage = stageOf(newUuid());
let register: Register;
let client: Client;
beforeEach(async () => {
  register = await openRegister();
  await register.db.transaction((tx) => createStage(tx, stage));
  client = new Client({ connectionString: register.url });
  client.on("error", () => {});
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await register.close();
});

const receive = (file: string, onRows = () => {}) =>
  receiveFile(client, stage, testKeys, { file, rejectedTo: `${file}.rejected`, onRows });

/** About 2 MB: some eight blocks. Every hundredth row has no name, the last one repeats the first. */
const rows = Array.from({ length: 3_000 }, (_, i) => publishedRow(i, i % 100 === 99 ? { iname: "", fax: "1" } : {}));
rows.push(publishedRow(0));

test("numbers and counts are those of the file", async () => {
  const { counts, sha256 } = await receive(register.write(jsonLines(rows)));
  expect(counts).toEqual({
    read: 3_001,
    accepted: 2_970,
    rejected: 31,
    rejectedByCode: { name_missing: 30, duplicate: 1 },
    unknownColumns: { fax: 30 },
  });
  expect(sha256).toHaveLength(32);
  const { rows: staged } = await client.query<{ line: number }>(`select line from ${stage} order by line`);
  const accepted = Array.from({ length: 3_000 }, (_, i) => i + 1).filter((line) => line % 100 !== 0);
  expect(staged.map(({ line }) => line)).toEqual(accepted);
});

test("rejected rows are told in the order of the file", async () => {
  const file = register.write(jsonLines(rows));
  await receive(file);
  const lines = readFileSync(`${file}.rejected`, "utf8").trim().split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual([
    ...Array.from({ length: 30 }, (_, i) => 100 * (i + 1)),
    3_001,
  ]);
});

test("a file of rejected rows whose name says CSV is one", async () => {
  const file = register.write(jsonLines(rows.slice(90, 110)));
  const rejectedTo = `${file}.csv`;
  await receiveFile(client, stage, testKeys, { file, rejectedTo, onRows: () => {} });
  expect(readFileSync(rejectedTo, "utf8")).toBe(
    "\uFEFF行号,栏目,代码,原因\r\n10,iname,name_missing,缺少姓名（名称）\r\n",
  );
});

test("names of unknown columns are counted whatever they are, and up to a bound", async () => {
  const many = Array.from({ length: 3 }, (_, i) =>
    publishedRow(i, Object.fromEntries(Array.from({ length: 60 }, (_, nth) => [`column${60 * i + nth}`, "1"]))),
  );
  const proto = JSON.stringify(publishedRow(3)).replace("{", '{"__proto__":"1",');
  const { counts } = await receive(register.write(`${proto}\n${jsonLines(many)}`));
  expect(Object.getOwnPropertyDescriptor(counts.unknownColumns, "__proto__")?.value).toBe(1);
  expect(Object.keys(counts.unknownColumns)).toHaveLength(101);
  expect(counts.unknownColumns["…"]).toBe(81);
});

test("progress names rows and bytes as they come", async () => {
  const seen: number[] = [];
  const file = register.write(jsonLines(rows));
  await receiveFile(client, stage, testKeys, {
    file,
    rejectedTo: `${file}.rejected`,
    onRows: ({ read }, bytesRead) => seen.push(read, bytesRead),
  });
  expect(seen.length).toBeGreaterThan(8);
  expect(seen.slice(-2)[0]).toBe(3_001);
});

test("a lost connection ends the receiving and its threads", async () => {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  await expect(receive(register.write(jsonLines(rows)), () => stream.destroy())).rejects.toThrow(/terminated|close/i);
  expect(process.getActiveResourcesInfo()).not.toContain("Worker");
});

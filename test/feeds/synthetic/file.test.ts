// Files of invented data: the same bytes for the same options, both formats alike, in memory that does not grow.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { syntheticRows, writeSynthetic, type SyntheticOptions } from "../../../src/feeds/synthetic/index.ts";

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "synthetic-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function hashOf(options: SyntheticOptions): Promise<string> {
  const [out, truth] = [join(directory, "hashed.jsonl"), join(directory, "hashed.truth.jsonl")];
  await writeSynthetic({ ...options, out, truth });
  const hash = createHash("sha256");
  return hash
    .update(await readFile(out))
    .update(await readFile(truth))
    .digest("hex");
}

test("the same options give the same bytes, other options others", async () => {
  const options: SyntheticOptions = { rows: 3_000, seed: 1, kind: "national", flaws: 0.05 };
  const first = await hashOf(options);
  expect(await hashOf(options)).toBe(first);
  expect(await hashOf({ ...options, seed: 2 })).not.toBe(first);
  expect(await hashOf({ ...options, kind: "local" })).not.toBe(first);
  expect(await hashOf({ ...options, asOf: "2026-11-02" })).not.toBe(first);
});

test("JSON Lines hold the rows, the truth file one line for each, and the counts add up", async () => {
  const options: SyntheticOptions = { rows: 4_000, seed: 8, kind: "national", flaws: 0.05 };
  const [out, truth] = [join(directory, "list.jsonl"), join(directory, "truth.jsonl")];
  let progressed = 0;
  const counts = await writeSynthetic({ ...options, out, truth, progress: (rows) => (progressed = rows) });
  const expected = [...syntheticRows(options)];
  expect(await linesOf(out)).toEqual(expected.map(({ row }) => JSON.parse(JSON.stringify(row))));
  expect(await linesOf(truth)).toEqual(expected.map((one) => one.truth));
  expect(counts.rows).toBe(4_000);
  expect(counts.accepted + counts.rejected).toBe(4_000);
  expect(counts.listed + counts.review + counts.clear).toBe(counts.accepted);
  expect(counts.rejected).toBe(expected.filter((one) => !one.truth.accepted).length);
  expect(progressed).toBeGreaterThan(0);
});

test("CSV says the same as JSON Lines", async () => {
  const options: SyntheticOptions = { rows: 500, seed: 8, kind: "local", flaws: 0.05 };
  const out = join(directory, "list.csv");
  await writeSynthetic({ ...options, out });
  const records = parse<Record<string, string>>(await readFile(out, "utf8"), { columns: true });
  const rows = [...syntheticRows(options)].map(({ row }) => row);
  expect(records).toHaveLength(500);
  for (const [index, record] of records.entries()) {
    expect(record.iname).toBe(rows[index]?.iname);
    expect(record.duty).toBe(rows[index]?.duty);
    expect(JSON.parse(record.qysler ?? "")).toEqual(rows[index]?.qysler);
  }
});

test("rows beyond memory are no more than passed on, and would not fit if they were kept", () => {
  expect(runIn64MiB("rows.length = 0")).toBe(0);
  expect(runIn64MiB("")).not.toBe(0);
}, 60_000);

/** The exit code of a process of its own that goes through rows of 200 MB, with `after` each. */
function runIn64MiB(after: string): number | null {
  const source = new URL("../../../src/feeds/synthetic/index.ts", import.meta.url).href;
  const script = `import { syntheticRows } from "${source}"; const rows = [];
    for (const row of syntheticRows({ rows: 200_000, seed: 4, kind: "national" })) { rows.push(row); ${after} }`;
  const heap = ["--max-old-space-size=64", "--input-type=module", "--eval", script];
  return spawnSync(process.execPath, heap, { stdio: "ignore" }).status;
}

async function linesOf(path: string): Promise<unknown[]> {
  const text = await readFile(path, "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

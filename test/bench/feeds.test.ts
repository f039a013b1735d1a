// The feed benchmark in its smallest form: every step runs, and the table has every figure.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FeedFigures, measureFeeds } from "../../bench/feeds/measure.ts";
import { tableOf } from "../../bench/feeds/table.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const rows = 3_000;
const directory = mkdtempSync(join(tmpdir(), "shixin-bench-test-"));
let database: TestDatabase;
let figures: FeedFigures;

beforeAll(async () => {
  database = await createTestDatabase();
  figures = await measureFeeds({ databaseUrl: database.url, directory, rows, checksPerSecond: 50, quietMs: 400 });
});
afterAll(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

test("each load does what its line says", () => {
  const { first, again, delta, second } = figures;
  expect(first.counts).toMatchObject({ read: rows, new: rows });
  expect(again.counts).toMatchObject({ read: rows, unchanged: rows, new: 0, changed: 0, ended: 0 });
  expect(delta.counts).toMatchObject({ read: 120, new: 40, changed: 40, ended: 40 });
  expect(second.counts).toMatchObject({ read: rows / 5 });
});

test("the table has every figure", () => {
  const table = tableOf(figures);
  expect(table).not.toMatch(/NaN|Infinity|undefined/);
  expect(table.match(/\(bar /g)).toHaveLength(6);
  for (const { seconds, peakMiB } of [figures.first, figures.again, figures.delta, figures.second]) {
    expect(seconds).toBeGreaterThan(0);
    expect(peakMiB).toBeGreaterThan(0);
  }
});

// The lifting benchmark in its smallest form: a real service notes what a snapshot ends, and every agency is told.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LiftingFigures, measureLifting } from "../../bench/lifting/measure.ts";
import { tableOf } from "../../bench/lifting/table.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const size = { removals: 60, sanctionsEach: 4, checksPerSecond: 50, quietMs: 400 };
const directory = mkdtempSync(join(tmpdir(), "shixin-bench-test-"));
let database: TestDatabase;
let figures: LiftingFigures;

beforeAll(async () => {
  database = await createTestDatabase();
  figures = await measureLifting({ databaseUrl: database.url, directory, ...size });
});
afterAll(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

test("each sanction on a listing that a snapshot ended is owed and told, once", () => {
  expect(figures).toMatchObject({ removals: 60, sanctions: 240, obligations: 240, events: 240 });
});

test("the table has every figure", () => {
  const table = tableOf(figures);
  expect(table).not.toMatch(/NaN|Infinity|undefined/);
  expect(table).toMatch(/missing +0\.00 {3}\(bar 0\)$/m);
});

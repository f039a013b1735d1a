// The bench of a growing record in its smallest form: every size is filled, asked and measured, and the table is whole.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureRecord } from "../../bench/records/measure.ts";
import { tableOf } from "../../bench/records/table.ts";
import { createKeyRing, readKeyRing } from "../../src/platform/key-ring.ts";
import { createTestDatabase } from "../database.ts";

test("a record is measured at each size, and every question finds its party", async () => {
  const ringPath = join(mkdtempSync(join(tmpdir(), "shixin-ring-")), "key-ring.json");
  createKeyRing(ringPath);
  const database = await createTestDatabase();
  const [groups, questions] = [2, 5];
  const figures = await measureRecord({
    url: database.url,
    ring: readKeyRing(ringPath),
    listed: 100,
    sizes: [600, 3_000],
    months: 6,
    groups,
    questions,
    now: new Date(),
    report: () => {},
  });
  await database.drop();
  expect(figures.map(({ rows }) => rows)).toEqual([600, 3_000]);
  // Each party was asked about three times; the last one perhaps less.
  for (const { found } of figures) expect(found).toBeGreaterThanOrEqual(3 * questions - 3);
  const table = tableOf(figures);
  expect(table).not.toMatch(/NaN|Infinity|undefined/);
  expect(table.match(/\(bar 1.2\)/g)).toHaveLength(2);
});

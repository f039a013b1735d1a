// The search benchmark in small: every kind of search finds what it is about, and a name that is off the list or that nobody has nobody.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureSearches } from "../../bench/portal/measure.ts";
import { createTestDatabase } from "../database.ts";

test("the search benchmark finds somebody by each of its questions, and nobody by the last two", async () => {
  const database = await createTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), "shixin-portal-"));
  try {
    const figures = await measureSearches({ databaseUrl: database.url, directory, rows: 700, searches: 64 });
    expect(figures).toHaveLength(6);
    for (const { rowsFound, p95 } of figures.slice(0, -2)) {
      expect(rowsFound).toBeGreaterThanOrEqual(1);
      expect(p95).toBeGreaterThan(0);
    }
    expect(figures.slice(-2).map(({ rowsFound }) => rowsFound)).toEqual([0, 0]);
  } finally {
    await database.drop();
    rmSync(directory, { recursive: true });
  }
});

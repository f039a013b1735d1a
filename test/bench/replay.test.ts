// The replay in its smallest form: every step of the Xiamen year, with fewer records, checks and hits.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { differences, tableOf } from "../../bench/replay/report.ts";
import { type Replay, replayYear } from "../../bench/replay/year.ts";
import { createTestDatabase, type TestDatabase } from "../database.ts";

const size = { records: 2_000, checks: 2_000, hits: 20 };
const directory = mkdtempSync(join(tmpdir(), "shixin-replay-test-"));
let database: TestDatabase;
let replay: Replay;

beforeAll(async () => {
  database = await createTestDatabase();
  replay = await replayYear({ ...size, url: database.url, directory });
});

afterAll(async () => {
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

describe("a small replay", () => {
  test("answers every check as the truth says and records it once", () => {
    expect(differences(replay, size)).toEqual([]);
    expect(replay.asked.outcomes.size).toBe(size.checks);
    expect(replay.agencies).toBe(53);
  });

  test("asks about parties that are close to a listing too, and finds them neither listed nor clear", () => {
    expect(replay.asked.tally.reviews).toBeGreaterThan(0);
  });

  test("sends singles and batches", () => {
    expect(replay.asked.singlesMs.length).toBeGreaterThan(replay.asked.batchesMs.length);
    expect(replay.asked.singlesMs.length).toBeLessThan(size.checks);
  });

  test("names every figure that is not as it must be", () => {
    const { tally } = replay.asked;
    const missed = { ...replay.asked, tally: { ...tally, hits: tally.hits - 1, misses: 1 } };
    const lost = { ...replay.record, rows: replay.record.rows - 1, unrecorded: 1 };
    expect(differences({ ...replay, asked: missed, record: lost }, size)).toEqual([
      "hits: 19 instead of 20",
      "misses: 1 instead of 0",
      "rows recorded: 1,999 instead of 2,000",
      "answers without a row: 1 instead of 0",
    ]);
  });

  test("prints the table with its figures", () => {
    expect(tableOf(replay, size)).toMatch(/^hits +20 +607$/m);
  });

  test("refuses a database that holds anything", async () => {
    await expect(replayYear({ ...size, url: database.url, directory })).rejects.toThrow("not empty");
  });
});

// Rows by COPY: every kind of value comes back as it is, and a session outlives whatever goes wrong on the way.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { copyRows } from "../../src/platform/copy-out.ts";
import type { Sql } from "../../src/platform/database.ts";
import { useDatabase } from "../database.ts";

const database = useDatabase();
beforeAll(async () => {
  await database.sql`create table sample (place int, words text, list text[], bytes bytea, small smallint, big bigint)`;
});

const word = fc
  .string({ unit: "grapheme", maxLength: 20 })
  .filter((text) => text.isWellFormed() && !text.includes("\0"));
const sample = fc.record({
  words: fc.option(word),
  list: fc.array(word, { maxLength: 4 }),
  bytes: fc.option(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("hex"))),
  small: fc.integer({ min: -32_768, max: 32_767 }),
  big: fc.maxSafeInteger(),
});

test("values of every kind come back, in any number of rows", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { maxLength: 30 }), async (samples) => {
      await database.sql`truncate sample`;
      for (const [place, { words, list, bytes, small, big }] of samples.entries())
        await database.sql`insert into sample values (${place}, ${words}, ${list}, decode(${bytes}, 'hex'), ${small}, ${big})`;
      const found: unknown[] = [];
      await copyRows(database.sql, "select words, list, bytes, small, big from sample order by place", (row) =>
        found.push({
          words: row.nullableText(0),
          list: row.texts(1),
          bytes: row.isNull(2) ? null : row.bytes(2).toString("hex"),
          small: row.smallint(3),
          big: row.bigint(4),
        }),
      );
      expect(found).toEqual(samples);
    }),
    { numRuns: 30 },
  );
});

test("more rows than any buffer holds arrive once each and in order", async () => {
  let next = 1;
  await copyRows(
    database.sql,
    "select n::bigint, repeat('x', 1000) from generate_series(1, 20000) n order by n",
    (row) => {
      if (row.bigint(0) === next && row.text(1).length === 1000) next++;
    },
  );
  expect(next).toBe(20_001);
});

test("a query that fails on the way, or a reader that does, leaves the session as it was", async () => {
  const late = "select 1 / (5000 - n) from generate_series(1, 10000) n";
  await expect(copyRows(database.sql, late, () => {})).rejects.toThrow("division by zero");
  const throwing = copyRows(database.sql, "select n::bigint from generate_series(1, 100000) n", (row) => {
    if (row.bigint(0) === 3) throw new Error("enough");
  });
  await expect(throwing).rejects.toThrow("enough");
  const [row] = await database.sql`select 1 as one`;
  expect(row).toEqual({ one: 1 });
});

test("other queries of the pool go on meanwhile, and inside a transaction its own rows are seen", async () => {
  let rows = 0;
  const copies = Array.from({ length: 8 }, () =>
    copyRows(database.sql, "select n::bigint from generate_series(1, 20000) n", () => rows++),
  );
  const others = Array.from({ length: 40 }, () => database.sql`select pg_sleep(0.001)`);
  await Promise.all([...copies, ...others]);
  expect(rows).toBe(160_000);
  await database.sql.begin(async (tx) => {
    await tx`truncate sample`;
    await tx`insert into sample (words) values ('only here')`;
    const words: string[] = [];
    await copyRows(tx as unknown as Sql, "select words from sample", (row) => words.push(row.text(0)));
    expect(words).toEqual(["only here"]);
  });
});

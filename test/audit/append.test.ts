// Facts and series: an act and its entries stand or fall together, and PostgreSQL makes the entries that node would.
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { appendFacts, appendSeries, seriesEntry } from "../../src/audit/index.ts";
import { commitmentOf, HASH_BYTES, type Json } from "../../src/audit/log/index.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { publicIdSql } from "../../src/platform/id-sql.ts";
import { useDatabase } from "../database.ts";

const database = useDatabase();

type Waiting = { bulk: boolean; salt: Buffer; first_row: number; commitments: Buffer };
const waiting = () => database.sql<Waiting[]>`select * from log_outbox order by id`;
const entriesOf = ({ commitments }: Pick<Waiting, "commitments">) =>
  Array.from({ length: commitments.length / HASH_BYTES }, (_, at) =>
    commitments.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES).toString("hex"),
  );

test("facts are kept with their salts, in the order of their entries", async () => {
  const facts = ["甲", "乙"].map((name, number) => ({ subject: `lod_${number}`, fact: { number, name } }));
  await database.db.transaction((tx) => appendFacts(tx, facts));
  const [group] = await waiting();
  const rows = await database.sql<{ salt: Buffer; fact: Json }[]>`select salt, fact from log_fact order by log_place`;
  expect(rows.map(({ fact }) => fact)).toEqual(facts.map(({ fact }) => fact));
  const given = rows.map(({ salt, fact }) => commitmentOf(salt, fact).toString("hex"));
  expect(group && entriesOf(group)).toEqual(given);
  expect(new Set(rows.map(({ salt }) => salt.toString("hex"))).size).toBe(2);
});

test("an act that is rolled back leaves no entry, and no fact is no group", async () => {
  const before = (await waiting()).length;
  const failed = database.db.transaction(async (tx) => {
    await appendFacts(tx, [{ subject: "lod_1", fact: { kind: "test" } }]);
    throw new Error("the act fails");
  });
  await expect(failed).rejects.toThrow("the act fails");
  await database.db.transaction((tx) => appendFacts(tx, []));
  expect(await waiting()).toHaveLength(before);
});

test("the changes of a load become groups of thousands, each entry what the row says", async () => {
  await database.sql`truncate log_outbox`;
  const count = 10_000;
  const ids = Array.from({ length: count }, () => newUuid());
  await database.sql`
    insert into listing_change (position, listing_id, kind, at)
    select place, id, 'listed', timestamptz '2026-11-22 10:00:00.123456+08'
    from unnest(${ids}::uuid[]) with ordinality as u (id, place)`;
  const rows = sql`(
    select position as row, '{"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","change":"'
      || kind || '","id":"' || ${sql.raw(publicIdSql("lst", "listing_id"))} || '","kind":"listing","position":' || position
      || ',"v":1}' as fact
    from listing_change where position > 0)`;
  await database.db.transaction((tx) => appendSeries(tx, "listing", rows, true));
  const groups = await waiting();
  expect(groups.map(({ bulk, first_row }) => [bulk, first_row])).toEqual([
    [true, 1],
    [true, 4096],
    [true, 8192],
  ]);
  const found = groups.flatMap(entriesOf);
  expect(found).toHaveLength(count);
  const [first] = groups;
  const given = ids.map((id, at) => {
    const fact = {
      at: "2026-11-22T02:00:00.123Z",
      change: "listed",
      id: publicId("lst", id),
      kind: "listing",
      position: at + 1,
      v: 1,
    };
    return seriesEntry(first?.salt ?? Buffer.alloc(0), at + 1, fact).toString("hex");
  });
  expect(found).toEqual(given);
});

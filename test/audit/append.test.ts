// Facts and series: an act and its entries stand or fall together, and PostgreSQL makes the entries that node would.
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { appendFacts, appendSeries } from "../../src/audit/index.ts";
import { commitmentOf, HASH_BYTES, type Json, SALT_BYTES, sha256 } from "../../src/audit/log/index.ts";
import { useDatabase } from "../database.ts";

const database = useDatabase();

type Waiting = { bulk: boolean; first_row: number; commitments: Buffer };
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

test("rows with dense numbers become groups of thousands, each entry what its row says", async () => {
  await database.sql`truncate log_outbox`;
  const [first, last] = [4_000, 13_000];
  const rows = sql`(
    select number as row, sha256(int8send(number)) as salt, '{"number":' || number || '}' as fact
    from generate_series(1, 20000) number)`;
  const series = sql`(select row, substring(salt for 16) as salt, fact from ${rows} as given)`;
  await database.db.transaction((tx) => appendSeries(tx, series, { first, last }, true));
  const groups = await waiting();
  expect(groups.map(({ bulk, first_row }) => [bulk, first_row])).toEqual([
    [true, 4000],
    [true, 4096],
    [true, 8192],
    [true, 12288],
  ]);
  const given = Array.from({ length: last - first + 1 }, (_, at) => {
    const number = Buffer.alloc(8);
    number.writeBigInt64BE(BigInt(first + at));
    return commitmentOf(sha256(number).subarray(0, SALT_BYTES), { number: first + at }).toString("hex");
  });
  expect(groups.flatMap(entriesOf)).toEqual(given);
});

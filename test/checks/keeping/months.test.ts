// The partitions of the record on a real database: made ahead, out of the rest, indexed when over; and the migration that
// turns the table of earlier versions into the first of them.
import { PassThrough } from "node:stream";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { beforeEach, describe, expect, test } from "vitest";
import { monthOf } from "../../../src/checks/keeping/month.ts";
import { countRest, listPartitions } from "../../../src/checks/keeping/month-queries.ts";
import { countMonthsAhead, indexMonthsOver, makeMonths } from "../../../src/checks/keeping/months.ts";
import { startRecordKeeper, watchMonths } from "../../../src/checks/keeping/index.ts";
import { connect, type Connection } from "../../../src/platform/database.ts";
import { createLog } from "../../../src/platform/log.ts";
import { createMetricsRegistry } from "../../../src/platform/metrics.ts";
import { listTableSizes } from "../../../src/ops/operator/queries.ts";
import { createEmptyDatabase, useDatabase } from "../../database.ts";
import { addRows } from "./record-rows.ts";

const agencyId = "01900000-0000-7000-8000-000000000001";
const database = useDatabase();
const make = (now: Date) => database.db.transaction((tx) => makeMonths(tx, now));
const namesOf = async () => (await listPartitions(database.db)).map(({ name }) => name);

/** The instant by which the whole of what is there is in the past. */
let now: Date;
beforeEach(async () => {
  // Each test goes on where the one before it ended: months are only ever added.
  const ahead = await countMonthsAhead(database.db, new Date());
  now = new Date(Date.now() + ahead * 31 * 86_400_000);
});

test("months are made ahead once, by however many processes, and a check is written to its own", async () => {
  const made = await Promise.all([make(now), make(now), make(now)]);
  const months = made.flat().map(({ name }) => name);
  expect(new Set(months).size).toBe(months.length);
  expect(months.length).toBeGreaterThanOrEqual(3);
  expect(await countMonthsAhead(database.db, now)).toBe(3);
  const [next = ""] = months;
  const [id] = await addRows(database.sql, { at: new Date(`${next}-15T12:00:00+08:00`), agencyId });
  const [row] =
    await database.sql`select tableoid::regclass::text as partition from check_record where id = ${id ?? ""}`;
  expect(row?.["partition"]).toBe(`check_record_${next.replace("-", "_")}`);
  expect(await countRest(database.db)).toBe(0);
});

test("what no month was there for stands in the rest, is counted, and moves when its month is made", async () => {
  const far = new Date(now.getTime() + 200 * 86_400_000);
  const [id = ""] = await addRows(database.sql, { at: far, agencyId, subject: "rest" });
  const metrics = createMetricsRegistry();
  watchMonths(metrics, { db: database.db, now: () => far });
  const text = await metrics.metrics();
  expect(text).toMatch(/^shixin_check_rest_rows 1$/m);
  expect(text).toMatch(/^shixin_check_months_ahead -\d$/m);
  await make(far);
  const partition = `check_record_${monthOf(far).name.replace("-", "_")}`;
  const [row] = await database.sql`select tableoid::regclass::text as partition from check_record where id = ${id}`;
  expect(row?.["partition"]).toBe(partition);
  expect(await countRest(database.db)).toBe(0);
  expect(await metrics.metrics()).toMatch(/^shixin_check_months_ahead 3$/m);
});

test("months that are over get their index once, the others none, and a party is found by it", async () => {
  await make(now);
  const months = (await listPartitions(database.db)).flatMap(({ name, to }) => (to === null ? [] : [name]));
  const over = months.slice(0, -3);
  const indexed = await indexMonthsOver(database.db, new Date(Date.now() + 400 * 86_400_000));
  expect(indexed.slice(0, 1)).toEqual(over.slice(0, 1));
  expect(await indexMonthsOver(database.db, new Date(Date.now() + 400 * 86_400_000))).toEqual([]);
  const plan = await database.sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`;
    return tx`explain select id from check_record_first where subject_index = 'x'`;
  });
  expect(JSON.stringify(plan)).toContain("check_record_first_asked");
});

test("an agency's own records are read from the partitions that its cursor leaves, in order over all of them", async () => {
  const stamps = ["2020-03-01", "2026-11-02", "2027-01-05"].map((day) => new Date(`${day}T00:00:00Z`));
  const ids = (await Promise.all(stamps.map((at) => addRows(database.sql, { at, agencyId, rows: 2 })))).flat();
  const rows = await database.sql`
    select id from check_record where agency_id = ${agencyId} and id = any (${ids}::uuid[]) order by id desc`;
  expect(rows.map(({ id }) => String(id))).toEqual(ids.toSorted().toReversed());
  const plan = await database.sql`
    explain select * from check_record where agency_id = ${agencyId} and id = ${database.sql.unsafe(`'${ids[0]}'`)}`;
  expect(JSON.stringify(plan).match(/check_record_\w+_pkey/g)).toEqual(["check_record_first_pkey"]);
});

test("the keeper makes months by itself, and stops", async () => {
  const later = new Date(now.getTime() + 40 * 86_400_000);
  const lines: string[] = [];
  const log = createLog(new PassThrough().on("data", (chunk: Buffer) => lines.push(chunk.toString())));
  const keeper = startRecordKeeper({ db: database.db, log, now: () => later });
  await expect.poll(() => countMonthsAhead(database.db, later)).toBe(3);
  await keeper.stop();
  expect(lines.join("")).toContain("months of the record made");
});

test("the record counts as one table where sizes are told", async () => {
  const names = (await listTableSizes(database.sql, 500)).map(({ name }) => name);
  expect(names).toContain("check_record");
  expect(names.filter((name) => name.startsWith("check_record_"))).toEqual([]);
  expect((await namesOf()).length).toBeGreaterThan(3);
});

describe("the migration of a record that is there", () => {
  const files = readMigrationFiles({ migrationsFolder: "drizzle" });
  const at = files.findIndex(({ sql }) => sql.join().includes("PARTITION BY RANGE"));

  async function withRecord(work: (connection: Connection) => Promise<void>): Promise<void> {
    const empty = await createEmptyDatabase();
    const connection = connect(empty.url, { name: "test" });
    try {
      for (const statement of files.slice(0, at).flatMap(({ sql }) => sql)) await connection.sql.unsafe(statement);
      await work(connection);
    } finally {
      await connection.end();
      await empty.drop();
    }
  }
  const apply = ({ sql }: Connection) =>
    sql.begin(async (tx) => {
      for (const statement of files[at]?.sql ?? []) await tx.unsafe(statement);
    });
  const fileOf = async ({ sql }: Connection, name: string) =>
    String((await sql`select pg_relation_filenode(${name}::regclass) as file`)[0]?.["file"]);

  test("attaches it as it stands: no row is rewritten, no index built again, nothing is missed", async () => {
    await withRecord(async (connection) => {
      const { sql, db } = connection;
      await sql`insert into agency (id, name) values (${agencyId}, '测试单位')`;
      const earlier = await addRows(sql, { at: new Date("2024-02-29T00:00:00Z"), agencyId, rows: 50 });
      // The clock of a process that ran ahead: the first month covers what is there, whatever its ids say.
      const ahead = new Date(Date.now() + 45 * 86_400_000);
      const ids = [...earlier, ...(await addRows(sql, { at: ahead, agencyId, rows: 2 }))];
      const names = ["", "_agency_id_id_pk", "_log_group", "_subject"].map((suffix) => `check_record${suffix}`);
      const files = await Promise.all(names.map((name) => fileOf(connection, name)));
      await apply(connection);
      const attached = ["", "_pkey", "_log_group", "_subject"].map((suffix) => `check_record_first${suffix}`);
      expect(await Promise.all(attached.map((name) => fileOf(connection, name)))).toEqual(files);
      const indexes =
        await sql`select indexrelid::regclass::text as name from pg_index where indrelid = 'check_record_first'::regclass`;
      expect(indexes).toHaveLength(3);
      const found = await sql`select id from check_record order by id`;
      expect(found.map(({ id }) => String(id))).toEqual(ids.toSorted());
      expect((await listPartitions(db)).map(({ name, to }) => [name, to])).toEqual([
        ["check_record_first", monthOf(ahead).to],
        ["check_record_rest", null],
      ]);
      await expect(addRows(sql, { at: ahead, agencyId })).resolves.toHaveLength(1);
      expect(await countRest(db)).toBe(0);
    });
  });

  test("of an empty one begins with the present month", async () => {
    await withRecord(async (connection) => {
      await apply(connection);
      expect(await listPartitions(connection.db)).toEqual([
        { name: "check_record_first", to: monthOf(new Date()).to },
        { name: "check_record_rest", to: null },
      ]);
    });
  });
});

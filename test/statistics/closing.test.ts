// Closed days against the rows: a random year, counted day by day as it goes by, is what somebody counts who has all of it.
import * as fc from "fast-check";
import { count, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditEntry } from "../../src/audit/schema.ts";
import type { ClockRow } from "../../src/courts/index.ts";
import { clock } from "../../src/courts/schema.ts";
import { connect, type Connection } from "../../src/platform/database.ts";
import { addDays, shanghaiDate } from "../../src/platform/time.ts";
import { closeDays } from "../../src/statistics/closing.ts";
import { closedDay } from "../../src/statistics/schema.ts";
import { figureScopes } from "../../src/statistics/figure-scope.ts";
import { figures } from "../../src/statistics/figures.ts";
import { figuresByBody } from "../../src/statistics/month-figures.ts";
import { lastDayOf, monthsBetween } from "../../src/statistics/month.ts";
import { readCounts } from "../../src/statistics/reading.ts";
import { recountMonth, repairMonth } from "../../src/statistics/recount.ts";
import { createTestDatabase, useDatabase } from "../database.ts";
import { beginHistory, type History } from "./history.ts";
import { type Tally, tallyOf } from "./oracle.ts";

const FIRST_DAY = "2026-01-17";
const DAYS = 365;
const YEARS = Number(process.env["STATISTIC_YEARS"] ?? 1);

type Year = { history: History; clocks: ClockRow[]; now: Date; connection: Connection };

/** A year goes by. Days are closed whenever it occurs to somebody, sometimes minutes after midnight. */
async function live(connection: Connection, seed: number): Promise<Year> {
  const { db } = connection;
  const history = await beginHistory(connection, seed, FIRST_DAY);
  const { below, chance } = history.random;
  await history.addAgency();
  await history.addAgency();
  const nowOf = () => new Date(Date.parse(`${history.day()}T00:00:00+08:00`) + below(40) * 60_000);
  for (let passed = 0; passed < DAYS; passed++) {
    if (passed === 160) await history.addAgency();
    if (passed === 120) await history.changeCalendar(2026);
    if (passed === 340) await history.changeCalendar(2027);
    await history.nextDay(below(9));
    if (chance(0.3)) await closeDays(db, nowOf());
  }
  const now = nowOf();
  await closeDays(db, now);
  return { history, clocks: await db.select().from(clock), now, connection };
}

async function inYear(seed: number, look: (year: Year) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  const connection = connect(database.url, { name: "test" });
  try {
    await look(await live(connection, seed));
  } finally {
    await connection.end();
    await database.drop();
  }
}

const sorted = (tally: Iterable<[string, number]>) => [...tally].map(([place, value]) => `${place} ${value}`).sort();
const dayIn = (place: string) => place.split(" ").at(-1) ?? "";

async function storedTally({ db }: Connection): Promise<Tally> {
  const rows = await db.execute<{ place: string; value: number }>(sql`
    select concat_ws(' ', scope, figure, part, body, day) as place, value::float8 as value from day_figure`);
  return new Map(rows.map(({ place, value }) => [place, value]));
}

test(
  `${YEARS} random years: what is stored of closed days is what the rows say`,
  { timeout: YEARS * 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), (seed) =>
        inYear(seed, async (year) => {
          const { history, clocks, connection, now } = year;
          const expected = tallyOf(history.facts, clocks);
          const stored = await storedTally(connection);
          const { closedThrough } = await readCounts(
            connection.db,
            { scope: "register", from: "2026-01", to: "2026-01" },
            now,
          );
          expect(closedThrough).toMatch(/^2027-01-1[56]$/);
          const closed = [...expected].filter(([place]) => dayIn(place) <= (closedThrough ?? ""));
          expect(sorted(stored)).toEqual(sorted(closed));
          expect(new Set([...stored.keys()].map((place) => place.split(" ")[1])).size).toBeGreaterThan(20);
          const told = new Map([...expected].filter(([place]) => dayIn(place) <= shanghaiDate(now)));
          await expectMonthsToAgree(connection, told, year);
          for (const month of monthsBetween("2026-01", "2027-01")) {
            expect(await recountMonth(connection.db, month)).toMatchObject({ differences: [], uncountable: 0 });
          }
        }),
      ),
      { numRuns: YEARS, endOnFailure: true },
    );
  },
);

/** Months as they are read: with what is open at their end, and of the last one what was counted a moment ago. */
async function expectMonthsToAgree({ db }: Connection, expected: Tally, { history, now }: Year): Promise<void> {
  const months = monthsBetween("2026-01", "2027-01");
  let compared = 0;
  for (const scope of figureScopes) {
    const { counts } = await readCounts(db, { scope, from: "2026-01", to: "2027-01" }, now);
    const bodies = figuresByBody(counts, months);
    for (const [body, byMonth] of bodies)
      for (const [month, read] of byMonth) {
        const names = Object.entries(figures[scope]).flatMap(([name, { kind }]) => (kind === "level" ? [] : [name]));
        const told = names.filter((name) => month !== "2027-01" || figures[scope][name]?.kind !== "month");
        const sums = told.map((name) => sumOf(expected, { scope, figure: name, body, month }));
        expect(told.map((name) => read.valueOf(name))).toEqual(sums);
        compared += sums.filter((sum) => sum > 0).length;
        const open = openAtEnd(history, body, month, now);
        expect(Object.fromEntries(Object.keys(open).map((name) => [name, read.valueOf(name)]))).toEqual(open);
      }
  }
  expect(compared).toBeGreaterThan(100);
}

function sumOf(tally: Tally, { scope, figure, body, month }: Record<string, string>): number {
  let sum = 0;
  for (const [place, value] of tally) {
    const [inScope, name, ...rest] = place.split(" ");
    const day = rest.at(-1) ?? "";
    if (inScope === scope && name === figure && rest.at(-2) === body && day.startsWith(month ?? "")) sum += value;
  }
  return sum;
}

/** What an agency owed at the end of the month, and what of it was overdue. */
function openAtEnd({ facts }: History, agency: string, month: string, now: Date): Record<string, number> {
  const [end = ""] = [lastDayOf(month), shanghaiDate(now)].sort();
  const tasks = [...facts.tasks.values()].map(({ agency: owner, at, dueOn, reports: [first] }) => {
    return { kind: "tasks", agency: owner, on: shanghaiDate(at), dueOn, endedOn: first && shanghaiDate(first.at) };
  });
  const owed = facts.owed.map((each) => ({ ...each, endedOn: each.ended?.on }));
  const open = [...tasks, ...owed].filter(({ agency: owner, on, endedOn }) => {
    return owner === agency && on <= end && !(endedOn !== undefined && endedOn <= end);
  });
  const overdue = open.filter(({ dueOn }) => dueOn !== null && dueOn < end);
  const countOf = (list: typeof open, name: string) => list.filter(({ kind }) => kind === name).length;
  return {
    tasksOpen: countOf(open, "tasks"),
    tasksOverdue: countOf(overdue, "tasks"),
    liftsOpen: countOf(open, "lifts"),
    liftsOverdue: countOf(overdue, "lifts"),
    reviewsOpen: countOf(open, "reviews"),
    reviewsOverdue: countOf(overdue, "reviews"),
    removalsUnacknowledged: countOf(open, "removals"),
    removalsOverdue: countOf(overdue, "removals"),
  };
}

describe("with a few days of one agency", () => {
  const connection = useDatabase();
  let history: History;

  beforeAll(async () => {
    history = await beginHistory(connection, 7, "2026-03-01");
    await history.addAgency();
    for (let passed = 0; passed < 31; passed++) await history.nextDay(12);
  });

  test("two that close days at once close each of them once", async () => {
    const now = new Date("2026-04-01T00:20:00+08:00");
    const [one, other] = await Promise.all([closeDays(connection.db, now), closeDays(connection.db, now)]);
    const [row] = await connection.db.select({ days: count() }).from(closedDay);
    expect(row?.days).toBeGreaterThanOrEqual(31);
    expect(one.closed + other.closed).toBe(row?.days);
    expect(await closeDays(connection.db, now)).toEqual({ closed: 0, judgedAgain: 0, through: "2026-03-31" });
    const counted = tallyOf(history.facts, await connection.db.select().from(clock));
    const closed = [...counted].filter(([place]) => dayIn(place) <= "2026-03-31");
    expect(sorted(await storedTally(connection))).toEqual(sorted(closed));
  });

  test("a figure that somebody changed, added or took away is found, and put right with an audit entry", async () => {
    const { db } = connection;
    const before = await storedTally(connection);
    expect(await recountMonth(db, "2026-03")).toMatchObject({ days: 31, figures: before.size, differences: [] });
    await db.execute(sql`update day_figure set value = value + 1 where figure = 'changes' and part = 'listed' and day = (
      select min(day) from day_figure where figure = 'changes' and part = 'listed')`);
    await db.execute(sql`insert into day_figure values ('court', 'published', 'dishonest', '闽0299', '2026-03-05', 3)`);
    await db.execute(sql`delete from day_figure where figure = 'persons'`);
    const { differences } = await recountMonth(db, "2026-03");
    expect(differences.map(({ figure, counted }) => [figure, counted === null])).toEqual(
      expect.arrayContaining([
        ["changes", false],
        ["published", true],
        ["persons", false],
      ]),
    );
    expect(differences).toHaveLength(3);
    await repairMonth(db, { actor: "operator:test", reason: "测试" }, "2026-03");
    expect(sorted(await storedTally(connection))).toEqual(sorted(before));
    expect(await recountMonth(db, "2026-03")).toMatchObject({ differences: [] });
    const entries = await db.select().from(auditEntry).where(eq(auditEntry.action, "statistics.repair"));
    expect(entries).toMatchObject([{ actor: "operator:test", reason: "测试", detail: { differences: 3 } }]);
  });

  test("whom erased checks were about is counted no more, and everything else still is", async () => {
    const { db } = connection;
    await db.execute(
      sql`update check_record set subject_index = '' where id = (select min(id::text)::uuid from check_record)`,
    );
    const recount = await recountMonth(db, "2026-03");
    expect(recount.differences).toEqual([]);
    expect(recount.uncountable).toBeGreaterThan(0);
  });

  test("a day stays open while a transaction is under way that began in it", async () => {
    const { db, sql: client } = connection;
    const later = new Date(Date.now() + 2 * 86_400_000);
    const held = await client.reserve();
    try {
      await held`begin`;
      const [row] = await held<{ began: Date }[]>`select now()::text as began`;
      const began = new Date(row?.began ?? "");
      const over = addDays(shanghaiDate(new Date(began.getTime() - 15 * 60_000)), -1);
      expect((await closeDays(db, later)).through).toBe(over);
      await held`rollback`;
    } finally {
      held.release();
    }
    const through = (await closeDays(db, later)).through ?? "";
    expect(through >= shanghaiDate(new Date())).toBe(true);
  });
});

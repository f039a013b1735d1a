// Deadlines as rows: started, stopped and counted on a real database, and moved when the calendar is corrected.
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { listClocks } from "../../src/courts/clock-queries.ts";
import { duties } from "../../src/courts/clock-record.ts";
import {
  alignClocks,
  type ClockName,
  importNotice,
  listClocksOf,
  readCalendar,
  readOverdue,
  shippedNotices,
  startClock,
  stopClocks,
} from "../../src/courts/index.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import { useDatabase } from "../database.ts";

const connection = useDatabase();
const COURT = "闽0203";
const at = (time: string) => new Date(`${time}+08:00`);
const newSubject = () => publicId("lst", newUuid());

const start = (kind: ClockName, startedOn: string, subject = newSubject(), statedDay?: string) =>
  connection.db.transaction((tx) =>
    startClock(tx, { kind, subject, court: COURT, startedOn, ...(statedDay === undefined ? {} : { statedDay }) }),
  );
const importing = (notice: unknown) => connection.db.transaction((tx) => importNotice(tx, "operator:test", notice));

/** A whole year's notice; name only what matters. */
const noticeOf = (year: number, over: object = {}) => ({
  year,
  title: `${year}年部分节假日安排`,
  issuedOn: `${year - 1}-11-04`,
  holidays: [
    { name: "元旦", from: `${year}-01-01`, to: `${year}-01-03`, workdays: [] },
    { name: "国庆节", from: `${year}-10-01`, to: `${year}-10-07`, workdays: [] },
  ],
  ...over,
});

describe("starting", () => {
  test("keeps the last day with the calendar it was found by", async () => {
    const clock = await start("deletion", "2026-09-30");
    expect(clock).toMatchObject({ dueOn: "2026-10-10", stoppedAt: null });
    expect(clock.calendarVersion).toMatch(/^[0-9a-f]{16}$/);
  });

  test("keeps a day that a paper states as it is, with no calendar", async () => {
    const clock = await start("grace", "2026-09-01", newSubject(), "2026-11-30");
    expect(clock).toMatchObject({ dueOn: "2026-11-30", calendarVersion: null });
  });

  test("the earlier of two reasons on one thing counts, in whichever order they come", async () => {
    const subject = newSubject();
    await start("deletion", "2026-11-10", subject);
    await start("deletion", "2026-11-05", subject);
    await start("deletion", "2026-11-12", subject);
    const clocks = await listClocksOf(connection.db, subject);
    expect(clocks).toMatchObject([{ startedOn: "2026-11-05", dueOn: "2026-11-10" }]);
  });

  test("two at once leave one clock", async () => {
    const subject = newSubject();
    await Promise.all([start("deletion", "2026-11-10", subject), start("deletion", "2026-11-09", subject)]);
    expect(await listClocksOf(connection.db, subject)).toMatchObject([{ startedOn: "2026-11-09" }]);
  });
});

describe("stopping", () => {
  test("stops what runs of these kinds, once, and leaves the rest", async () => {
    const subject = newSubject();
    await start("deletion", "2026-11-10", subject);
    await start("second_look", "2026-11-10", subject);
    const stop = () =>
      connection.db.transaction((tx) => stopClocks(tx, subject, ["deletion", "revocation"], at("2026-11-11T06:00:00")));
    expect(await stop()).toMatchObject([{ kind: "deletion", stoppedAt: at("2026-11-11T06:00:00") }]);
    expect(await stop()).toEqual([]);
    expect(await listClocksOf(connection.db, subject)).toMatchObject([
      { kind: "deletion", stoppedAt: at("2026-11-11T06:00:00") },
      { kind: "second_look", stoppedAt: null },
    ]);
  });

  test("a stopped clock makes room for the next of its kind", async () => {
    const subject = newSubject();
    await start("deletion", "2026-11-10", subject);
    await connection.db.transaction((tx) => stopClocks(tx, subject, ["deletion"], at("2026-11-11T06:00:00")));
    await start("deletion", "2026-11-16", subject);
    expect(await listClocksOf(connection.db, subject)).toHaveLength(2);
  });
});

describe("what is overdue", () => {
  test("is so from the midnight after the last day, by kind; a time that ran out is not", async () => {
    const overdue = async (now: string) => (await readOverdue(connection.db, at(now))).get("successor_naming");
    await start("successor_naming", "2026-03-02");
    await start("reconsideration_filing", "2026-03-02");
    expect(await overdue("2026-04-02T23:59:59")).toBe(0);
    expect(await overdue("2026-04-03T00:00:00")).toBe(1);
    expect((await readOverdue(connection.db, at("2026-06-01T00:00:00"))).has("reconsideration_filing")).toBe(false);
  });

  test("comes first in a court's list, and what has no last day comes last", async () => {
    const kind = "identity_request";
    const subjects = {
      later: await start(kind, "2026-11-18"),
      unknown: await start(kind, "2026-12-31"),
      overdue: await start(kind, "2026-11-02"),
    };
    const filter = { courts: [COURT], kind, state: "open", duties, today: "2026-11-18" } as const;
    const page = await listClocks(connection.db, filter, null, 10);
    const order = [subjects.overdue, subjects.later, subjects.unknown].map(({ id }) => id);
    expect(page.map(({ id }) => id)).toEqual(order);
    const [first, second] = page;
    const [rest, end] = [
      await listClocks(connection.db, filter, first ?? null, 10),
      await listClocks(connection.db, filter, page[2] ?? null, 10),
    ];
    expect(rest.map(({ id }) => id)).toEqual(order.slice(1));
    expect(end).toEqual([]);
    expect(second?.dueOn).toBe("2026-11-23");
    expect(await listClocks(connection.db, { ...filter, courts: ["闽0205"] }, null, 10)).toEqual([]);
    expect(await listClocks(connection.db, { ...filter, state: "overdue" }, null, 10)).toMatchObject([
      { id: order[0] },
    ]);
    expect(await listClocks(connection.db, { ...filter, state: "due_unknown" }, null, 10)).toMatchObject([
      { id: order[2] },
    ]);
  });
});

describe("the calendar", () => {
  test("past its known end gives no last day: 1 October 2027 is not taken for a working day", async () => {
    const clock = await start("revocation", "2027-09-30");
    expect(clock.dueOn).toBeNull();
    await importing(noticeOf(2027));
    const [computed] = await listClocksOf(connection.db, clock.subject);
    expect(computed?.dueOn).toBe("2027-10-12");
    expect(computed?.calendarVersion).not.toBe(clock.calendarVersion);
  });

  test("corrected moves the days it changes and no other, with an audit entry", async () => {
    const [moves, stays, stated] = [
      await start("deletion", "2027-03-01"),
      await start("deletion", "2027-03-15"),
      await start("term", "2027-03-01", newSubject(), "2027-03-04"),
    ];
    expect(moves.dueOn).toBe("2027-03-04");
    const spring = { name: "临时放假", from: "2027-03-02", to: "2027-03-03", workdays: ["2027-03-06"] };
    const corrected = noticeOf(2027, { issuedOn: "2027-02-20", holidays: [...noticeOf(2027).holidays, spring] });
    expect(await importing(corrected)).toEqual({ outcome: "imported", year: 2027, movedClocks: 1 });
    const dueOf = async ({ subject }: { subject: string }) => (await listClocksOf(connection.db, subject))[0]?.dueOn;
    expect(await Promise.all([moves, stays, stated].map(dueOf))).toEqual(["2027-03-06", stays.dueOn, "2027-03-04"]);
    const entries = await connection.db.execute(
      sql`select actor, action, detail ->> 'movedClocks' as moved from audit_entry order by id desc limit 1`,
    );
    expect([...entries]).toEqual([{ actor: "operator:test", action: "calendar.import", moved: "1" }]);
  });

  test("is not changed by the same notice again, and not by an older one", async () => {
    const known = shippedNotices.find(({ year }) => year === 2026);
    expect(await importing(known)).toMatchObject({ outcome: "unchanged" });
    await expect(importing({ ...known, issuedOn: "2025-10-01" })).rejects.toMatchObject({ code: "conflict" });
    await expect(importing({ ...known, holidays: [] })).rejects.toMatchObject({ code: "validation" });
  });

  test("leaves nothing computed by another one, whoever writes while it is imported", async () => {
    const starts = Array.from({ length: 8 }, () => start("deletion", "2028-03-01"));
    const [, ...clocks] = await Promise.all([importing(noticeOf(2028)), ...starts]);
    const days = await Promise.all(
      clocks.map(async ({ subject }) => (await listClocksOf(connection.db, subject))[0]?.dueOn),
    );
    expect(new Set(days)).toEqual(new Set(["2028-03-06"]));
  });

  test("that a new version ships reaches the clocks at the next start", async () => {
    const clock = await start("deletion", "2026-11-02");
    await connection.db.execute(sql`update clock set due_on = null where id = ${clock.id}`);
    expect(await connection.db.transaction(alignClocks)).toBe(1);
    expect((await listClocksOf(connection.db, clock.subject))[0]?.dueOn).toBe("2026-11-05");
    expect((await readCalendar(connection.db)).years.has("2026")).toBe(true);
  });
});

// Days as the courts count them, over the published holidays of 2025 and 2026, and the refusal to guess beyond them.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  calendarOf,
  CalendarUnknown,
  isWorkingDay,
  knownThrough,
  shippedNotices,
  workingDaysBetween,
} from "../../src/courts/index.ts";
import { addDays } from "../../src/platform/time.ts";

const calendar = calendarOf(shippedNotices);
const daysFrom = (first: string, count: number) => Array.from({ length: count }, (_, at) => addDays(first, at));

describe("2026", () => {
  test.each([
    ["元旦", "2026-01-01", 3],
    ["春节", "2026-02-15", 9],
    ["清明节", "2026-04-04", 3],
    ["劳动节", "2026-05-01", 5],
    ["端午节", "2026-06-19", 3],
    ["中秋节", "2026-09-25", 3],
    ["国庆节", "2026-10-01", 7],
  ])("%s begins on %s and is %i days off", (_, first, count) => {
    const off = daysFrom(first, count).map((day) => isWorkingDay(calendar, day));
    expect(off).toEqual(off.map(() => false));
  });

  test.each(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])(
    "%s is a week-end day that is worked",
    (day) => expect(isWorkingDay(calendar, day)).toBe(true),
  );

  test("has 248 working days, as 2025 has", () => {
    expect(workingDaysBetween(calendar, "2025-12-31", "2026-12-31")).toBe(248);
    expect(workingDaysBetween(calendar, "2025-01-01", "2025-12-31")).toBe(248);
  });

  test.each([
    ["2026-02-13", 3, "2026-02-25"],
    ["2026-04-30", 3, "2026-05-08"],
    ["2026-09-18", 3, "2026-09-22"],
    ["2026-09-30", 3, "2026-10-10"],
    ["2026-10-01", 1, "2026-10-08"],
    ["2026-11-20", 3, "2026-11-25"],
  ])("from %s the %ith working day is %s", (from, count, day) => {
    expect(addWorkingDays(calendar, from, count)).toBe(day);
  });

  test.each([
    ["on a working day", "2026-11-02", "2026-11-17"],
    ["on a Saturday, moved to Monday", "2026-11-06", "2026-11-23"],
    ["on a Sunday that is worked, not moved", "2026-09-05", "2026-09-20"],
    ["in the National Day holiday, moved behind it", "2026-09-18", "2026-10-08"],
    ["in the Spring Festival, moved behind it", "2026-02-01", "2026-02-24"],
  ])("民事诉讼法 art. 85: fifteen days end %s", (_, from, last) => {
    expect(addCalendarDays(calendar, from, 15)).toBe(last);
  });
});

describe("where no notice is known", () => {
  test.each(["2027-10-01", "2027-01-04", "2024-12-31"])("%s is neither a working day nor a rest day", (day) => {
    expect(() => isWorkingDay(calendar, day)).toThrow(CalendarUnknown);
  });

  test("counting stops at the end of what is known, and not before", () => {
    expect(knownThrough(calendar)).toBe("2026-12-31");
    expect(addWorkingDays(calendar, "2026-12-28", 3)).toBe("2026-12-31");
    expect(() => addWorkingDays(calendar, "2026-12-28", 4)).toThrow(CalendarUnknown);
    expect(addCalendarDays(calendar, "2026-12-16", 15)).toBe("2026-12-31");
    expect(() => addCalendarDays(calendar, "2026-12-17", 15)).toThrow(CalendarUnknown);
    expect(() => workingDaysBetween(calendar, "2026-12-30", "2027-01-01")).toThrow(CalendarUnknown);
  });

  test("an empty calendar knows nothing", () => {
    expect(knownThrough(calendarOf([]))).toBeNull();
    expect(() => isWorkingDay(calendarOf([]), "2026-11-23")).toThrow(CalendarUnknown);
  });
});

test("a notice issued later corrects the one of its year, whatever the order", () => {
  const [, notice2026] = shippedNotices;
  if (!notice2026) throw new Error("no notice of 2026 is shipped");
  const extra = { name: "更正", from: "2026-11-23", to: "2026-11-23", workdays: [] };
  const later = { ...notice2026, issuedOn: "2026-11-01", holidays: [...notice2026.holidays, extra] };
  for (const notices of [
    [notice2026, later],
    [later, notice2026],
  ])
    expect(isWorkingDay(calendarOf(notices), "2026-11-23")).toBe(false);
});

describe("by property, within the known years", () => {
  const day = fc.integer({ min: 0, max: 700 }).map((offset) => addDays("2025-01-01", offset));
  const count = fc.integer({ min: 1, max: 15 });

  test("the n-th working day after a day is worked and has n working days behind it", () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        fc.pre(from < "2026-11-20");
        const due = addWorkingDays(calendar, from, n);
        expect(isWorkingDay(calendar, due)).toBe(true);
        expect(workingDaysBetween(calendar, from, due)).toBe(n);
        expect(workingDaysBetween(calendar, due, from)).toBe(-n);
      }),
    );
  });

  test("a limit of days ends on a working day, with nothing but rest between it and its last day", () => {
    fc.assert(
      fc.property(day, count, (from, n) => {
        fc.pre(from < "2026-12-10");
        const due = addCalendarDays(calendar, from, n);
        expect(isWorkingDay(calendar, due)).toBe(true);
        expect(due >= addDays(from, n)).toBe(true);
        expect(workingDaysBetween(calendar, addDays(from, n - 1), due)).toBe(1);
      }),
    );
  });
});

test.each([
  ["2026-01-31", 1, "2026-02-28"],
  ["2027-12-31", 2, "2028-02-29"],
  ["2026-08-31", 6, "2027-02-28"],
  ["2026-11-22", 24, "2028-11-22"],
])("%s and %i months is %s", (from, months, to) => {
  expect(addMonths(from, months)).toBe(to);
});

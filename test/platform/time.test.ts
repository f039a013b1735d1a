// Time as the law counts it: Shanghai's dates, and anniversaries with their leap days.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addYears,
  isCalendarDate,
  readableTime,
  shanghaiDate,
  shanghaiTime,
} from "../../src/platform/time.ts";

const instants = fc.date({ min: new Date("1992-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });

describe("Shanghai time", () => {
  test("is readable in both languages", () => {
    const newYear = new Date("2026-12-31T16:00:00.999Z");
    expect(readableTime(newYear, "zh")).toBe("2027年01月01日 00:00:00（北京时间）");
    expect(readableTime(newYear, "en")).toBe("2027-01-01 00:00:00 (UTC+8)");
  });

  test("is eight hours ahead, so that its day begins at 16:00 UTC", () => {
    expect(shanghaiTime(new Date("2026-11-22T02:00:00.123Z"))).toBe("2026-11-22T10:00:00.123+08:00");
    expect(shanghaiDate(new Date("2026-12-31T15:59:59.999Z"))).toBe("2026-12-31");
    expect(shanghaiDate(new Date("2026-12-31T16:00:00.000Z"))).toBe("2027-01-01");
  });

  test("names the same instant, and the day that the zone's own rules give", () => {
    const zone = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(Date.parse(shanghaiTime(instant))).toBe(instant.getTime());
        expect(shanghaiDate(instant)).toBe(zone.format(instant));
      }),
    );
  });
});

test.each([
  ["2026-02-28", 1, "2026-03-01"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2026-01-01", -1, "2025-12-31"],
  ["2000-02-29", 366, "2001-03-01"],
])("%s and %i days is %s", (date, days, moved) => {
  expect(addDays(date, days)).toBe(moved);
});

test.each([
  ["2024-02-29", 1, "2025-02-28"],
  ["2024-02-29", 4, "2028-02-29"],
  ["2096-02-29", 4, "2100-02-28"],
  ["2024-02-28", 1, "2025-02-28"],
  ["2026-12-31", 2, "2028-12-31"],
])("%s and %i years is %s", (date, years, moved) => {
  expect(addYears(date, years)).toBe(moved);
});

test.each([
  ["2026-11-22", true],
  ["2028-02-29", true],
  ["2026-02-29", false],
  ["2100-02-29", false],
  ["2026-13-01", false],
  ["2026-00-10", false],
  ["2026-04-31", false],
  ["2026-4-3", false],
  ["２０２６-11-22", false],
  ["2026-11-22T00:00:00Z", false],
  ["", false],
])("that %j is a day of the calendar is %s", (date, answer) => {
  expect(isCalendarDate(date)).toBe(answer);
});

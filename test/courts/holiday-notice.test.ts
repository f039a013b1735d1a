// A year's notice in its JSON form: what is taken, and every fault named by its field, without its value.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HolidayNotice, parseHolidayNotice } from "../../src/courts/index.ts";
import { AppError } from "../../src/platform/error.ts";

/** A notice for an invented year; name only what matters. */
function notice(over: Partial<HolidayNotice> = {}): HolidayNotice {
  return {
    year: 2099,
    title: "2099年部分节假日安排（演示）",
    issuedOn: "2098-11-01",
    holidays: [
      { name: "元旦", from: "2098-12-31", to: "2099-01-02", workdays: ["2098-12-28"] },
      { name: "国庆节", from: "2099-10-01", to: "2099-10-07", workdays: ["2099-09-27"] },
    ],
    ...over,
  };
}

function faultsOf(json: unknown) {
  try {
    parseHolidayNotice(json);
  } catch (error) {
    if (error instanceof AppError) return error.detail.faults;
    throw error;
  }
  return [];
}

const [newYear, nationalDay] = notice().holidays as [HolidayNotice["holidays"][0], HolidayNotice["holidays"][0]];
const within = (over: Partial<typeof nationalDay>) => notice({ holidays: [newYear, { ...nationalDay, ...over }] });

test("a whole notice is taken as it is, a New Year that begins in December with it", () => {
  expect(parseHolidayNotice(notice())).toEqual(notice());
});

describe("faults", () => {
  test.each([
    ["a missing field", { ...notice(), issuedOn: undefined }, "#/issuedOn", "required"],
    ["an unknown field", { ...notice(), workdays: [] }, "#/workdays", "unknown_field"],
    ["a day that does not exist", within({ to: "2099-10-32" }), "#/holidays/1/to", "bad_date"],
    ["an end before the beginning", within({ to: "2099-09-30" }), "#/holidays/1/to", "out_of_range"],
    ["a holiday of centuries", within({ to: "9999-10-01" }), "#/holidays/1/to", "out_of_range"],
    ["another year", within({ workdays: ["2100-01-02"] }), "#/holidays/1/workdays/0", "out_of_range"],
    [
      "a weekday that is worked instead",
      within({ workdays: ["2099-09-28"] }),
      "#/holidays/1/workdays/0",
      "not_allowed",
    ],
    ["a holiday that is worked", within({ workdays: ["2099-10-04"] }), "#/holidays/1/workdays/0", "not_allowed"],
    ["no National Day", notice({ holidays: [newYear] }), "#/holidays", "too_few"],
    ["nothing in it", notice({ holidays: [] }), "#/holidays", "too_few"],
    ["no object", "2099", "#", "wrong_type"],
  ])("%s is named by its field", (_, json, pointer, code) => {
    expect(faultsOf(json)).toContainEqual({ pointer, code });
  });

  test("two holidays on one day are a fault of the second", () => {
    const twice = notice({ holidays: [newYear, nationalDay, { ...nationalDay, from: "2099-10-06" }] });
    expect(faultsOf(twice)).toEqual([{ pointer: "#/holidays/2", code: "not_allowed" }]);
  });

  test("whatever is sent, the answer is a notice or its faults", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom("year", "title", "issuedOn", "holidays"), (value, field) => {
        expect(faultsOf({ ...notice(), [field]: value })).toBeInstanceOf(Array);
        expect(faultsOf(value)).not.toEqual([]);
      }),
    );
  });
});

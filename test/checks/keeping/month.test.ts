// Months as id ranges: midnight in Shanghai, without gaps, whatever the instant.
import fc from "fast-check";
import { expect, test } from "vitest";
import { monthAfter, monthOf, monthsBetween, startOf } from "../../../src/checks/keeping/month.ts";
import { instantOf } from "../../../src/platform/id.ts";
import { idAt } from "./record-rows.ts";

test("a month begins at midnight in Shanghai", () => {
  const last = monthOf(new Date("2026-12-31T23:59:59.999+08:00"));
  expect(last.name).toBe("2026-12");
  expect(monthOf(new Date("2027-01-01T00:00:00+08:00")).name).toBe("2027-01");
  expect(instantOf(last.from)).toEqual(new Date("2026-11-30T16:00:00Z"));
  expect(monthAfter(last)).toMatchObject({ name: "2027-01", from: last.to });
  expect(monthAfter(last, -12).name).toBe("2025-12");
  expect(startOf("2026-12")).toEqual(instantOf(last.from));
});

test("every id lies in the month of its instant and in no other, and months follow one another", () => {
  const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 200 }), (at, months) => {
      const id = idAt(at);
      const { name, from, to } = monthOf(at);
      expect(from <= id && id < to).toBe(true);
      const later = monthAfter(monthOf(at), months);
      expect(monthsBetween(name, later.name)).toBe(months);
      expect(monthAfter(later).from).toBe(later.to);
    }),
  );
});

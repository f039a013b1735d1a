// The day on which a person comes of age.
import { expect, test } from "vitest";
import { isMinor, parseDocument, residentIdOf } from "../../src/identity/index.ts";

test.each<[string, string, boolean]>([
  ["2008-11-22", "2026-11-21", true],
  ["2008-11-22", "2026-11-22", false],
  ["2008-11-22", "2026-11-23", false],
  ["2008-02-29", "2026-02-28", true],
  ["2008-02-29", "2026-03-01", false],
  ["1900-01-01", "2026-11-22", false],
])("that who is born on %s is a minor on %s is %s", (birthDate, onDate, minor) => {
  expect(isMinor(birthDate, onDate)).toBe(minor);
});

test("the birth date of a child's number makes a minor", () => {
  const outcome = parseDocument("resident_id", residentIdOf("35999920200101001"));
  expect(outcome.ok && isMinor(outcome.document.birthDate ?? "", "2026-11-22")).toBe(true);
});

test.each<[string, boolean]>([
  ["18000229", false],
  ["19000228", true],
  ["19000229", false],
  ["19000431", false],
  ["19001301", false],
  ["19000100", false],
  ["20000229", true],
])("that the calendar has the day %s is %s", (day, exists) => {
  expect(parseDocument("resident_id", residentIdOf(`359999${day}001`)).ok).toBe(exists);
});

// The catalogue of purposes: what every check relies on is there, for each of them.
import { describe, expect, test } from "vitest";
import { findPurpose, purposeCodes, roles } from "../../src/agencies/index.ts";

test("the catalogue is not empty, and no code is in it twice", () => {
  expect(purposeCodes.length).toBeGreaterThan(20);
  expect(new Set(purposeCodes).size).toBe(purposeCodes.length);
});

describe.each(purposeCodes)("%s", (code) => {
  const purpose = findPurpose(code);

  test("asks at least one list, about known roles, for a bounded time", () => {
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(purpose?.title).toMatch(/\p{Script=Han}/u);
    expect(["dishonest", "consumption_limit"]).toEqual(expect.arrayContaining(purpose?.lists ?? ["none"]));
    expect(purpose?.lists.length).toBeGreaterThan(0);
    expect(purpose?.roles.length).toBeGreaterThan(0);
    expect(roles).toEqual(expect.arrayContaining(purpose?.roles ?? ["none"]));
    expect(purpose?.useWithinHours).toBeGreaterThan(0);
  });
});

test("nobody may ask about a spouse or a child", () => {
  expect(roles).toContain("self");
  expect(roles.filter((role) => /spouse|child|parent/.test(role))).toEqual([]);
});

test("an unknown purpose is none", () => {
  expect(findPurpose("curiosity.neighbour")).toBeUndefined();
  expect(findPurpose("__proto__")).toBeUndefined();
});

// Who may act for a court, and on which days the president's authority is another's.
import { describe, expect, test } from "vitest";
import { type Authority, hasAuthority, type Staff, staffRoles } from "../../src/courts/index.ts";

const staff = (role: Staff["role"], delegation: Staff["delegation"] = null): Staff => ({ id: "s", role, delegation });
const authorities: Authority[] = ["clerk", "judge", "president", "judge_or_system"];
const held = (who: Staff) => authorities.filter((authority) => hasAuthority(who, authority, "2026-11-22"));

test("the president may what a judge may, a judge what a clerk may, the register only end what has ended", () => {
  expect(held(staff("president"))).toEqual(authorities);
  expect(held(staff("judge"))).toEqual(["clerk", "judge", "judge_or_system"]);
  expect(held(staff("clerk"))).toEqual(["clerk"]);
  expect(held(staff("system"))).toEqual(["judge_or_system"]);
});

test.each(staffRoles.filter((role) => role.endsWith("admin") || role === "auditor"))("%s may nothing", (role) => {
  expect(held(staff(role, { from: "2026-01-01", until: "2026-12-31" }))).toEqual([]);
});

describe("a written authority of the president", () => {
  test.each([
    ["holds from its first day", "2026-11-22", "2026-12-31", true],
    ["holds through its last day", "2026-01-01", "2026-11-22", true],
    ["does not hold before", "2026-11-23", "2026-12-31", false],
    ["does not hold afterwards", "2026-01-01", "2026-11-21", false],
  ])("%s", (_, from, until, holds) => {
    expect(hasAuthority(staff("judge", { from, until }), "president", "2026-11-22")).toBe(holds);
  });

  test("makes no president of a clerk", () => {
    const clerk = staff("clerk", { from: "2026-01-01", until: "2026-12-31" });
    expect(hasAuthority(clerk, "president", "2026-11-22")).toBe(false);
  });
});

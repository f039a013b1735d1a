// The gates: which counts hold a load, and from how many rows on.
import { describe, expect, test } from "vitest";
import { describeFinding } from "../../src/feeds/finding.ts";
import { defaultThresholds, findingsOf, type GateFacts } from "../../src/feeds/gate.ts";

/** A snapshot of 10,000 rows that repeats 10,000 live ones. */
const quiet: GateFacts = {
  mode: "snapshot",
  isCounted: true,
  read: 10_000,
  rejected: 0,
  accepted: 10_000,
  masked: 0,
  minors: 0,
  live: 10_000,
  new: 0,
  changed: 0,
  ended: 0,
  missing: 0,
  missingInTerm: 0,
  newOfUnknownCourts: 0,
};
const gatesOf = (over: Partial<GateFacts>) =>
  findingsOf({ ...quiet, ...over }, defaultThresholds).map(({ gate }) => gate);

test("a load that repeats what is live passes", () => {
  expect(gatesOf({})).toEqual([]);
});

describe("each gate passes its threshold, and speaks beyond it", () => {
  test.each<[string, Partial<GateFacts>, Partial<GateFacts>]>([
    ["shrink", { ended: 500, missing: 500 }, { ended: 501, missing: 501 }],
    ["growth", { new: 2_000 }, { new: 2_001 }],
    ["churn", { changed: 2_000 }, { changed: 2_001 }],
    ["rejects", { rejected: 200 }, { rejected: 201 }],
    ["unknownCourts", { new: 1_000, newOfUnknownCourts: 50 }, { new: 1_000, newOfUnknownCourts: 51 }],
    ["masked", { masked: 5_000 }, { masked: 5_001 }],
    ["minors", { minors: 20 }, { minors: 21 }],
    ["fixedTermMissing", { missingInTerm: 0 }, { missingInTerm: 1 }],
    ["endedWithoutCount", { isCounted: false, missing: 100 }, { isCounted: false, missing: 101 }],
  ])("%s", (gate, passing, speaking) => {
    expect(gatesOf(passing)).toEqual([]);
    expect(gatesOf(speaking)).toEqual([gate]);
  });
});

test("a delta needs no stated number of rows", () => {
  expect(gatesOf({ mode: "delta", isCounted: false, missing: 200 })).toEqual([]);
});

test("small files are not held for a share that means nothing", () => {
  const small = { read: 19, accepted: 19, live: 19 };
  expect(gatesOf({ ...small, new: 19, newOfUnknownCourts: 19, masked: 19 })).toEqual([]);
  expect(gatesOf({ ...small, changed: 19, rejected: 19 })).toEqual([]);
  expect(gatesOf({ ...small, ended: 1, missing: 1, isCounted: false })).toEqual([]);
  expect(gatesOf({ ...small, ended: 2, missing: 2, isCounted: false })).toEqual(["shrink", "endedWithoutCount"]);
});

test("a first load has nothing to be compared with", () => {
  expect(gatesOf({ live: 0, new: 10_000, newOfUnknownCourts: 10_000 })).toEqual([]);
});

test("a finding is told in both languages with its figures", () => {
  const [finding] = findingsOf({ ...quiet, ended: 1_000 }, defaultThresholds);
  expect(finding && describeFinding(finding)).toBe(
    "移出的比例过高 · it ends many of the live rows (shrink: 1000 rows, 10 % > 5 %)",
  );
});

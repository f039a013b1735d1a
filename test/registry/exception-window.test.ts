// Limit rule art. 8: a temporary leave names its measures, lasts a month at most, and is the president's.
import { describe, expect, test } from "vitest";
import { type ExceptionWindow, isOpenFor } from "../../src/registry/exception-window.ts";
import { transition } from "../../src/registry/transition.ts";
import { judge, listingFacts, on, president, TODAY } from "./case-facts.ts";

const limit = listingFacts({ list: "consumption_limit" });
const window = (over: Partial<ExceptionWindow> = {}): ExceptionWindow => {
  return { measures: ["air"], from: "2026-11-25", until: "2026-12-25", ...over };
};
function codeOf(given: ExceptionWindow, listing = limit, staff = president) {
  const outcome = transition(listing, { name: "open_window", window: given }, staff, on(TODAY));
  return "refused" in outcome ? outcome.refused.code : null;
}

describe("a window (limit rule art. 8)", () => {
  test("of a month is granted by the president or who has the authority in writing", () => {
    const delegate = { ...judge, delegation: { from: TODAY, until: TODAY } };
    expect(codeOf(window())).toBeNull();
    expect(codeOf(window(), limit, delegate)).toBeNull();
    expect(codeOf(window(), limit, judge)).toBe("role");
  });

  test.each([
    ["is longer than a month", { until: "2026-12-26" }],
    ["names no measure", { measures: [] }],
    ["ends before it begins", { until: "2026-11-24" }],
    ["is over", { from: "2026-11-01", until: "2026-11-22" }],
  ])("that %s is refused", (_, over) => {
    expect(codeOf(window(over))).toBe("window-length");
  });

  test("opens in a limit that is in force, nowhere else", () => {
    expect(codeOf(window(), listingFacts())).toBe("other-list");
    expect(codeOf(window(), { ...limit, state: "ended" })).toBe("wrong-state");
  });

  test("takes its own measures out of answers from its first day through its last", () => {
    const open = (measure: string, day: string) => isOpenFor(window(), measure, day);
    expect(["2026-11-24", "2026-11-25", "2026-12-25", "2026-12-26"].map((day) => open("air", day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(open("hotel", "2026-12-01")).toBe(false);
  });
});

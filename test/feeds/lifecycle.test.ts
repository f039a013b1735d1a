// The states of a load: what ends, ends once.
import { expect, test } from "vitest";
import { mayBecome, statesBefore } from "../../src/feeds/lifecycle.ts";
import { loadStates } from "../../src/feeds/schema.ts";

test("only an activated load is rolled back, and only a waiting or validated one becomes active", () => {
  expect(statesBefore("rolled_back")).toEqual(["activated"]);
  expect(statesBefore("activated")).toEqual(["validating", "held", "ready"]);
  expect(statesBefore("discarded")).toEqual(["receiving", "held", "ready"]);
});

test.each(["rolled_back", "discarded", "failed"] as const)("nothing follows %s", (state) => {
  expect(loadStates.filter((next) => mayBecome(state, next))).toEqual([]);
});

// Which kind of term a listing has, and until when a check answers with it.
import { describe, expect, test } from "vitest";
import { termOf } from "../../src/registry/index.ts";

describe("without a stated term", () => {
  test("G1 alone is open and answers without end", () => {
    expect(termOf(["G1"], "2014-01-02")).toMatchObject({ termKind: "open", answersUntil: null });
  });

  test.each([
    ["five years and three weekdays, from a Monday", "2016-11-22", "2021-11-25"],
    ["over a week-end", "2014-07-17", "2019-07-22"],
    ["from a Saturday", "2014-07-20", "2019-07-24"],
    ["from 29 February", "2016-02-29", "2021-03-03"],
  ])("only fixed grounds answer until the longest term is over: %s", (_, publishedOn, until) => {
    expect(termOf(["G4", "G5"], publishedOn)).toMatchObject({
      termKind: "unknown",
      termEndsOn: null,
      answersUntil: until,
    });
  });

  test.each([[["G1", "G4"]], [["GX"]], [["G4", "GX"]]])("%j may be open and answers without end", (grounds) => {
    expect(termOf(grounds, "2014-07-20")).toMatchObject({ termKind: "unknown", answersUntil: null });
  });
});

test("a stated term answers until its last day", () => {
  expect(termOf(["G4"], "2026-01-05", { endsOn: "2028-01-04", runsFrom: "publication" })).toEqual({
    termKind: "fixed",
    termRunsFrom: "publication",
    termEndsOn: "2028-01-04",
    answersUntil: "2028-01-04",
  });
});

// Art. 2: the one term of a decision, and its last day.
import { describe, expect, test } from "vitest";
import type { TermDecision } from "../../src/registry/drafted-values.ts";
import { findTermFault, termEnd } from "../../src/registry/term.ts";

const fixed = (months: number, extension: "serious_violence" | "several_acts" | null = null): TermDecision => {
  return { kind: "fixed", months, extension };
};
const codeOf = (grounds: string[], decision: TermDecision) => findTermFault(grounds, decision)?.code ?? null;

describe("art. 2: an open term", () => {
  test("is G1 alone, and G1 alone is open", () => {
    expect(codeOf(["G1"], { kind: "open" })).toBeNull();
    expect(codeOf(["G1"], fixed(24))).toBe("term-not-allowed");
  });

  test.each([[["G4"]], [["G1", "G4"]], [["G2", "G3"]], [[]]])("is refused for %j", (grounds) => {
    expect(codeOf(grounds, { kind: "open" })).toBe("term-required");
  });
});

describe("art. 2: a fixed term", () => {
  test.each([24, 36, 48, 60])("%i months are lawful", (months) => {
    expect(codeOf(["G2"], fixed(months, "serious_violence"))).toBeNull();
  });

  test.each([0, 12, 23, 25, 35, 61, 36.5])("%d months are not", (months) => {
    expect(codeOf(["G2"], fixed(months, "several_acts"))).toBe("term-length");
  });

  test("an extension has its reason, two years need none", () => {
    expect(codeOf(["G5"], fixed(36))).toBe("extension-reason");
    expect(codeOf(["G5"], fixed(24))).toBeNull();
  });
});

test("the first day is not counted: two years from 23 November end on 23 November", () => {
  expect(termEnd("2026-11-23", 24)).toBe("2028-11-23");
  expect(termEnd("2024-02-29", 36)).toBe("2027-02-28");
});

// The ways off the two lists: which are open, which are refused by which article, and what follows from each.
import { describe, expect, test } from "vitest";
import { limitRule } from "../../src/courts/index.ts";
import {
  authorityFor,
  consequenceOf,
  type DeletionGround,
  type Exit,
  findExitFault,
  type LiftGround,
} from "../../src/registry/exit.ts";
import { fixedTerm, listingFacts, TODAY } from "./case-facts.ts";

const deletions: DeletionGround[] = [
  ...(["R1", "R2", "R3", "R5", "R6", "R7"] as const).map((code) => ({ code })),
  { code: "R4", searches: 2, hasLead: false },
];
const deletion = (ground: DeletionGround): Exit => ({ operation: "delete", ground });
const lift = (ground: LiftGround): Exit => ({ operation: "lift", ground });
const codeOf = (exit: Exit, over: Parameters<typeof listingFacts>[0] = {}, on = TODAY) =>
  findExitFault(exit, listingFacts(over), on)?.code ?? null;

describe("art. 9 para. 1", () => {
  test("what should never have been listed is revoked, with or without a term, on either list", () => {
    expect(codeOf({ operation: "revoke" })).toBeNull();
    expect(codeOf({ operation: "revoke" }, fixedTerm)).toBeNull();
    expect(codeOf({ operation: "revoke" }, { list: "consumption_limit", debtorListed: true })).toBeNull();
  });
});

describe("art. 10 para. 1", () => {
  test.each(deletions)("$code deletes a listing without a term", (ground) => {
    expect(codeOf(deletion(ground))).toBeNull();
  });

  test("R4 needs two searches, and no lead", () => {
    expect(codeOf(deletion({ code: "R4", searches: 1, hasLead: false }))).toBe("searches-missing");
    expect(codeOf(deletion({ code: "R4", searches: 3, hasLead: true }))).toBe("searches-missing");
  });

  test("opinion art. 15: what is performed in grace lapses, and is not deleted", () => {
    expect(codeOf(deletion({ code: "R1" }), { state: "grace" })).toBe("performed-in-grace");
    expect(codeOf(deletion({ code: "R2" }), { state: "grace" })).toBe("performed-in-grace");
    expect(codeOf(deletion({ code: "R5" }), { state: "grace" })).toBeNull();
  });
});

describe("art. 10 para. 2", () => {
  test.each(deletions)("$code is refused to a listing with a term", (ground) => {
    expect(codeOf(deletion(ground), fixedTerm)).toBe("term-fixed");
  });

  test("a fed row with only fixed-term grounds is one with a term, whatever its term is", () => {
    expect(codeOf(deletion({ code: "R1" }), { grounds: ["G4", "G5"], termKind: "unknown" })).toBe("term-fixed");
    expect(codeOf(deletion({ code: "R1" }), { grounds: ["G1", "G4"], termKind: "unknown" })).toBeNull();
    expect(codeOf(deletion({ code: "R1" }), { ...fixedTerm, grounds: ["G1", "G4"] })).toBe("term-fixed");
  });

  test("a term has ended on the day after its last, not before", () => {
    expect(codeOf({ operation: "expire" }, fixedTerm, "2028-11-20")).toBe("term-running");
    expect(codeOf({ operation: "expire" }, fixedTerm, "2028-11-21")).toBeNull();
    expect(codeOf({ operation: "expire" })).toBe("term-running");
  });
});

test("art. 2 para. 2: active performance or correction may end any listing early", () => {
  expect(codeOf({ operation: "early" }, fixedTerm)).toBeNull();
  expect(codeOf({ operation: "early" })).toBeNull();
});

describe("limit rule", () => {
  const limit = { list: "consumption_limit", grounds: [], termKind: "unknown" } as const;
  const officer = { ...limit, capacity: "legal_representative" };

  test("art. 9: full performance lifts the limit, also of who stays listed for a term", () => {
    expect(codeOf(lift("performed"), limit)).toBeNull();
    expect(codeOf(lift("performed"), { ...limit, debtorListed: true })).toBeNull();
  });

  test.each(["security", "consent"] as const)(
    "art. 9: %s may lift it, but not while the debtor is listed",
    (ground) => {
      expect(codeOf(lift(ground), limit)).toBeNull();
      expect(codeOf(lift(ground), { ...limit, debtorListed: true })).toBe("limit-follows-listing");
      expect(codeOf(lift(ground), { ...officer, debtorListed: true })).toBeNull();
    },
  );

  test.each(["role_ended", "private"] as const)("%s is open to those limited for a unit only", (ground) => {
    expect(codeOf(lift(ground), officer)).toBeNull();
    expect(codeOf(lift(ground), limit)).toBe("only-officers");
  });

  test("each list has its own ways off", () => {
    expect(codeOf(lift("performed"))).toBe("other-list");
    for (const exit of [deletion({ code: "R1" }), { operation: "early" }, { operation: "expire" }] as const)
      expect(codeOf(exit, limit)).toBe("other-list");
  });

  test("a refusal to a debtor of private consumption cites the limit rule", () => {
    expect(findExitFault(lift("private"), listingFacts(limit), TODAY)?.article).toBe(limitRule());
  });
});

describe("what follows", () => {
  test.each([
    ["R1", "must_lift"],
    ["R2", "must_lift"],
    ["R3", "stays"],
    ["R5", "stays"],
    ["R6", "must_lift"],
    ["R7", "must_lift"],
  ] as const)("%s: the limit %s", (code, limit) => {
    expect(consequenceOf(deletion({ code }), TODAY).limit).toBe(limit);
  });

  test("R4 leaves the limit, and so do a revocation, an expiry and an early end", () => {
    expect(consequenceOf(deletion({ code: "R4", searches: 2, hasLead: false }), TODAY).limit).toBe("stays");
    for (const operation of ["revoke", "expire", "early"] as const)
      expect(consequenceOf({ operation }, TODAY)).toEqual({ limit: "stays", creditorBarredUntil: null });
  });

  test("R3 alone starts the six months of the creditor's bar", () => {
    expect(consequenceOf(deletion({ code: "R3" }), "2026-08-31").creditorBarredUntil).toBe("2027-02-28");
    expect(consequenceOf(deletion({ code: "R1" }), "2026-08-31").creditorBarredUntil).toBeNull();
  });
});

test("relief takes a judge; an early end and R3 the president; a term ends by itself", () => {
  expect(authorityFor({ operation: "early" })).toBe("president");
  expect(authorityFor(deletion({ code: "R3" }))).toBe("president");
  expect(authorityFor({ operation: "expire" })).toBe("judge_or_system");
  for (const exit of [{ operation: "revoke" } as const, deletion({ code: "R1" }), lift("consent")])
    expect(authorityFor(exit)).toBe("judge");
});

// The ways off the two lists: which are open, which are refused by which article, and what follows from each.
import { describe, expect, test } from "vitest";
import { enforcementOpinion, limitRule, listRule } from "../../src/courts/index.ts";
import {
  articleOf,
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

  test("limit rule art. 9: full performance lifts the limit, also of who stays listed for a term", () => {
    expect(codeOf(lift("performed"), limit)).toBeNull();
    expect(codeOf(lift("performed"), { ...limit, debtorListed: true })).toBeNull();
  });

  test.each(["security", "consent"] as const)(
    "limit rule art. 9: %s may lift it, but not while the debtor is listed",
    (ground) => {
      expect(codeOf(lift(ground), limit)).toBeNull();
      expect(codeOf(lift(ground), { ...limit, debtorListed: true })).toBe("limit-follows-listing");
      expect(codeOf(lift(ground), { ...officer, debtorListed: true })).toBeNull();
    },
  );

  test("opinion art. 17: an office that has ended lifts the limit of who held it, never the unit's own", () => {
    expect(codeOf(lift("role_ended"), officer)).toBeNull();
    expect(codeOf(lift("role_ended"), limit)).toBe("only-officers");
  });

  test("private consumption is open to those limited for a unit only", () => {
    expect(codeOf(lift("private"), officer)).toBeNull();
    expect(codeOf(lift("private"), limit)).toBe("only-officers");
  });

  test("opinion art. 18: a limit that should never have been is revoked, whoever is limited", () => {
    for (const limited of [limit, officer]) expect(codeOf({ operation: "revoke" }, limited)).toBeNull();
    expect(articleOf({ operation: "revoke" }, "consumption_limit")).toBe(enforcementOpinion("第十八条"));
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

test.each<[string, Exit, string]>([
  ["art. 9 para. 1", { operation: "revoke" }, listRule("第九条第一款")],
  ...deletions.map((ground): [string, Exit, string] => ["art. 10 para. 1", deletion(ground), listRule("第十条第一款")]),
  ["art. 10 para. 2", { operation: "expire" }, listRule("第十条第二款")],
  ["art. 2 para. 2", { operation: "early" }, listRule("第二条第二款")],
  ["limit rule art. 9", lift("performed"), limitRule("第九条")],
  ["limit rule art. 9", lift("security"), limitRule("第九条")],
  ["limit rule art. 9", lift("consent"), limitRule("第九条")],
  ["opinion art. 17", lift("role_ended"), enforcementOpinion("第十七条")],
  ["the limit rule", lift("private"), limitRule()],
])("%s is what this way off rests on: %j", (_, exit, article) => {
  expect(articleOf(exit, exit.operation === "lift" ? "consumption_limit" : "dishonest")).toBe(article);
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

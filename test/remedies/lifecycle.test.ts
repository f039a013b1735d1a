// An objection's transition table, rule by rule with its article, and walked at random.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listRule, type Staff, workingRule } from "../../src/courts/index.ts";
import {
  findCorrectionFault,
  isRunning,
  type ObjectionAct,
  type ObjectionFacts,
  objectionStates,
  objectionStep,
  objectionTransitions,
  type ObjectionState,
} from "../../src/remedies/lifecycle.ts";

const staff = (role: Staff["role"], id = "acc_reviewer"): Staff => ({ id, role, delegation: null });
const facts = (over: Partial<ObjectionFacts> = {}): ObjectionFacts => ({
  kind: "correction",
  state: "under_review",
  deciders: ["acc_decider"],
  servedOn: "2026-09-24",
  filingDueOn: "2026-10-08",
  ...over,
});
const on = "2026-09-25";
const refusalOf = (outcome: ReturnType<typeof objectionStep>) => ("refused" in outcome ? outcome.refused : null);

describe("the transition table", () => {
  test.each<[ObjectionAct, ObjectionState[], ObjectionState | null, string, string, string]>([
    ["verify", ["unverified"], "under_review", "clerk", "enforcing", listRule("第十二条第一款")],
    ["close", ["unverified"], "closed", "judge", "enforcing", workingRule],
    ["uphold", ["under_review"], "upheld", "judge", "enforcing", listRule("第十二条第一款")],
    ["reject", ["under_review"], "rejected", "judge", "enforcing", listRule("第十二条第一款")],
    ["record_service", ["rejected"], null, "clerk", "enforcing", listRule("第十二条第一款")],
    [
      "apply_for_reconsideration",
      ["rejected"],
      "under_reconsideration",
      "clerk",
      "next_higher",
      listRule("第十二条第二款"),
    ],
    ["uphold_reconsideration", ["under_reconsideration"], "upheld", "judge", "next_higher", listRule("第十二条第二款")],
    [
      "reject_reconsideration",
      ["under_reconsideration"],
      "finally_rejected",
      "judge",
      "next_higher",
      listRule("第十二条第二款"),
    ],
    ["correct", ["upheld"], "corrected", "judge", "enforcing", listRule("第十二条第一款")],
    [
      "withdraw",
      ["under_review", "under_reconsideration"],
      "withdrawn",
      "clerk",
      "enforcing",
      listRule("第十二条第一款"),
    ],
  ])("%s", (act, from, to, authority, court, article) => {
    expect(objectionTransitions[act]).toEqual({ from, to, authority, court, article });
  });

  test("lets each act happen from its own states and from no other", () => {
    for (const [act, rule] of Object.entries(objectionTransitions))
      for (const state of objectionStates) {
        const outcome = objectionStep(facts({ state }), act as ObjectionAct, staff("president"), { on });
        const isOpen = (rule.from as readonly ObjectionState[]).includes(state);
        expect(refusalOf(outcome)?.code, `${act} from ${state}`).toBe(isOpen ? undefined : "wrong-state");
      }
  });
});

describe("who may", () => {
  test("a clerk takes in and records, and decides nothing", () => {
    const by = (act: ObjectionAct, state: ObjectionState) =>
      refusalOf(objectionStep(facts({ state }), act, staff("clerk"), { on }))?.code;
    expect(by("verify", "unverified")).toBeUndefined();
    expect(by("record_service", "rejected")).toBeUndefined();
    expect([by("uphold", "under_review"), by("reject", "under_review"), by("correct", "upheld")]).toEqual([
      "role",
      "role",
      "role",
    ]);
    expect(refusalOf(objectionStep(facts(), "uphold", staff("auditor"), { on }))?.article).toBe(
      listRule("第十二条第一款"),
    );
  });

  test("art. 13: whoever drew up or decided the listing does not review it, nor reconsider", () => {
    const decider = staff("president", "acc_decider");
    for (const act of ["uphold", "reject"] as const)
      expect(refusalOf(objectionStep(facts(), act, decider, { on }))).toMatchObject({ code: "same-person" });
    const above = facts({ state: "under_reconsideration" });
    for (const act of ["uphold_reconsideration", "reject_reconsideration"] as const)
      expect(refusalOf(objectionStep(above, act, decider, { on }))).toMatchObject({ code: "same-person" });
    expect(objectionStep(facts({ state: "upheld" }), "correct", decider, { on })).toEqual({ next: "corrected" });
  });
});

describe("art. 12 para. 2: reconsideration", () => {
  const apply = (filedOn: string, over: Partial<ObjectionFacts> = {}) =>
    refusalOf(
      objectionStep(facts({ state: "rejected", ...over }), "apply_for_reconsideration", staff("clerk"), {
        on: "2026-10-20",
        filedOn,
      }),
    )?.code;

  test("is open through the last day, by the day of posting, and not after it", () => {
    expect([apply("2026-09-24"), apply("2026-10-08"), apply("2026-10-09")]).toEqual([
      undefined,
      undefined,
      "filed-late",
    ]);
  });

  test("needs the rejection's service, and not before it", () => {
    expect([apply("2026-09-25", { servedOn: null }), apply("2026-09-23")]).toEqual([
      "rejection-not-served",
      "rejection-not-served",
    ]);
  });

  test("is not late while no notice tells the last day", () => {
    expect(apply("2026-12-31", { filingDueOn: null })).toBeUndefined();
  });

  test("does not follow a notice of performance", () => {
    expect(apply("2026-09-25", { kind: "performance_notice" })).toBe("no-reconsideration");
  });
});

test("art. 12 para. 1: what is upheld is corrected as its ground says, on each list", () => {
  const open = (list: "dishonest" | "consumption_limit") =>
    (["not_listable", "inaccurate", "deletable"] as const).map((ground) =>
      (["revoke", "rectify", "delete", "early", "lift"] as const).filter(
        (operation) => findCorrectionFault(ground, list, operation) === null,
      ),
    );
  expect(open("dishonest")).toEqual([["revoke"], ["rectify"], ["delete", "early"]]);
  expect(open("consumption_limit")).toEqual([["revoke"], ["rectify"], ["lift"]]);
});

test("no walk leaves an end, decides without a review, or runs without showing it", () => {
  const acts = Object.keys(objectionTransitions) as ObjectionAct[];
  const ends: ObjectionState[] = ["corrected", "finally_rejected", "withdrawn", "closed"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 12 }), (walk) => {
      const seen: ObjectionState[] = ["unverified"];
      for (const act of walk) {
        const state = seen.at(-1) ?? "unverified";
        const step = objectionStep(facts({ state }), act, staff("president"), { on });
        if ("next" in step && step.next !== state) seen.push(step.next);
      }
      expect(seen.slice(0, -1).filter((state) => ends.includes(state))).toEqual([]);
      const before = (state: ObjectionState) => (seen.includes(state) ? seen[seen.indexOf(state) - 1] : null);
      expect(["rejected", null]).toContain(before("under_reconsideration"));
      expect(["upheld", null]).toContain(before("corrected"));
      expect(["unverified", null]).toContain(before("under_review"));
      const state = seen.at(-1) ?? "unverified";
      expect(isRunning({ kind: "correction", state })).toBe(
        ["under_review", "upheld", "under_reconsideration"].includes(state),
      );
    }),
    { numRuns: 2_000 },
  );
});

// What may be done next is what the law allows: every act that is said to be open is taken, and no other.
import { describe, expect, test } from "vitest";
import type { Staff } from "../../src/courts/index.ts";
import { openActs, openExits } from "../../src/registry/openings.ts";
import { listingStates, lists } from "../../src/registry/schema.ts";
import { type Act, type ListingFacts, transition } from "../../src/registry/transition.ts";
import { clerk, fixedTerm, judge, limitDraft, listDraft, listingFacts, on, president, TODAY } from "./case-facts.ts";

const now = on(TODAY);
const nothingDue = { secondLook: false, shield: false, openWindow: false };
const actsFor = (facts: ListingFacts, staff: Staff, given = {}) =>
  openActs(facts, staff, { draft: null, due: nothingDue, now, ...given }).map(({ name, refusal }) =>
    refusal ? `${name}: ${refusal.code}` : name,
  );
const exitsFor = (facts: ListingFacts, staff: Staff) =>
  openExits(facts, staff, now).map(({ operation, ground, refusal }) =>
    [ground ?? operation, ...(refusal ? [refusal.code] : [])].join(": "),
  );

describe("of a draft", () => {
  const draft = listingFacts({ state: "draft", draftedBy: ["clerk"] });

  test("a clerk amends it, and only the president decides", () => {
    expect(actsFor(draft, clerk, { draft: listDraft() })).toEqual(["amend"]);
    expect(actsFor(draft, judge, { draft: listDraft() })).toEqual(["amend", "reject", "transfer"]);
    expect(actsFor(draft, president, { draft: listDraft() })).toEqual(["amend", "decide", "reject", "transfer"]);
  });

  test("a bar is told beside the act that it forbids, art. 13 among them", () => {
    const barred = listDraft({ limited: false });
    expect(actsFor(draft, president, { draft: barred })).toContain("decide: limit-missing");
    const own = listingFacts({ state: "draft", draftedBy: ["president"] });
    expect(actsFor(own, president, { draft: listDraft() })).toContain("decide: same-person");
  });
});

test("what was not served is not published, and says so", () => {
  const decided = listingFacts({ state: "decided", servedOn: null });
  expect(actsFor(decided, judge)).toContain("publish: not-served");
  expect(actsFor(decided, clerk)).toEqual(["record_service", "state_unperformed"]);
});

describe("the ways off", () => {
  test("of the list are those of the list, and R3 and early the president's", () => {
    expect(exitsFor(listingFacts(), judge)).toEqual([
      "revoke",
      "R1",
      "R2",
      "R5",
      "R6",
      "R7",
      "R4",
      "expire: term-running",
    ]);
    expect(exitsFor(listingFacts(), president)).toEqual(expect.arrayContaining(["R3", "early"]));
    expect(exitsFor(listingFacts(), clerk)).toEqual([]);
  });

  test("of a fixed term leave out no deletion, and say why it is none (art. 10 para. 2)", () => {
    expect(exitsFor(listingFacts(fixedTerm), judge)).toContain("R1: term-fixed");
  });

  test("of a limit are liftings; while the debtor is listed the court has no choice", () => {
    const limit = listingFacts({ list: "consumption_limit", debtorListed: true });
    expect(exitsFor(limit, judge)).toEqual([
      "revoke",
      "performed",
      "security: limit-follows-listing",
      "consent: limit-follows-listing",
      "role_ended: only-officers",
      "private: only-officers",
    ]);
  });
});

test("what is due once is open while it is due", () => {
  const ended = listingFacts({ state: "ended", endedBy: "judge" });
  expect(actsFor(ended, president)).toEqual([]);
  const due = { secondLook: true, shield: true, openWindow: false };
  expect(actsFor(ended, president, { due })).toEqual(["second_look", "shield"]);
  expect(actsFor(ended, judge, { due })).toEqual(["second_look: same-person", "shield"]);
});

test("no act is said to be open that the law refuses for the person, the state or the list", () => {
  const asked = lists.flatMap((list) =>
    listingStates.flatMap((state) =>
      [clerk, judge, president].map((staff) => ({ facts: listingFacts({ list, state }), staff })),
    ),
  );
  let open = 0;
  for (const { facts, staff } of asked) {
    const draft = facts.list === "dishonest" ? listDraft() : limitDraft();
    const due = { secondLook: true, shield: true, openWindow: true };
    for (const { name, refusal } of openActs(facts, staff, { draft, due, now })) {
      open++;
      const act = { name, draft, until: "2027-01-15", addsBurden: false, window: LAWFUL_WINDOW } as Act;
      const outcome = transition(facts, act, staff, now);
      expect("refused" in outcome ? outcome.refused.code : null).toBe(refusal?.code ?? null);
    }
  }
  expect(open).toBeGreaterThan(50);
});

const LAWFUL_WINDOW = { measures: ["LIM2015-1"], from: TODAY, until: TODAY };

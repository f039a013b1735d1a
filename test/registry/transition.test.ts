// A listing's life, act by act and article by article.
import { describe, expect, test } from "vitest";
import type { Staff } from "../../src/courts/index.ts";
import { shanghaiDate } from "../../src/platform/time.ts";
import { lists } from "../../src/registry/schema.ts";
import type { Exit } from "../../src/registry/exit.ts";
import { type Act, addsBurden, type ListingFacts, transition } from "../../src/registry/transition.ts";
import {
  clerk,
  fixedTerm,
  judge,
  limitDraft,
  listDraft,
  listingFacts,
  on,
  president,
  system,
  TODAY,
} from "./case-facts.ts";

const take = (listing: ListingFacts, act: Act, staff: Staff, day = TODAY) => {
  const outcome = transition(listing, act, staff, on(day));
  return "refused" in outcome ? outcome.refused.code : outcome.next;
};
const decide: Act = { name: "decide", draft: listDraft() };
const exit = (given: Exit): Act => ({ name: "exit", exit: given });
const paid = exit({ operation: "delete", ground: { code: "R1" } });

describe("deciding (art. 5)", () => {
  const draft = listingFacts({ state: "draft" });

  test("takes the president, or who has the authority in writing that day", () => {
    const delegation = { from: "2026-11-01", until: TODAY };
    expect(take(draft, decide, president)).toBe("decided");
    expect(take(draft, decide, { ...judge, delegation })).toBe("decided");
    expect(take(draft, decide, { ...judge, delegation }, "2026-11-24")).toBe("role");
    expect(take(draft, decide, judge)).toBe("role");
  });

  test("art. 13: takes another person than any who drew the draft up (ASVS 2.3.5)", () => {
    expect(take(listingFacts({ state: "draft", draftedBy: ["president", "clerk"] }), decide, president)).toBe(
      "same-person",
    );
  });

  test("is refused while a bar stands, by the bar's article", () => {
    const barred: Act = { name: "decide", draft: listDraft({ limited: false }) };
    expect(take(draft, barred, president)).toBe("limit-missing");
  });

  test("is the same for the limit, by its own rule", () => {
    const limit = listingFacts({ list: "consumption_limit", state: "draft" });
    const order: Act = { name: "decide", draft: limitDraft() };
    expect(take(limit, order, president)).toBe("decided");
    expect(transition(limit, order, judge, on(TODAY))).toMatchObject({
      refused: { article: "限制消费规定（2015年修正）" },
    });
    expect(() => take(draft, order, president)).toThrow(TypeError);
  });

  test("a draft that is rejected is over without ever having been in force", () => {
    expect(transition(draft, { name: "reject" }, judge, on(TODAY))).toEqual({
      next: "ended",
      consequence: null,
      needsSecondLook: false,
    });
  });
});

describe("grace (opinion art. 15)", () => {
  test.each(lists)("lasts one to three months, on the list %s", (list) => {
    const decided = listingFacts({ list, state: "decided" });
    const until = (day: string): Act => ({ name: "grant_grace", until: day });
    expect(take(decided, until("2026-12-23"), judge)).toBe("grace");
    expect(take(decided, until("2027-02-23"), judge)).toBe("grace");
    expect(take(decided, until("2026-12-22"), judge)).toBe("grace-length");
    expect(take(decided, until("2027-02-24"), judge)).toBe("grace-length");
  });

  test("ends in a lapse where the debtor performs, and the limit must be lifted", () => {
    expect(transition(listingFacts({ state: "grace" }), { name: "lapse" }, judge, on(TODAY))).toEqual({
      next: "lapsed",
      consequence: { limit: "must_lift", creditorBarredUntil: null },
      needsSecondLook: true,
    });
    expect(take(listingFacts({ state: "published" }), { name: "lapse" }, judge)).toBe("wrong-state");
  });
});

describe("publishing (art. 6)", () => {
  const decided = (over: Partial<ListingFacts> = {}) => listingFacts({ state: "decided", ...over });
  const publish: Act = { name: "publish" };

  test("needs recorded service (art. 5)", () => {
    expect(take(decided(), publish, judge)).toBe("published");
    expect(take(decided({ servedOn: null }), publish, judge)).toBe("not-served");
    expect(take(decided({ servedOn: "2026-11-24" }), publish, judge)).toBe("not-served");
  });

  test("needs a statement of non-performance not older than three days", () => {
    expect(take(decided({ unperformedOn: "2026-11-20" }), publish, judge)).toBe("published");
    expect(take(decided({ unperformedOn: "2026-11-19" }), publish, judge)).toBe("statement-missing");
    expect(take(decided({ unperformedOn: null }), publish, judge)).toBe("statement-missing");
  });

  test("waits for the whole of the grace period", () => {
    const inGrace = (graceEndsOn: string | null) => listingFacts({ state: "grace", graceEndsOn });
    expect(take(inGrace(TODAY), publish, judge)).toBe("grace-running");
    expect(take(inGrace(null), publish, judge)).toBe("grace-running");
    expect(take(inGrace("2026-11-22"), publish, judge)).toBe("published");
  });

  test("art. 10 para. 2: is refused after the term", () => {
    expect(take(decided({ ...fixedTerm, answersUntil: "2026-11-22" }), publish, judge)).toBe("term-ended");
  });

  test("is not a clerk's, and not the register's own", () => {
    expect(take(decided(), publish, clerk)).toBe("role");
    expect(take(decided(), publish, system)).toBe("role");
  });
});

describe("leaving", () => {
  test.each(["decided", "published"] as const)("%s: one judge deletes at once, and another looks again", (state) => {
    expect(transition(listingFacts({ state }), paid, judge, on(TODAY))).toEqual({
      next: "ended",
      consequence: { limit: "must_lift", creditorBarredUntil: null },
      needsSecondLook: true,
    });
  });

  test("the register ends what has ended, and nothing else", () => {
    const expired = listingFacts({ ...fixedTerm, answersUntil: "2026-11-22" });
    expect(transition(expired, exit({ operation: "expire" }), system, on(TODAY))).toMatchObject({
      next: "ended",
      needsSecondLook: false,
    });
    expect(take(listingFacts(), paid, system)).toBe("role");
  });

  test("art. 2 para. 2: an early end is the president's", () => {
    expect(take(listingFacts(fixedTerm), exit({ operation: "early" }), judge)).toBe("role");
    expect(take(listingFacts(fixedTerm), exit({ operation: "early" }), president)).toBe("ended");
  });

  test("art. 13: the second look is another's, and restores nothing", () => {
    const ended = listingFacts({ state: "ended", endedBy: "judge" });
    expect(take(ended, { name: "second_look" }, judge)).toBe("same-person");
    expect(take(ended, { name: "second_look" }, president)).toBe("ended");
  });
});

describe("rectifying (art. 9 para. 2)", () => {
  test("takes a judge, and the president where it weighs more on the party", () => {
    expect(take(listingFacts(), { name: "rectify", addsBurden: false }, judge)).toBe("published");
    expect(take(listingFacts(), { name: "rectify", addsBurden: true }, judge)).toBe("role");
    expect(take(listingFacts(), { name: "rectify", addsBurden: true }, president)).toBe("published");
  });

  test("a later end and a further ground are more, an earlier end and a ground less are not", () => {
    const before = { grounds: ["G4"], answersUntil: "2028-11-20" };
    expect(addsBurden(before, { ...before, answersUntil: "2028-11-21" })).toBe(true);
    expect(addsBurden(before, { ...before, answersUntil: null })).toBe(true);
    expect(addsBurden(before, { ...before, grounds: ["G4", "G5"] })).toBe(true);
    expect(addsBurden(before, { grounds: [], answersUntil: "2028-11-19" })).toBe(false);
    expect(addsBurden({ ...before, answersUntil: null }, before)).toBe(false);
  });
});

test("days are those of Shanghai: a statement of Friday is good through Monday's last second there", () => {
  const decided = listingFacts({ state: "decided", unperformedOn: "2026-11-20" });
  const late = new Date("2026-11-23T15:59:59.999Z");
  expect(shanghaiDate(late)).toBe("2026-11-23");
  expect(transition(decided, { name: "publish" }, judge, late)).toMatchObject({ next: "published" });
  expect(transition(decided, { name: "publish" }, judge, new Date("2026-11-23T16:00:00Z"))).toMatchObject({
    refused: { code: "statement-missing" },
  });
});

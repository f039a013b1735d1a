// What forbids a listing or a limit: one test for each article, and every bar at once where there are several.
import { describe, expect, test } from "vitest";
import { type Draft, type EarlierPeriod, findBars } from "../../src/registry/bars.ts";
import { limitDraft, listDraft, TODAY } from "./case-facts.ts";

const codes = (draft: Draft, on = TODAY) => findBars(draft, on).map(({ code }) => code);
const person = (latestBirth: string | null) => ({ party: { kind: "person", latestBirth } as const });

test("nothing stands in the way of a lawful draft of either list", () => {
  expect(findBars(listDraft(), TODAY)).toEqual([]);
  expect(findBars(limitDraft(), TODAY)).toEqual([]);
  expect(findBars(listDraft({ party: { kind: "organisation" } }), TODAY)).toEqual([]);
});

test("every bar is named at once", () => {
  const draft = listDraft({ ...person("2015-01-01"), performed: true, warned: false, limited: false, grounds: [] });
  expect(codes(draft)).toEqual([
    "minor",
    "already-performed",
    "no-ground",
    "term-required",
    "no-warning",
    "limit-missing",
  ]);
});

describe("art. 1", () => {
  test("the officers of a listed organisation are not listed for it", () => {
    expect(codes(listDraft({ capacity: "legal_representative" }))).toEqual(["officer-not-debtor"]);
    expect(codes(listDraft({ capacity: "actual_controller" }))).toEqual(["officer-not-debtor"]);
  });

  test("who has performed is not listed, and not limited", () => {
    expect(codes(listDraft({ performed: true }))).toEqual(["already-performed"]);
    expect(codes(limitDraft({ performed: true }))).toEqual(["already-performed"]);
  });

  test("a decision names a ground of the article, none that is only a wording", () => {
    const term = { kind: "fixed", months: 24, extension: null } as const;
    expect(codes(listDraft({ grounds: [], term }))).toEqual(["no-ground"]);
    expect(codes(listDraft({ grounds: ["G4", "GX"], term }))).toEqual(["no-ground"]);
  });
});

describe("art. 3", () => {
  test.each([
    ["security_given", "第一项"],
    ["property_controlled", "第二项"],
    ["later_in_order", "第三项"],
    ["not_refusing", "第四项"],
  ] as const)("%s forbids G1, by its item", (bar, item) => {
    const { checklist } = listDraft();
    const [found] = findBars(listDraft({ checklist: { ...checklist, [bar]: true } }), TODAY);
    expect(found).toMatchObject({ code: "ground-barred", article: expect.stringContaining(item) as string });
    const [open] = findBars(listDraft({ checklist: { ...checklist, [bar]: null } }), TODAY);
    expect(open).toMatchObject({ code: "checklist-open", article: expect.stringContaining(item) as string });
  });

  test("the bars are about G1 only", () => {
    const checklist = { security_given: true, property_controlled: null, later_in_order: null, not_refusing: null };
    const term = { kind: "fixed", months: 24, extension: null } as const;
    expect(codes(listDraft({ grounds: ["G4"], term, checklist }))).toEqual([]);
  });
});

describe("art. 4", () => {
  test("a minor is refused through the day before the eighteenth birthday, on either list", () => {
    expect(codes(listDraft(person("2008-11-24")))).toEqual(["minor"]);
    expect(codes(limitDraft(person("2008-11-24")))).toEqual(["minor"]);
    expect(codes(listDraft(person("2008-11-23")))).toEqual([]);
  });

  test("the age counts on the day of the decision", () => {
    expect(codes(listDraft(person("2008-11-24")), "2026-11-24")).toEqual([]);
  });

  test("an age that nobody knows is not taken for eighteen", () => {
    expect(codes(listDraft(person(null)))).toEqual(["birth-date-missing"]);
  });
});

describe("art. 5 and the limit rule", () => {
  test("the enforcement notice must have carried the warning", () => {
    expect(codes(listDraft({ warned: false }))).toEqual(["no-warning"]);
  });

  test("limit rule art. 1: whoever is listed is limited", () => {
    expect(codes(listDraft({ limited: false }))).toEqual(["limit-missing"]);
  });

  test("nobody is limited before the time of the enforcement notice has passed", () => {
    expect(codes(limitDraft({ noticeEndsOn: TODAY }))).toEqual(["notice-running"]);
    expect(codes(limitDraft({ noticeEndsOn: "2026-11-22" }))).toEqual([]);
  });

  test("the officers of a unit are limited with the unit, never alone", () => {
    expect(codes(limitDraft({ capacity: "directly_responsible" }))).toEqual(["unit-not-limited"]);
    expect(codes(limitDraft({ capacity: "directly_responsible", unitLimited: true }))).toEqual([]);
  });
});

describe("art. 10, listing again", () => {
  const deleted = (deletion: EarlierPeriod["deletion"], endedOn: string) => ({ earlier: [{ deletion, endedOn }] });

  test("the creditor's application is refused through six months after a deletion by R3", () => {
    const since = { ...deleted("R3", "2026-05-10"), groundAroseOn: "2026-05-11" };
    expect(codes(listDraft({ ...since, receivedOn: "2026-11-10" }))).toEqual(["six-month-bar"]);
    expect(codes(listDraft({ ...since, receivedOn: "2026-11-11" }))).toEqual([]);
  });

  test("the bar meets the creditor's application, not the court's own motion", () => {
    const draft = { ...deleted("R3", "2026-10-10"), groundAroseOn: "2026-10-20" };
    expect(codes(listDraft({ ...draft, initiatedBy: "court" }))).toEqual([]);
    expect(codes(listDraft({ ...draft, initiatedBy: "creditor" }))).toEqual(["six-month-bar"]);
  });

  test("no other deletion bars the creditor", () => {
    for (const ground of ["R1", "R2", "R4", "R5", "R6", "R7"] as const)
      expect(codes(listDraft({ ...deleted(ground, "2026-10-10"), groundAroseOn: "2026-10-20" }))).toEqual([]);
  });

  test("a deleted party is listed again only for a ground that arose since", () => {
    expect(codes(listDraft({ ...deleted("R1", "2026-11-10"), groundAroseOn: "2026-11-09" }))).toEqual([
      "no-new-ground",
    ]);
    expect(codes(listDraft({ ...deleted("R1", "2026-11-10"), groundAroseOn: "2026-11-10" }))).toEqual([]);
    expect(codes(listDraft({ ...deleted(null, "2026-11-10"), groundAroseOn: "2026-11-09" }))).toEqual([]);
  });
});

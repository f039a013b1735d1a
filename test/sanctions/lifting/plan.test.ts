// What follows for a sanction, from the instants at which its listings were grounds.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  findReapplication,
  findReviewCause,
  planLifting,
  type Rest,
  type SanctionFacts,
  standingOf,
} from "../../../src/sanctions/lifting/plan.ts";
import { joinSpans, type ListingChange, spansOf, startOfDay } from "../../../src/sanctions/lifting/span.ts";

const HOUR = 3_600_000_000;
const START = Date.parse("2026-03-02T09:00:00+08:00") * 1000;
const NOW = new Date("2026-03-10T12:00:00+08:00");

/** So many hours after the start. */
const hour = (hours: number) => START + hours * HOUR;

function change(hours: number, over: Partial<ListingChange> = {}): ListingChange {
  return { listingId: "A", at: hour(hours), isPublished: true, nameKeys: ["甲"], answersUntil: null, ...over };
}

const ended = (hours: number) => change(hours, { isPublished: false });

function rest(changes: ListingChange[], over: Partial<Rest> = {}): Rest {
  return { listingId: changes[0]?.listingId ?? "A", names: ["甲"], isRevoked: false, changes, ...over };
}

/** A listing of the same party on which the sanction does not rest. */
const other = (...changes: ListingChange[]): Rest => {
  const named = changes.map((one) => ({ ...one, listingId: "B" }));
  return { listingId: "B", names: null, isRevoked: false, changes: named };
};

function factsOf(rests: Rest[], over: Partial<SanctionFacts> = {}): SanctionFacts {
  return { state: "active", endsOn: null, since: hour(0), rests, obligations: [], ...over };
}

describe("a listing is a ground", () => {
  const names = new Set(["甲"]);

  test("from its publication to its end", () => {
    expect(spansOf([change(0), ended(5)], names)).toEqual([{ listingId: "A", from: hour(0), to: hour(5) }]);
  });

  test("through the last day of its term, whoever ends the row when", () => {
    const until = { answersUntil: "2026-03-04" };
    const midnight = startOfDay("2026-03-05");
    expect(spansOf([change(0, until), ended(200)], names)).toEqual([{ listingId: "A", from: hour(0), to: midnight }]);
    expect(spansOf([change(0, until)], names)).toEqual([{ listingId: "A", from: hour(0), to: midnight }]);
  });

  test("under the name by which the party was found, and no other", () => {
    const renamed = [change(0), change(2, { nameKeys: ["乙"] }), change(4)];
    expect(spansOf(renamed, names)).toMatchObject([
      { from: hour(0), to: hour(2) },
      { from: hour(4), to: Number.POSITIVE_INFINITY },
    ]);
  });

  test("without a gap beside another one, whatever the order", () => {
    const spans = fc.array(
      fc
        .tuple(fc.nat(20), fc.integer({ min: 1, max: 9 }))
        .map(([from, size]) => ({ listingId: "A", from, to: from + size })),
    );
    fc.assert(
      fc.property(spans, fc.nat(30), (given, at) => {
        const covers = ({ from, to }: { from: number; to: number }) => from <= at && at < to;
        const joined = joinSpans(given);
        expect(joined.some(covers)).toBe(given.some(covers));
        for (const [index, ground] of joined.entries())
          expect(ground.from).toBeGreaterThan(joined[index - 1]?.to ?? -1);
      }),
    );
  });
});

describe("a sanction in force", () => {
  test("is supported while a listing of its party is live", () => {
    expect(standingOf(factsOf([rest([change(0)])]), NOW)).toBe("supported");
    expect(planLifting(factsOf([rest([change(0)])]), NOW)).toMatchObject({ arisen: [], adopted: [], isOpen: false });
  });

  test("is owed from the instant at which the last one ends", () => {
    const facts = factsOf([rest([change(0), ended(3)])]);
    expect(planLifting(facts, NOW).arisen).toEqual([{ at: hour(3), listingId: "A", regained: null }]);
    expect(standingOf(facts, NOW)).toBe("open_obligation");
  });

  test("goes on where another one is live at that instant, and rests on it from then on", () => {
    const plan = planLifting(factsOf([rest([change(0), ended(3)]), other(change(1))]), NOW);
    expect(plan).toMatchObject({ arisen: [], isOpen: false });
    expect(plan.adopted).toEqual([{ listingId: "B", from: hour(1), to: Number.POSITIVE_INFINITY }]);
  });

  test("is owed and cancelled where the party was listed again before anybody noted it", () => {
    const plan = planLifting(factsOf([rest([change(0), ended(3)]), other(change(5))]), NOW);
    expect(plan.arisen).toEqual([{ at: hour(3), listingId: "A", regained: { at: hour(5), listingId: "B" } }]);
    expect(plan.isOpen).toBe(false);
  });

  test("is no longer owed when the party is listed again", () => {
    const obligations = [{ id: "o", aroseAt: hour(3), isOpen: true }];
    const facts = factsOf([rest([change(0), ended(3)]), other(change(5))], { obligations });
    expect(planLifting(facts, NOW)).toMatchObject({
      arisen: [],
      cancelled: [{ id: "o", at: hour(5), listingId: "B" }],
      isOpen: false,
    });
    expect(standingOf(facts, NOW)).toBe("supported");
  });

  test("is owed again when the new one ends too", () => {
    const obligations = [{ id: "o", aroseAt: hour(3), isOpen: false }];
    const facts = factsOf([rest([change(0), ended(3)]), other(change(5), ended(8))], { obligations });
    expect(planLifting(facts, NOW).arisen).toMatchObject([{ at: hour(8), listingId: "B" }]);
  });

  test("is not owed for what ended before it was recorded", () => {
    const facts = factsOf([rest([change(-9), ended(-5), change(-2)])]);
    expect(planLifting(facts, NOW)).toMatchObject({ arisen: [], isOpen: false });
  });

  test("is over by its own last day, and owes nothing for what ends later", () => {
    const facts = factsOf([rest([change(0), ended(100)])], { endsOn: "2026-03-04" });
    expect(standingOf(facts, NOW)).toBe("ended_by_date");
    expect(planLifting(facts, NOW)).toMatchObject({ arisen: [], hasEnded: true });
  });

  test("stays owed past its last day, even where the party is listed again after it", () => {
    const facts = factsOf([rest([change(0), ended(3)]), other(change(100))], { endsOn: "2026-03-04" });
    expect(standingOf(facts, NOW)).toBe("open_obligation");
    const obligations = [{ id: "o", aroseAt: hour(3), isOpen: true }];
    expect(planLifting({ ...facts, obligations }, NOW)).toMatchObject({ cancelled: [], arisen: [], isOpen: true });
  });

  test("is judged by what the register has seen, even where the reader's clock is behind", () => {
    const before = new Date("2026-03-01T00:00:00+08:00");
    expect(standingOf(factsOf([rest([change(0), ended(3)])]), before)).toBe("open_obligation");
  });

  test("gets nothing noted twice", () => {
    const changes = fc
      .array(fc.tuple(fc.nat(80), fc.boolean(), fc.boolean()), { maxLength: 12 })
      .map((given) =>
        given
          .toSorted(([one], [next]) => one - next)
          .map(([hours, isPublished, isNamed]) => change(hours, { isPublished, nameKeys: [isNamed ? "甲" : "乙"] })),
      );
    const endsOn = fc.constantFrom(null, "2026-03-03", "2026-03-05");
    fc.assert(
      fc.property(changes, changes, endsOn, (own, others, last) => {
        const facts = factsOf([rest([change(0), ...own]), other(...others)], { endsOn: last });
        const first = planLifting(facts, NOW);
        const obligations = first.arisen.map(({ at, regained }) => ({
          id: String(at),
          aroseAt: at,
          isOpen: regained === null,
        }));
        expect(obligations.filter(({ isOpen }) => isOpen).length).toBeLessThanOrEqual(1);
        const again = planLifting({ ...facts, obligations }, NOW);
        expect(again).toMatchObject({ arisen: [], cancelled: [], isOpen: first.isOpen, hasEnded: first.hasEnded });
      }),
    );
  });
});

describe("what happened once", () => {
  const completed = (rests: Rest[]) => factsOf(rests, { state: "completed" });

  test("is completed, whatever the register says", () => {
    expect(standingOf(completed([rest([change(0), ended(3)])]), NOW)).toBe("completed");
    expect(planLifting(completed([rest([change(0), ended(3)])]), NOW)).toMatchObject({ arisen: [], isOpen: false });
  });

  test("lets the party apply again from the end of its last listing", () => {
    expect(findReapplication(completed([rest([change(0)])]), NOW)).toBeNull();
    expect(findReapplication(completed([rest([change(0), ended(3)])]), NOW)).toMatchObject({
      at: hour(3),
      listingId: "A",
    });
  });

  test("is looked at again when each of its listings was revoked, or is another party's", () => {
    const gone = rest([change(0), ended(3)]);
    const revoked = { ...gone, isRevoked: true };
    const renamed = rest([change(0), change(2, { nameKeys: ["乙"] })]);
    expect(findReviewCause(completed([gone]))).toBeNull();
    expect(findReviewCause(completed([revoked, gone]))).toBeNull();
    expect(findReviewCause(completed([revoked]))).toEqual({ cause: "revoked", by: "A" });
    expect(findReviewCause(completed([renamed]))).toEqual({ cause: "identity_rectified", by: "A" });
  });
});

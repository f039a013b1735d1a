// Facts of an invented case for tests of the law: everything lawful, so that a test names only what matters to it.
import type { Staff } from "../../src/courts/index.ts";
import type { DishonestDraft, LimitDraft } from "../../src/registry/bars.ts";
import type { ListingFacts } from "../../src/registry/transition.ts";

export const clerk: Staff = { id: "clerk", role: "clerk", delegation: null };
export const judge: Staff = { id: "judge", role: "judge", delegation: null };
export const president: Staff = { id: "president", role: "president", delegation: null };
export const system: Staff = { id: "system", role: "system", delegation: null };

export const on = (date: string) => new Date(`${date}T09:00:00+08:00`);
export const TODAY = "2026-11-23";

export function listDraft(over: Partial<DishonestDraft> = {}): DishonestDraft {
  return {
    list: "dishonest",
    capacity: "debtor",
    party: { kind: "person", latestBirth: "1900-01-01" },
    performed: false,
    initiatedBy: "creditor",
    receivedOn: "2026-11-16",
    grounds: ["G1"],
    groundAroseOn: "2026-11-01",
    checklist: { security_given: false, property_controlled: false, later_in_order: false, not_refusing: false },
    term: { kind: "open" },
    warned: true,
    limited: true,
    earlier: [],
    ...over,
  };
}

export function limitDraft(over: Partial<LimitDraft> = {}): LimitDraft {
  return {
    list: "consumption_limit",
    capacity: "debtor",
    party: { kind: "person", latestBirth: "1900-01-01" },
    performed: false,
    noticeEndsOn: "2026-11-01",
    unitLimited: false,
    ...over,
  };
}

/** A published listing for G1. */
export function listingFacts(over: Partial<ListingFacts> = {}): ListingFacts {
  return {
    list: "dishonest",
    capacity: "debtor",
    state: "published",
    grounds: ["G1"],
    termKind: "open",
    answersUntil: null,
    debtorListed: false,
    draftedBy: ["clerk"],
    servedOn: "2026-11-18",
    graceEndsOn: null,
    unperformedOn: "2026-11-22",
    endedBy: null,
    ...over,
  };
}

/** What a listing for G4 with a term of two years differs in. */
export const fixedTerm = { grounds: ["G4"], termKind: "fixed", answersUntil: "2028-11-20" } as const;

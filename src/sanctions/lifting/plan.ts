// What follows for a sanction from what it rests on: whether it is to be lifted, stands on, or has ended by itself. Pure,
// and the same whether the register's follower has come to a change or not.
import { shanghaiDate } from "../../platform/time.ts";
import type { SanctionState } from "../lifecycle.ts";
import { type Ground, joinSpans, type ListingChange, type Micros, type Span, spansOf } from "./span.ts";

/** A listing on which the sanction rests, or could. */
export type Rest = {
  listingId: string;
  /** The names under which it was found; null where the sanction does not rest on it yet. */
  names: readonly string[] | null;
  isRevoked: boolean;
  changes: readonly ListingChange[];
};

export type SanctionFacts = {
  state: SanctionState;
  /** Of a sanction to a day, its last one. */
  endsOn: string | null;
  /** When the register last changed before it was recorded. */
  since: Micros;
  rests: readonly Rest[];
  obligations: readonly Obligation[];
};
export type Obligation = { id: string; aroseAt: Micros; isOpen: boolean };

/** The ground was lost at `at` with the end of `listingId`; `regained` if the party was listed again in time. */
export type Loss = { at: Micros; listingId: string; regained: { at: Micros; listingId: string } | null };
export type Plan = {
  arisen: Loss[];
  cancelled: { id: string; at: Micros; listingId: string }[];
  /** Listings that it rests on from now on, found under the names of the first ones. */
  adopted: Span[];
  names: string[];
  isOpen: boolean;
  hasEnded: boolean;
};

const nothing: Plan = { arisen: [], cancelled: [], adopted: [], names: [], isOpen: false, hasEnded: false };

/** Of a sanction in force; for any other there is nothing to be done. */
export function planLifting(facts: SanctionFacts, now: Date): Plan {
  if (facts.state !== "active") return nothing;
  const { endsOn, since, obligations } = facts;
  const { spans, grounds, horizon } = groundsOf(facts, now);
  const runs = (at: Micros) => endsOn === null || dayOf(at) <= endsOn;
  const losses = grounds.flatMap((ground, index) => lossOf(ground, grounds[index + 1], { since, horizon, runs }));
  const lastKnown = Math.max(Number.NEGATIVE_INFINITY, ...obligations.map(({ aroseAt }) => aroseAt));
  const cancelled = obligations.flatMap(({ id, aroseAt, isOpen }) => {
    const ground = isOpen && grounds.find(({ from, to }) => to > aroseAt && from <= horizon);
    const at = ground ? Math.max(ground.from, aroseAt) : 0;
    return ground && runs(at) ? [{ id, at, listingId: ground.first }] : [];
  });
  const arisen = losses.filter(({ at }) => at > lastKnown);
  const isStillOpen = obligations.some(({ id, isOpen }) => isOpen && !cancelled.some((one) => one.id === id));
  const isOpen = isStillOpen || arisen.some(({ regained }) => regained === null);
  const names = [...namesOf(facts.rests)];
  const known = new Set(facts.rests.filter(({ names }) => names !== null).map(({ listingId }) => listingId));
  const adopted = spans.filter(({ listingId, to }) => !known.has(listingId) && to > since);
  return { arisen, cancelled, adopted, names, isOpen, hasEnded: !isOpen && !runs(now.getTime() * 1000) };
}

export const standings = [
  "completed",
  "supported",
  "open_obligation",
  "lifted",
  "ended_by_date",
  "recorded_in_error",
] as const;
export type Standing = (typeof standings)[number];

/** Exactly one holds of every sanction at every instant. */
export function standingOf(facts: SanctionFacts, now: Date): Standing {
  switch (facts.state) {
    case "active": {
      const { isOpen, hasEnded } = planLifting(facts, now);
      if (isOpen) return "open_obligation";
      return hasEnded ? "ended_by_date" : "supported";
    }
    case "cancelled":
      return "recorded_in_error";
    case "completed":
    case "lifted":
    case "ended_by_date":
      return facts.state;
  }
}

/** When a party that was refused once came to be off the list, and by which listing's end; null while it is on it. */
export function findReapplication(facts: SanctionFacts, now: Date): Loss | null {
  const { grounds, horizon } = groundsOf(facts, now);
  const { since } = facts;
  return grounds.flatMap((ground) => lossOf(ground, undefined, { since, horizon, runs: () => true }))[0] ?? null;
}

/** Why a past refusal was wrong: each of its listings was revoked, or is another party's by its present name. */
export function findReviewCause({
  rests,
}: SanctionFacts): { cause: "revoked" | "identity_rectified"; by: string } | null {
  const names = namesOf(rests);
  const wrong = rests.filter(({ isRevoked, changes }) => isRevoked || !isNamed(changes.at(-1), names));
  const [first] = wrong;
  if (!first || wrong.length < rests.length) return null;
  const revoked = wrong.find(({ isRevoked }) => isRevoked);
  return revoked ? { cause: "revoked", by: revoked.listingId } : { cause: "identity_rectified", by: first.listingId };
}

function isNamed(change: ListingChange | undefined, names: ReadonlySet<string>): boolean {
  return change?.nameKeys.some((key) => names.has(key)) ?? true;
}

function namesOf(rests: readonly Rest[]): Set<string> {
  return new Set(rests.flatMap(({ names }) => names ?? []));
}

/** What has happened, has: a change of the register may be later than the reader's clock. */
function groundsOf({ rests }: SanctionFacts, now: Date): { spans: Span[]; grounds: Ground[]; horizon: Micros } {
  const names = namesOf(rests);
  const spans = rests.flatMap(({ changes }) => spansOf(changes, names));
  const horizon = rests
    .flatMap(({ changes }) => changes)
    .reduce((latest, { at }) => Math.max(latest, at), now.getTime() * 1000);
  return { spans, grounds: joinSpans(spans), horizon };
}

type Bounds = { since: Micros; horizon: Micros; runs: (at: Micros) => boolean };

/** The end of a ground, while the sanction ran: what comes after its last day is no loss, and regains nothing. */
function lossOf({ to: at, last }: Ground, next: Ground | undefined, { since, horizon, runs }: Bounds): Loss[] {
  if (at <= since || at > horizon || !runs(at)) return [];
  const isRegained = next && next.from <= horizon && runs(next.from);
  return [{ at, listingId: last, regained: isRegained ? { at: next.from, listingId: next.first } : null }];
}

function dayOf(at: Micros): string {
  return shanghaiDate(new Date(Math.floor(at / 1000)));
}

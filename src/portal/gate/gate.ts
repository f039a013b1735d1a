// How often one address may search: freely at first, then for a little work or a wait each time, then not for a while. In
// the memory of a process, and bounded there.
import type { KeyObject } from "node:crypto";
import { createRateLimit, type RatePolicy } from "../../platform/rate-limit.ts";
import { type Challenge, createChallenges } from "./challenge.ts";

/** A court's hall or a mobile network is one address: what it may is a crowd's. */
const addressPolicies: RatePolicy[] = [
  { name: "search-minute", units: 120, windowSeconds: 60 },
  { name: "search-day", units: 3_000, windowSeconds: 86_400 },
];
/** What somebody looks up who has a matter in hand. */
export const FREE: RatePolicy = { name: "search-free", units: 20, windowSeconds: 600 };

export type Passage = { open: true } | { open: false; challenge: Challenge };

export type Gate = {
  /** Takes one look; `quota-exceeded` where the address has used up what it may. */
  look: (address: string) => void;
  /** Takes one search. A ticket that was solved or waited for opens it where free ones are used up. */
  pass: (address: string, given: { ticket: string; solution: string }) => Passage;
};

export type GateOptions = { key: KeyObject; nowMs?: () => number };

export function createGate({ key, nowMs = Date.now }: GateOptions): Gate {
  const addresses = createRateLimit(addressPolicies, { now: nowMs });
  const free = createRateLimit([FREE], { now: nowMs });
  const challenges = createChallenges({ key, nowMs });

  return {
    look: (address) => void addresses.take(address),
    pass(address, given) {
      addresses.take(address);
      if (free.has(address)) {
        free.take(address);
        return { open: true };
      }
      const bearer = `search ${address}`;
      const verdict = challenges.judge(bearer, given);
      if (verdict.passed) return { open: true };
      const { ticket } = given;
      const { ticket: issued, ...work } = challenges.issue(bearer);
      // Whoever came too early goes on waiting with the same ticket.
      if (verdict.reason === "early")
        return { open: false, challenge: { ...work, ticket, waitSeconds: verdict.waitSeconds } };
      return { open: false, challenge: { ...work, ticket: issued } };
    },
  };
}

// Limits by unit and window: never more than the policy in any window, nobody counted for another, and memory bounded.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../src/platform/error.ts";
import { createRateLimit, rateLimitFields, type RatePolicy } from "../../src/platform/rate-limit.ts";

const minute: RatePolicy = { name: "minute", units: 3, windowSeconds: 60 };
const day: RatePolicy = { name: "day", units: 5, windowSeconds: 86_400 };

function refusalOf(take: () => unknown): AppError["detail"] | null {
  try {
    take();
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === "quota-exceeded") return error.detail;
    throw error;
  }
}

function limitAt(policies: readonly RatePolicy[], keysMax?: number) {
  let atMs = 0;
  const limit = createRateLimit(policies, { now: () => atMs, ...(keysMax && { keysMax }) });
  return { ...limit, passSeconds: (seconds: number) => void (atMs += seconds * 1000) };
}

test("says what is left of each policy, in the form of the draft", () => {
  const limit = limitAt([minute, day]);
  limit.take("a");
  limit.passSeconds(10.2);
  expect(rateLimitFields(limit.take("a", 2))).toEqual({
    "RateLimit-Policy": '"minute";q=3;w=60, "day";q=5;w=86400',
    RateLimit: '"minute";r=0;t=50, "day";r=2;t=86390',
  });
});

test("refuses beyond a policy, names it, and says when there is more", () => {
  const limit = limitAt([minute, day]);
  limit.take("a", 3);
  limit.passSeconds(20);
  expect(refusalOf(() => limit.take("a"))).toEqual({
    retryAfterSeconds: 40,
    headers: { "RateLimit-Policy": '"minute";q=3;w=60', RateLimit: '"minute";r=0;t=40' },
    members: { "violated-policies": ["minute"] },
  });
  limit.passSeconds(40);
  expect(limit.take("a", 2).map(({ remaining }) => remaining)).toEqual([1, 0]);
  expect(refusalOf(() => limit.take("a"))?.members).toEqual({ "violated-policies": ["day"] });
  expect(refusalOf(() => limit.take("a", 2))?.members).toEqual({ "violated-policies": ["minute", "day"] });
});

test("takes all units or none, so that a refusal costs nothing", () => {
  const limit = limitAt([minute, day]);
  limit.take("a", 2);
  expect(refusalOf(() => limit.take("a", 2))).not.toBe(null);
  expect(limit.take("a").map(({ remaining }) => remaining)).toEqual([0, 2]);
});

test("one key's use is no other's", () => {
  const limit = limitAt([minute]);
  limit.take("a", 3);
  expect(refusalOf(() => limit.take("a"))).not.toBe(null);
  expect(limit.take("b")).toMatchObject([{ remaining: 2 }]);
});

test("keeps so many keys and no more; whoever is pushed out begins anew", () => {
  const limit = limitAt([minute], 2);
  limit.take("a", 3);
  limit.take("b", 3);
  expect(refusalOf(() => limit.take("a"))).not.toBe(null);
  limit.take("c");
  expect(limit.take("b")).toMatchObject([{ remaining: 2 }]);
});

describe("whatever is asked", () => {
  const asked = fc.array(
    fc.record({ key: fc.constantFrom("a", "b"), units: fc.integer({ min: 1, max: 4 }), wait: fc.nat(90) }),
    { maxLength: 60 },
  );

  test("no window gives more than its units, and what is refused would have been more", () => {
    fc.assert(
      fc.property(asked, (requests) => {
        const limit = limitAt([minute, day]);
        const begun = new Map<string, { atS: number; used: number }>();
        let atS = 0;
        for (const { key, units, wait } of requests) {
          limit.passSeconds(wait);
          atS += wait;
          const isRefused = refusalOf(() => limit.take(key, units)) !== null;
          const windows = [minute, day].map((policy) => {
            const known = begun.get(policy.name + key);
            const isOpen = known !== undefined && atS < known.atS + policy.windowSeconds;
            return { policy, window: isOpen ? known : { atS, used: 0 } };
          });
          expect(isRefused).toBe(windows.some(({ policy, window }) => window.used + units > policy.units));
          if (isRefused) continue;
          for (const { policy, window } of windows)
            begun.set(policy.name + key, { atS: window.atS, used: window.used + units });
        }
      }),
    );
  });
});

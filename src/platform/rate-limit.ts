// How often somebody may ask: so many units in a window, counted in the memory of a process and told to callers in the
// fields of draft-ietf-httpapi-ratelimit-headers-10.
import { LRUCache } from "lru-cache";
import { AppError } from "./error.ts";

/** `units` in a window of so many seconds, which begins with the first of them: no two callers' windows end together. */
export type RatePolicy = { name: string; units: number; windowSeconds: number };
/** What is left of a policy, and the seconds until all of it is there again. */
export type RateStanding = { policy: RatePolicy; remaining: number; resetSeconds: number };

export type RateLimit = {
  /** Takes `units` of every policy for `key`, or none of any: `quota-exceeded` says of which there are not enough. */
  take: (key: string, units?: number) => RateStanding[];
  /** Whether `take` would give them; nothing is counted. */
  has: (key: string, units?: number) => boolean;
};

/** The keys that were used last. Whoever is pushed out begins anew: a crowd loosens the limit and locks nobody out. */
const KEYS_MAX = 10_000;

type Window = { used: number; endsMs: number };

/** Of fractions a sum less one of its parts is not always the other: a minute would say that it has 61 seconds left. */
const wholeMs = () => Math.floor(performance.now());

/**
 * A process counts for itself: several allow as many times as much.
 *
 * @example
 * const limit = createRateLimit([{ name: "minute", units: 60, windowSeconds: 60 }]);
 * const standings = limit.take(clientAddress(c.env.incoming, proxies));
 * return c.json(body, 200, rateLimitFields(standings));
 */
export function createRateLimit(
  policies: readonly RatePolicy[],
  { keysMax = KEYS_MAX, now = wholeMs }: { keysMax?: number; now?: () => number } = {},
): RateLimit {
  const counted = policies.map((policy) => ({ policy, windows: new LRUCache<string, Window>({ max: keysMax }) }));
  const windowsOf = (key: string, atMs: number) =>
    counted.map(({ policy, windows }) => {
      const known = windows.get(key);
      const window = known && known.endsMs > atMs ? known : { used: 0, endsMs: atMs + policy.windowSeconds * 1000 };
      return { policy, windows, window };
    });
  return {
    has: (key, units = 1) => windowsOf(key, now()).every(({ policy, window }) => window.used + units <= policy.units),
    take(key, units = 1) {
      const atMs = now();
      const current = windowsOf(key, atMs);
      const standing = ({ policy, window }: { policy: RatePolicy; window: Window }) => ({
        policy,
        remaining: policy.units - window.used,
        resetSeconds: Math.ceil((window.endsMs - atMs) / 1000),
      });
      const exceeded = current.filter(({ policy, window }) => window.used + units > policy.units);
      if (exceeded.length > 0) throw quotaExceeded(exceeded.map(standing));
      for (const { windows, window } of current) {
        window.used += units;
        windows.set(key, window);
      }
      return current.map(standing);
    },
  };
}

/** The two response fields, both lists of RFC 9651. Names of policies are ours and tell nothing of whom they count. */
export function rateLimitFields(standings: readonly RateStanding[]): Record<string, string> {
  const policy = standings.map(
    ({ policy: { name, units, windowSeconds } }) => `"${name}";q=${units};w=${windowSeconds}`,
  );
  const left = standings.map(
    ({ policy, remaining, resetSeconds }) => `"${policy.name}";r=${remaining};t=${resetSeconds}`,
  );
  return { "RateLimit-Policy": policy.join(", "), RateLimit: left.join(", ") };
}

/** 429 with the policies that are used up; the same request may succeed when the last of their windows has ended. */
export function quotaExceeded(standings: readonly RateStanding[]): AppError {
  return new AppError("quota-exceeded", {
    retryAfterSeconds: Math.max(...standings.map(({ resetSeconds }) => resetSeconds)),
    headers: rateLimitFields(standings),
    members: { "violated-policies": standings.map(({ policy }) => policy.name) },
  });
}

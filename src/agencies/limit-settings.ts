// How much may be asked: by an agency in all, and by each of its keys. What is configured holds where an agency has no
// limit of its own.
import { z } from "zod";

/** Whose limits: those of the agency as a whole, and those of each of its keys. */
export const limitScopes = ["agency", "key"] as const;
export type LimitScope = (typeof limitScopes)[number];

export type Limits = {
  /** Identities at once, and in how many seconds so many are there again. */
  burst: number;
  burstSeconds: number;
  /** A batch counts its items, a file its rows. */
  checksPerDay: number;
  /** Different parties, a day. */
  personsPerDay: number;
};
export type LimitsByScope = Record<LimitScope, Limits>;

const COUNT_MAX = 1_000_000_000;
const count = z.int().min(1).max(COUNT_MAX);

/** Limits that are said; what is absent or null is not. */
export type SomeLimits = { [Name in keyof Limits]?: Limits[Name] | null | undefined };

const Given = z
  .strictObject({
    burst: count,
    burstSeconds: z.int().min(1).max(86_400),
    checksPerDay: count,
    personsPerDay: count,
  })
  .partial();

/** As it stands in the environment: what is left out is the default. */
export const LimitSettings = z.strictObject({ agency: Given, key: Given }).partial();
export const limitNames = Object.keys(Given.shape) as (keyof Limits)[];

/** Room for a nightly file of a million beside a day's work; an agency that asks less has less to lose to a stolen key. */
const usual: Limits = { burst: 50_000, burstSeconds: 10, checksPerDay: 3_000_000, personsPerDay: 2_000_000 };
export const defaultLimits: LimitsByScope = { agency: usual, key: usual };

/** The limits that hold where `given` says something else than `standard` for some of them. */
export function limitsWith(
  standard: LimitsByScope,
  given: { [Scope in LimitScope]?: SomeLimits | undefined },
): LimitsByScope {
  const of = (scope: LimitScope): Limits => ({
    burst: given[scope]?.burst ?? standard[scope].burst,
    burstSeconds: given[scope]?.burstSeconds ?? standard[scope].burstSeconds,
    checksPerDay: given[scope]?.checksPerDay ?? standard[scope].checksPerDay,
    personsPerDay: given[scope]?.personsPerDay ?? standard[scope].personsPerDay,
  });
  return { agency: of("agency"), key: of("key") };
}

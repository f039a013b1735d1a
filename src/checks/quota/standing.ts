// What is left, as callers are told: of agency and key whichever has less, for bursts, for checks and for parties a day.
import { rateLimitFields, type RateStanding } from "../../platform/rate-limit.ts";
import type { Level } from "./allowance.ts";
import type { Drawn } from "./drawing.ts";

const DAY_SECONDS = 86_400;
const PERSONS = "persons";

export type Held = {
  /** Units that the process holds. */
  left: number;
  paced: boolean;
  dayEndsInMs: number;
};

export function standingsOf(levels: readonly Level[], { left, paced, dayEndsInMs }: Held): RateStanding[] {
  const resetSeconds = secondsOf(dayEndsInMs);
  const ofDay = levels.map(({ limits, allowance }) => ({
    policy: { name: "perday", units: limits.checksPerDay, windowSeconds: DAY_SECONDS },
    remaining: Math.max(0, limits.checksPerDay - allowance.granted) + left,
    resetSeconds,
  }));
  const ofPersons = levels.map(({ limits, persons }) => ({
    policy: { name: PERSONS, units: limits.personsPerDay, windowSeconds: DAY_SECONDS },
    remaining: Math.max(0, limits.personsPerDay - persons),
    resetSeconds,
  }));
  const ofBurst = levels.map((level) => burstOf(level, left));
  return [...(paced ? [ofBurst] : []), ofDay, ofPersons].flatMap(tightest);
}

function burstOf({ limits: { burst, burstSeconds }, allowance: { tokens } }: Level, left: number): RateStanding {
  const remaining = Math.max(0, Math.floor(Math.min(burst, tokens + left)));
  const policy = { name: "burst", units: burst, windowSeconds: burstSeconds };
  return { policy, remaining, resetSeconds: secondsOf(((burst - remaining) / burst) * burstSeconds * 1000) };
}

/** Both go down by the same units, so whichever has less keeps having less until the next drawing. */
function tightest(standings: readonly RateStanding[]): RateStanding[] {
  return standings.toSorted((one, other) => one.remaining - other.remaining).slice(0, 1);
}

function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

export function isOfPersons({ policy }: RateStanding): boolean {
  return policy.name === PERSONS;
}

/** Those of a refusal: what has too little for `units`, and when it has enough. */
export function refusedStandings(standings: readonly RateStanding[], units: number): RateStanding[] {
  const countable = standings.filter((standing) => !isOfPersons(standing));
  const short = countable.filter(({ remaining }) => remaining < units);
  // Another process hands back within a second what it did not need.
  if (short.length === 0) return countable.slice(0, 1).map((standing) => ({ ...standing, resetSeconds: 1 }));
  return short.map((standing) => {
    const { policy, remaining, resetSeconds } = standing;
    if (policy.windowSeconds === DAY_SECONDS) return { ...standing, resetSeconds };
    const missing = Math.min(units, policy.units) - remaining;
    return { ...standing, resetSeconds: secondsOf((missing / policy.units) * policy.windowSeconds * 1000) };
  });
}

/** What does not change until the next drawing. */
export type ToldStandings = { policies: string; standings: readonly RateStanding[] };

export function told(standings: readonly RateStanding[]): ToldStandings {
  return { policies: rateLimitFields(standings)["RateLimit-Policy"] ?? "", standings };
}

/** The fields of an answer; `left` is what the process has not handed out of what was drawn. 0.5 µs. */
export function fieldsOfHeld(
  { policies, standings }: ToldStandings,
  { left, drawn, dayEndsInMs }: { left: number; drawn: Drawn; dayEndsInMs: number },
): Record<string, string> {
  let text = "";
  for (const { policy, remaining, resetSeconds } of standings) {
    const isPersons = policy.name === PERSONS;
    const rest = isPersons ? personsLeft(drawn) : Math.min(policy.units, remaining + left);
    const reset = policy.windowSeconds === DAY_SECONDS ? secondsOf(dayEndsInMs) : resetSeconds;
    text += `${text === "" ? "" : ", "}"${policy.name}";r=${rest};t=${reset}`;
  }
  return { "RateLimit-Policy": policies, RateLimit: text };
}

function personsLeft({ levels, sketches }: Drawn): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { scope, limits } of levels) least = Math.min(least, limits.personsPerDay - sketches[scope].count());
  return Math.max(0, least);
}

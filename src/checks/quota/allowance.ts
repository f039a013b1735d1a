// How much of a limit can be handed out, as a pure decision: a bucket for bursts, and so many a day.
import type { Limits, LimitScope } from "../../agencies/index.ts";

export type Allowance = {
  /** `YYYY-MM-DD` in Shanghai. */
  day: string;
  granted: number;
  tokens: number;
  filledAtMs: number;
};
/** What an agency, or one of its keys, may draw on. */
export type Level = { scope: LimitScope; limits: Limits; allowance: Allowance; persons: number };

/** `need` is what requests wait for, `ahead` what may come besides; without `paced`, bursts are nobody's business. */
export type Wanted = { need: number; ahead: number; paced: boolean };

/** A process draws ahead so much of what is left, so that little of it lies with another one at the end. */
const PORTION_SHARE = 0.01;
const BURST_SHARE = 0.1;
/** A quarter of a second at full speed: a drawing costs as much as some ten checks. */
const PORTION_MAX = 5_000;

/** The allowance as it is at this moment: another day is a new one, and the bucket has filled since. */
export function refill(
  known: Allowance | null,
  limits: Limits,
  { day, nowMs }: { day: string; nowMs: number },
): Allowance {
  const { burst, burstSeconds } = limits;
  const isToday = known?.day === day;
  // A clock that was set back fills nothing and takes nothing away.
  const passedMs = known ? Math.max(0, nowMs - known.filledAtMs) : 0;
  const filled = known ? known.tokens + (passedMs / 1000) * (burst / burstSeconds) : burst;
  return {
    day,
    granted: isToday ? known.granted : 0,
    tokens: Math.min(burst, filled),
    filledAtMs: Math.max(nowMs, known?.filledAtMs ?? 0),
  };
}

/** How much a process may hold ahead of what is asked. */
export function portionOf(levels: readonly Level[]): number {
  const left = levels.flatMap(({ limits, allowance, persons }) => [
    (limits.checksPerDay - allowance.granted) * PORTION_SHARE,
    (limits.personsPerDay - persons) * PORTION_SHARE,
    limits.burst * BURST_SHARE,
  ]);
  return Math.max(0, Math.floor(Math.min(PORTION_MAX, ...left)));
}

/** The units that are handed out: never more than every level has left. */
export function grantable(levels: readonly Level[], { need, ahead, paced }: Wanted): number {
  const givable = levels.flatMap(({ limits, allowance }) => [
    limits.checksPerDay - allowance.granted,
    // A full bucket gives what one request needs, however large that is, and owes it.
    ...(paced ? [allowance.tokens >= limits.burst ? Math.max(need, allowance.tokens) : allowance.tokens] : []),
  ]);
  return Math.max(0, Math.floor(Math.min(need + ahead, ...givable)));
}

/** The allowance after so many units were handed out, or, below zero, given back. */
export function drawn(allowance: Allowance, units: number, { burst }: Limits, paced: boolean): Allowance {
  return {
    ...allowance,
    granted: Math.max(0, allowance.granted + units),
    tokens: paced ? Math.min(burst, allowance.tokens - units) : allowance.tokens,
  };
}

// What an agency has asked and what it may still ask: today by key, and the last days from the same figures as statistics.
import type { LimitsByScope } from "../agencies/index.ts";
import { readStanding, type Standing, WHOLE_AGENCY } from "../checks/quota/index.ts";
import type { Database } from "../platform/database.ts";
import { addDays } from "../platform/time.ts";
import { inOneSnapshot } from "./reading.ts";
import { readLastClosedDay } from "./stored-queries.ts";
import {
  type KeyCount,
  listKeys,
  listRecordedOutcomes,
  listStoredOutcomes,
  type OutcomeCount,
  type UsedKey,
} from "./usage-queries.ts";

export const USAGE_DAYS = 31;

export type Used = { limit: number; used: number; remaining: number };
export type Usage = { checks: Used; persons: Used; burst: { limit: number; windowSeconds: number; remaining: number } };
export type AgencyUsage = {
  day: string;
  resetsAt: Date;
  agency: Usage;
  keys: { key: UsedKey; usage: Usage }[];
  /** The latest first; today is the first. */
  days: { day: string; listed: number; review: number; clear: number }[];
};

/** In one snapshot: what is used and what is left fit together. */
export async function readUsage(
  db: Database,
  { agencyId, standard }: { agencyId: string; standard: LimitsByScope },
): Promise<AgencyUsage> {
  return inOneSnapshot(db, async (reader) => {
    const standing = await readStanding(reader, agencyId, standard);
    const today = standing.day;
    const first = addDays(today, 1 - USAGE_DAYS);
    const closedThrough = await readLastClosedDay(reader);
    const stored =
      closedThrough === null ? [] : await listStoredOutcomes(reader, agencyId, { from: first, to: closedThrough });
    const from = closedThrough === null || closedThrough < first ? first : addDays(closedThrough, 1);
    const recorded = await listRecordedOutcomes(reader, agencyId, { from, to: today });
    const todays = recorded.filter(({ day }) => day === today);
    const keys = await listKeys(reader, agencyId);
    const checksOf = (counts: readonly KeyCount[]) => counts.reduce((sum, { checks }) => sum + checks, 0);
    return {
      day: today,
      resetsAt: new Date(`${addDays(today, 1)}T00:00:00+08:00`),
      agency: usageOf(standing, WHOLE_AGENCY, checksOf(todays)),
      keys: keys.map((key) => {
        const used = checksOf(todays.filter(({ keyId }) => keyId === key.id));
        return { key, usage: usageOf(standing, key.id, used) };
      }),
      days: Array.from({ length: USAGE_DAYS }, (_, ago) => dayOf(addDays(today, -ago), [...stored, ...recorded])),
    };
  });
}

function usageOf({ limits, levels }: Standing, keyId: string, used: number): Usage {
  const { burst, burstSeconds, checksPerDay, personsPerDay } = limits[keyId === WHOLE_AGENCY ? "agency" : "key"];
  const level = levels.get(keyId);
  const persons = level?.persons ?? 0;
  const tokens = level?.allowance.tokens ?? burst;
  const granted = level?.allowance.granted ?? 0;
  return {
    // What was handed out to processes is not there for others, though it is not asked yet.
    checks: { limit: checksPerDay, used, remaining: Math.max(0, checksPerDay - Math.max(granted, used)) },
    persons: { limit: personsPerDay, used: persons, remaining: Math.max(0, personsPerDay - persons) },
    burst: { limit: burst, windowSeconds: burstSeconds, remaining: Math.max(0, Math.floor(tokens)) },
  };
}

function dayOf(day: string, counts: readonly OutcomeCount[]): AgencyUsage["days"][number] {
  const of = (outcome: OutcomeCount["outcome"]) =>
    counts.reduce((sum, count) => sum + (count.day === day && count.outcome === outcome ? count.checks : 0), 0);
  return { day, listed: of("listed"), review: of("review"), clear: of("clear") };
}

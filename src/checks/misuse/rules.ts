// What counts as unusual, as pure decisions on counts; every threshold is configuration. None of these is a finding of
// fact: an alert asks a person to look.
import { z } from "zod";

export const misuseRules = ["sequential_numbers", "low_hit_rate", "off_hours", "same_person", "canary"] as const;
export type MisuseRule = (typeof misuseRules)[number];

/** What is done about a key besides: nothing, a tenth of its burst, no checks at all. */
export const alertActions = ["alert", "slow", "block"] as const;
export type AlertAction = (typeof alertActions)[number];

const action = z.enum(["off", ...alertActions]).default("alert");
const count = (usual: number) => z.int().min(1).default(usual);
const share = (usual: number) => z.number().min(0).max(1).default(usual);

export const MisuseSettings = z.strictObject({
  /** Of the resident numbers asked last (`number-window.ts`), so many at least, this share lies beside another. */
  sequential_numbers: z.strictObject({ action, numbers: count(100), share: share(0.1) }).prefault({}),
  /** About one adult in 170 is listed: of so many parties a day, fewer than this share were found. */
  low_hit_rate: z.strictObject({ action, persons: count(5_000), share: share(0.001) }).prefault({}),
  /** So many checks in a day from `from` to `until` o'clock, files and these purposes left out. */
  off_hours: z
    .strictObject({
      action,
      checks: count(500),
      from: z.int().min(0).max(23).default(22),
      until: z.int().min(0).max(23).default(6),
      exceptPurposes: z.array(z.string()).default(["travel.ticketing", "travel.hotel_checkin", "exit.border_control"]),
    })
    .prefault({}),
  /** One party asked about by so many operators of the agency in a day. */
  same_person: z.strictObject({ action, operators: count(5) }).prefault({}),
  canary: z.strictObject({ action }).prefault({}),
});
export type MisuseSettings = z.infer<typeof MisuseSettings>;

export const defaultMisuseSettings: MisuseSettings = MisuseSettings.parse({});

/** What a key asked in a day. */
export type DayFacts = {
  checks: number;
  persons: number;
  /** Of the persons, those of whom anything was found. */
  personsFound: number;
  reviews: number;
  offHours: number;
  /** Of the party that most operators asked about: how many. */
  operators: number;
};

/** The rules that a day meets, canaries and sequences apart. */
export function judgeDay(facts: DayFacts, settings: MisuseSettings): MisuseRule[] {
  const { low_hit_rate: low, off_hours: off, same_person: same } = settings;
  const isLow = facts.persons >= low.persons && facts.personsFound < facts.persons * low.share;
  return [
    ...(isLow ? (["low_hit_rate"] as const) : []),
    ...(facts.offHours >= off.checks ? (["off_hours"] as const) : []),
    ...(facts.operators >= same.operators ? (["same_person"] as const) : []),
  ];
}

export function isSequence(
  { numbers, neighbours }: { numbers: number; neighbours: number },
  { sequential_numbers: rule }: MisuseSettings,
): boolean {
  return numbers >= rule.numbers && neighbours >= numbers * rule.share;
}

/** Null where the rule is off. */
export function actionOn(rule: MisuseRule, settings: MisuseSettings): AlertAction | null {
  const { action } = settings[rule];
  return action === "off" ? null : action;
}

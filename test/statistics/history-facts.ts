// What a random history knows of itself, for whoever counts it by hand; and where its randomness comes from.
import { type HolidayNotice, shippedNotices } from "../../src/courts/index.ts";
import { addDays } from "../../src/platform/time.ts";

export type Agency = { id: string; from: string };
export type Check = { agency: string; subject: number; outcome: string; at: Date };
export type Hit = { agency: string; listing: string; grade: string; at: Date };
export type ListedCase = {
  id: string;
  list: string;
  court: string | null;
  exit?: { operation: string; reason: string | null };
};
export type Change = { listing: string; kind: string; at: Date; position: number };
export type Task = { id: string; agency: string; at: Date; dueOn: string | null; reports: Report[] };
export type Report = {
  id: string;
  kind: string;
  at: Date;
  measures: { code: string; effect: string; listing: string }[];
};
export type Objection = {
  id: string;
  kind: string;
  court: string;
  on: string;
  reviewed?: { outcome: "upheld" | "rejected"; at: Date };
  reconsidered?: { outcome: "upheld" | "rejected"; at: Date };
  correctedAt?: Date;
};
/** Something owed by a day: a removal to acknowledge, a sanction to lift, a refusal to look at again. */
export type Owed = {
  kind: string;
  agency: string;
  on: string;
  dueOn: string | null;
  /** Of a removal: when the agency was told. */
  at?: Date;
  ended?: { as: string; on: string; at?: Date };
};
export type Load = { id: string; accepted: number; at: Date; rolledBackAt?: Date };

/** Even numbers from a seed (mulberry32). */
export function randomOf(seed: number) {
  let state = seed;
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(fraction() * count);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[below(list.length)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  };
  return { fraction, below, pick, chance: (share: number) => fraction() < share };
}

/** A notice by which March of `year` has other working days than before. */
export function otherHolidays(year: number): HolidayNotice {
  const shipped = shippedNotices.find((notice) => notice.year === year);
  const holidays = [
    { name: "元旦", from: `${year}-01-01`, to: `${year}-01-03`, workdays: [] },
    { name: "调整", from: `${year}-03-09`, to: `${year}-03-13`, workdays: [] },
    { name: "国庆节", from: `${year}-10-01`, to: `${year}-10-07`, workdays: [] },
  ];
  const issuedOn = shipped ? addDays(shipped.issuedOn, 100) : `${year - 1}-11-04`;
  return { year, title: `${year}年安排（调整）`, issuedOn, holidays };
}

/** Whoever lifts what rests on an ended listing has received the notice of its end. */
export function acknowledgeByLift(
  owed: (Owed & { listing: string })[],
  lift: { agency: string; listing: string; on: string; at: Date },
): void {
  for (const told of owed) {
    const isTold = told.kind === "removals" && told.at !== undefined && told.at <= lift.at;
    if (!isTold || told.agency !== lift.agency || told.listing !== lift.listing) continue;
    const { ended } = told;
    if (!ended || (ended.as === "removalsSuperseded" && ended.at !== undefined && lift.at <= ended.at))
      told.ended = { as: "removalsAcknowledged", on: lift.on, at: lift.at };
  }
}

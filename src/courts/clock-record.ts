// Deadlines as they are kept: started and stopped in the transaction of the act that gives rise to them or meets them.
import type { Reader, Transaction } from "../platform/database.ts";
import { newUuid } from "../platform/id.ts";
import { shanghaiDate } from "../platform/time.ts";
import { readCalendarFor } from "./calendar.ts";
import { clockOf } from "./clock.ts";
import { clockKinds, type ClockName } from "./clock-kinds.ts";
import { type ClockRow, countOverdue, insertClock, insertClocks, setCourt, setStopped } from "./clock-queries.ts";
import { calendarVersion } from "./working-calendar.ts";

export type ClockStart = {
  kind: ClockName;
  /** The public id of what runs out. */
  subject: string;
  /** The public id of the listing with which it goes to another court, where that is not the subject. */
  matter?: string;
  court: string;
  /** When the reason arose or reached the court, not when somebody entered it. */
  startedOn: string;
  /** The last day as the paper names it, for the kinds that have one. */
  statedDay?: string;
};

/** The kinds whose passing is a failure. */
export const duties = (Object.keys(clockKinds) as ClockName[]).filter((kind) => clockKinds[kind].runsFor === "duty");

/** Where one of the kind runs already, the earlier of both reasons counts. */
export async function startClock(tx: Transaction, start: ClockStart): Promise<ClockRow> {
  const { kind, subject, matter = null, court, startedOn, statedDay } = start;
  const calendar = await readCalendarFor(tx);
  const { dueOn } = clockOf(kind, startedOn, calendar, statedDay);
  const version = statedDay === undefined ? calendarVersion(calendar) : null;
  const id = newUuid();
  return insertClock(tx, { id, kind, subject, matter, court, startedOn, dueOn, calendarVersion: version });
}

/** Starts clocks of things that have none yet, however many. */
export async function startClocks(tx: Transaction, starts: readonly Omit<ClockStart, "statedDay">[]): Promise<void> {
  if (starts.length === 0) return;
  const calendar = await readCalendarFor(tx);
  const version = calendarVersion(calendar);
  const rows = starts.map(({ kind, subject, matter = null, court, startedOn }) => {
    const { dueOn } = clockOf(kind, startedOn, calendar);
    return { id: newUuid(), kind, subject, matter, court, startedOn, dueOn, calendarVersion: version };
  });
  await insertClocks(tx, rows);
}

/** Stops what runs of these kinds on one thing or several; the clocks that ran. */
export async function stopClocks(
  tx: Transaction,
  subjects: string | readonly string[],
  kinds: readonly ClockName[],
  at: Date,
): Promise<ClockRow[]> {
  return setStopped(tx, [subjects].flat(), kinds, at);
}

/** Hands what runs on a listing, and on what goes with it, to another court. */
export async function moveClocks(tx: Transaction, subject: string, court: string): Promise<void> {
  await setCourt(tx, subject, court);
}

/** How many duties of each kind are overdue at `now`; a kind without any is zero. */
export async function readOverdue(reader: Reader, now: Date): Promise<Map<ClockName, number>> {
  const counted = await countOverdue(reader, duties, shanghaiDate(now));
  const overdue = new Map<ClockName, number>(duties.map((kind) => [kind, 0]));
  for (const { kind, clocks } of counted) overdue.set(kind, clocks);
  return overdue;
}

// Closing days: what was counted of a day is stored once nothing can be added to it any more.
import { calendarVersion, readCalendarFor } from "../courts/index.ts";
import type { Database, Transaction } from "../platform/database.ts";
import { alignDueDates } from "../sanctions/index.ts";
import { addDays, shanghaiDate } from "../platform/time.ts";
import { figureScopes } from "./figure-scope.ts";
import { figuresOf } from "./figures.ts";
import type { Stretch } from "./month.ts";
import { deadlineSources, figureSources } from "./sources.ts";
import {
  deleteFigures,
  insertClosedDays,
  insertFigures,
  lockClosing,
  readFirstClosedDay,
  readFirstDay,
  readLastClosedDay,
  readLastDayOfOtherCalendar,
  readOldestWork,
} from "./stored-queries.ts";

/** Instants are written by the clocks of several machines. */
const CLOCKS_APART_MS = 15 * 60_000;
/** Days of one transaction: what an installation has missed is made up for in months. */
const DAYS_MAX = 31;

export type Closing = {
  /** Days closed now, and closed days of which deadlines were judged again. */
  closed: number;
  judgedAgain: number;
  /** The last day that is closed; null while there is none. */
  through: string | null;
};

/** Closes every day that is over, oldest first, and judges deadlines again where the working calendar has changed. */
export async function closeDays(db: Database, now: Date): Promise<Closing> {
  const done: Closing = { closed: 0, judgedAgain: 0, through: null };
  while (await db.transaction((tx) => closeStretch(tx, now, done)));
  done.through = await readLastClosedDay(db);
  return done;
}

/** One step; false when nothing is left to do, or another process is doing it. */
async function closeStretch(tx: Transaction, now: Date, done: Closing): Promise<boolean> {
  if (!(await lockClosing(tx))) return false;
  const version = calendarVersion(await readCalendarFor(tx));
  const closing = { calendarVersion: version, now };
  const judgedTo = await readLastDayOfOtherCalendar(tx, version);
  if (judgedTo !== null) {
    const stretch = { from: addDays(judgedTo, 1 - DAYS_MAX), to: judgedTo };
    done.judgedAgain += await judgeAgain(tx, stretch, closing);
    return true;
  }
  const last = await readLastClosedDay(tx);
  const from = last === null ? await readFirstDay(tx) : addDays(last, 1);
  const over = lastDayOver(now, await readOldestWork(tx));
  if (from === null || from > over) return false;
  const stretch = { from, to: earlier(addDays(from, DAYS_MAX - 1), over) };
  await insertFigures(tx, figureSources, stretch);
  await insertClosedDays(tx, stretch, closing);
  done.closed += daysIn(stretch);
  return true;
}

/** Counts what depends on the working calendar anew, of the closed days of a stretch; how many those are. */
async function judgeAgain(
  tx: Transaction,
  { from, to }: Stretch,
  closing: { calendarVersion: string; now: Date },
): Promise<number> {
  await alignDueDates(tx);
  const first = (await readFirstClosedDay(tx)) ?? to;
  const stretch = { from: first > from ? first : from, to };
  const figures = figureScopes.flatMap((scope) => figuresOf(scope, "deadlines"));
  await deleteFigures(tx, figures, stretch);
  await insertFigures(tx, deadlineSources, stretch);
  await insertClosedDays(tx, stretch, closing);
  return daysIn(stretch);
}

/** A transaction that began in a day may still write into it, and so may whoever has yet to follow a change of it. */
function lastDayOver(now: Date, oldestWork: Date | null): string {
  const ms = Math.min(now.getTime(), oldestWork?.getTime() ?? Infinity);
  return addDays(shanghaiDate(new Date(ms - CLOCKS_APART_MS)), -1);
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function daysIn({ from, to }: Stretch): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}

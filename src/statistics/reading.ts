// Figures by month, of closed days as they are stored and of the days since as they are counted now, in one snapshot.
import type { Database, Reader } from "../platform/database.ts";
import { addDays, shanghaiDate } from "../platform/time.ts";
import type { FigureScope } from "./figure-scope.ts";
import { firstDayOf, lastDayOf, monthOf, type Stretch } from "./month.ts";
import type { Count } from "./month-figures.ts";
import { type CountFilter, readOpenCounts, readStoredCounts } from "./reading-queries.ts";
import { figureSources } from "./sources.ts";
import { readFirstDay, readLastClosedDay } from "./stored-queries.ts";

/** The months that are asked for, both counted. */
export type Months = { from: string; to: string };

export type Reading = {
  counts: Count[];
  /** The last day that is closed; null while there is none. */
  closedThrough: string | null;
};

export async function readCounts(
  reader: Reader,
  { scope, bodies = null, from, to }: Months & { scope: FigureScope; bodies?: readonly string[] | null },
  now: Date,
): Promise<Reading> {
  const closedThrough = await readLastClosedDay(reader);
  const filter: CountFilter = { scope, bodies, stretch: { from: firstDayOf(from), to: lastDayOf(to) } };
  const stored = await readStoredCounts(reader, filter);
  const open = await openDays(reader, closedThrough, earlier(filter.stretch.to, shanghaiDate(now)));
  const sources = figureSources.filter((source) => source.scope === scope && !source.monthly);
  const counted = open ? await readOpenCounts(reader, sources, open, filter) : [];
  return { counts: [...stored, ...counted], closedThrough };
}

/** Everything that `read` reads is of one instant: no day is closed in the middle of it. */
export async function inOneSnapshot<T>(db: Database, read: (reader: Reader) => Promise<T>): Promise<T> {
  return db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });
}

/** Whether all days of the month are closed: its figures are those of the whole month. */
export function isClosed(month: string, closedThrough: string | null): boolean {
  return closedThrough !== null && closedThrough >= lastDayOf(month);
}

/** The last day that figures of `month` tell about at `now`. */
export function lastDayTold(month: string, now: Date): string {
  return earlier(lastDayOf(month), shanghaiDate(now));
}

/** The last month that is closed. */
export function lastClosedMonth(closedThrough: string | null): string | null {
  if (closedThrough === null) return null;
  const month = monthOf(closedThrough);
  return isClosed(month, closedThrough) ? month : monthOf(addDays(firstDayOf(month), -1));
}

async function openDays(reader: Reader, closedThrough: string | null, to: string): Promise<Stretch | null> {
  const from = closedThrough === null ? await readFirstDay(reader) : addDays(closedThrough, 1);
  return from !== null && from <= to ? { from, to } : null;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

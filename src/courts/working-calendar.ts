// Which days the courts work and how limits of days are counted: by the notices, never by the weekday alone.
import { hash } from "node:crypto";
import { addDays } from "../platform/time.ts";
import { daysOf, type HolidayNotice, isWeekend } from "./holiday-notice.ts";

export type WorkingCalendar = {
  /** The years whose notice is known. */
  years: ReadonlySet<string>;
  holidays: ReadonlySet<string>;
  /** Saturdays and Sundays that are worked. */
  workdays: ReadonlySet<string>;
};

/** No notice covers the day, so nobody can say yet whether it is worked. */
export class CalendarUnknown extends Error {
  readonly year: string;

  constructor(date: string) {
    const year = date.slice(0, 4);
    super(`the working calendar of ${year} is not known`);
    this.name = "CalendarUnknown";
    this.year = year;
  }
}

/** One notice a year. Of two for one year the one issued later holds, and of the same day the later in this order. */
export function noticesInForce(notices: readonly HolidayNotice[]): HolidayNotice[] {
  const inForce = new Map<number, HolidayNotice>();
  for (const notice of notices) {
    const known = inForce.get(notice.year);
    if (!known || known.issuedOn <= notice.issuedOn) inForce.set(notice.year, notice);
  }
  return [...inForce.values()];
}

export function calendarOf(notices: readonly HolidayNotice[]): WorkingCalendar {
  const inForce = noticesInForce(notices);
  const holidays = inForce.flatMap((notice) => notice.holidays);
  return {
    years: new Set(inForce.map(({ year }) => String(year))),
    holidays: new Set(holidays.flatMap(({ from, to }) => daysOf(from, to))),
    workdays: new Set(holidays.flatMap(({ workdays }) => workdays)),
  };
}

/** Names a calendar by what it says: two with the same days are the same. */
export function calendarVersion({ years, holidays, workdays }: WorkingCalendar): string {
  const said = [years, holidays, workdays].map((days) => [...days].sort().join());
  return hash("sha256", said.join(";"), "hex").slice(0, 16);
}

/** The last day of which the calendar knows anything; operators are warned before it. */
export function knownThrough({ years }: WorkingCalendar): string | null {
  const last = [...years].sort().at(-1);
  return last === undefined ? null : `${last}-12-31`;
}

/** Throws `CalendarUnknown` for a day of a year without a notice. */
export function isWorkingDay(calendar: WorkingCalendar, date: string): boolean {
  if (!calendar.years.has(date.slice(0, 4))) throw new CalendarUnknown(date);
  return calendar.workdays.has(date) || (!calendar.holidays.has(date) && !isWeekend(date));
}

/** The `count`-th working day after `date`: the first day is not counted (民事诉讼法 art. 85). */
export function addWorkingDays(calendar: WorkingCalendar, date: string, count: number): string {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) left--;
  }
  return day;
}

/** The last day of a limit of `count` days. The first day is not counted; the last is never a rest day (art. 85). */
export function addCalendarDays(calendar: WorkingCalendar, date: string, count: number): string {
  return afterRest(calendar, addDays(date, count));
}

/** 民事诉讼法 art. 85: a limit whose last day is a statutory rest day ends on the first day after the rest. */
export function afterRest(calendar: WorkingCalendar, lastDay: string): string {
  let day = lastDay;
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
}

/** The working days after `from` through `to`; negative when `to` comes first, as for a limit that has passed. */
export function workingDaysBetween(calendar: WorkingCalendar, from: string, to: string): number {
  if (to < from) return 0 - workingDaysBetween(calendar, to, from);
  return daysOf(addDays(from, 1), to).filter((day) => isWorkingDay(calendar, day)).length;
}

/** The same from `today` to a last day; null where no notice covers a day between them. */
export function workingDaysLeft(calendar: WorkingCalendar, today: string, lastDay: string): number | null {
  try {
    return workingDaysBetween(calendar, today, lastDay);
  } catch (error) {
    if (error instanceof CalendarUnknown) return null;
    throw error;
  }
}

/** The corresponding day `months` later, or the last day of a month that has none. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

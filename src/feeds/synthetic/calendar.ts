// The days on which invented cases are filed and published, written in every form that the data knows.
import { addDays, addYears, isCalendarDate } from "../../platform/time.ts";

export type CalendarDay = {
  year: number;
  /** Month and day as `MMDD`. */
  monthDay: string;
  /** `2019年03月04日` */
  site: string;
  /** `20190304` */
  feed: string;
  /** Seconds since 1970 of its midnight in Shanghai. */
  stamp: number;
};

/** Indexes into `days` that bound what is drawn. */
export type Calendar = {
  days: readonly CalendarDay[];
  /** The list opens in late 2013. */
  opening: number;
  /** From here on organisations carry the 18-character code. */
  codeReform: number;
  /** Publications from here on are young enough for a fixed term to run, also for two years after `asOf`. */
  young: number;
  /** Publications up to here are past five years and three working days, with days to spare. */
  stale: number;
  last: number;
};

const FIRST_DAY = "2012-01-01";

export function calendarUpTo(asOf: string): Calendar {
  if (!isCalendarDate(asOf) || asOf < "2022-01-01") throw new RangeError("asOf must be a day from 2022-01-01 on.");
  const indexOf = new Map<string, number>();
  const days: CalendarDay[] = [];
  for (let date = FIRST_DAY; date < asOf; date = addDays(date, 1)) {
    const [year = "", month = "", day = ""] = date.split("-");
    indexOf.set(date, days.length);
    days.push({
      year: Number(year),
      monthDay: month + day,
      site: `${year}年${month}月${day}日`,
      feed: year + month + day,
      stamp: Date.parse(`${date}T00:00:00+08:00`) / 1000,
    });
  }
  const index = (date: string) => indexOf.get(date) ?? 0;
  return {
    days,
    opening: index("2013-11-01"),
    codeReform: index("2016-06-01"),
    young: index(addYears(asOf, -3)),
    stale: index(addDays(addYears(asOf, -5), -30)),
    last: days.length - 1,
  };
}

export function dayAt(calendar: Calendar, index: number): CalendarDay {
  const day = calendar.days[index];
  if (!day) throw new RangeError("No such day in the calendar.");
  return day;
}

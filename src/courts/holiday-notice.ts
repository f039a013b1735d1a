// The State Council's yearly notice of holidays and of the week-end days worked instead, as data; those shipped, and a parser.
import { parseAs, z } from "../platform/http.ts";
import type { FieldCode } from "../platform/problem-catalogue.ts";
import { addDays, isCalendarDate } from "../platform/time.ts";
import notice2025 from "./notices/2025.json" with { type: "json" };
import notice2026 from "./notices/2026.json" with { type: "json" };

export type HolidayNotice = z.infer<typeof Notice>;

/** The longest so far is nine days; a longer one is a slip in a date. */
const holidayDaysMax = 12;
/** Both stand in every year's notice: without them it was cut short, and weekdays would pass for working days. */
const holidaysOfEveryYear = ["01-01", "10-01"];

/** What fails here is not looked at further: no loop runs over a day that does not exist, or over centuries. */
const fatal = (code: FieldCode) => ({ abort: true, params: { code } });
const Day = z.string().refine(isCalendarDate, fatal("bad_date"));

const Holiday = z
  .strictObject({
    name: z.string().min(1).max(40),
    from: Day,
    to: Day,
    /** Saturdays and Sundays that are worked instead. */
    workdays: z.array(Day.refine(isWeekend, fatal("not_allowed"))).max(4),
  })
  .refine(({ from, to }) => from <= to && to < addDays(from, holidayDaysMax), {
    path: ["to"],
    ...fatal("out_of_range"),
  });

const Notice = z
  .strictObject({
    year: z.int().min(2000).max(2999),
    title: z.string().min(1).max(200),
    issuedOn: Day,
    holidays: z.array(Holiday).min(1).max(20),
  })
  .superRefine(({ year, holidays }, context) => {
    const fault = (path: (string | number)[], code: FieldCode) =>
      context.addIssue({ code: "custom", path: ["holidays", ...path], params: { code } });
    const taken = new Set<string>();
    for (const [at, { from, to, workdays }] of holidays.entries()) {
      if (!isOfNotice(year, from)) fault([at, "from"], "out_of_range");
      if (!isOfNotice(year, to)) fault([at, "to"], "out_of_range");
      const days = daysOf(from, to);
      if (days.some((day) => taken.has(day))) fault([at], "not_allowed");
      for (const day of days) taken.add(day);
      for (const [place, day] of workdays.entries())
        if (!isOfNotice(year, day)) fault([at, "workdays", place], "out_of_range");
    }
    for (const [at, { workdays }] of holidays.entries())
      for (const [place, day] of workdays.entries()) if (taken.has(day)) fault([at, "workdays", place], "not_allowed");
    if (holidaysOfEveryYear.some((day) => !taken.has(`${year}-${day}`))) fault([], "too_few");
  });

/** A notice in its JSON form; `validation` with the faulty fields otherwise. */
export function parseHolidayNotice(json: unknown): HolidayNotice {
  return parseAs(Notice, json);
}

/** The notices that are known when this version is made; a later one is imported. */
export const shippedNotices: readonly HolidayNotice[] = [notice2025, notice2026].map(parseHolidayNotice);

/** The days from `from` through `to`. */
export function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

export function isWeekend(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** New Year's holiday may begin, and be worked for, in the December before. */
function isOfNotice(year: number, day: string): boolean {
  return day >= `${year - 1}-12-01` && day <= `${year}-12-31`;
}

// Months of Asia/Shanghai as text, `YYYY-MM`: their days, their order, and the stretches of days that figures are counted in.
import { addDays } from "../platform/time.ts";

/** From a day to a day, both counted. */
export type Stretch = { from: string; to: string };

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function firstDayOf(month: string): string {
  return `${month}-01`;
}

export function lastDayOf(month: string): string {
  return addDays(firstDayOf(monthAfter(month)), -1);
}

export function monthAfter(month: string): string {
  return monthOf(addDays(firstDayOf(month), 31));
}

/** Every month from one to another, both counted. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

/** The months that end within the stretch. */
export function monthsEndingIn({ from, to }: Stretch): string[] {
  return monthsBetween(monthOf(from), monthOf(to)).filter((month) => {
    const last = lastDayOf(month);
    return from <= last && last <= to;
  });
}

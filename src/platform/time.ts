// Time as the law counts it: dates and midnights of Asia/Shanghai, which has had no summer time since 1991.
import type { Language } from "./problem-catalogue.ts";

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** RFC 3339 with the Shanghai offset and milliseconds: `2026-11-22T10:00:00.123+08:00`. */
export function shanghaiTime(instant: Date): string {
  return `${new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, -1)}+08:00`;
}

/** As people read it, to the second. */
export function readableTime(instant: Date, language: Language): string {
  const [year, month, day, time] = shanghaiTime(instant).split(/[-T.]/);
  return language === "zh"
    ? `${year}年${month}月${day}日 ${time}（北京时间）`
    : `${year}-${month}-${day} ${time} (UTC+8)`;
}

/** The calendar day in Shanghai, `YYYY-MM-DD`. */
export function shanghaiDate(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The day `days` after `date`; both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The corresponding day `years` later; 29 February falls to 28 February in a common year. */
export function addYears(date: string, years: number): string {
  const year = Number(date.slice(0, 4)) + years;
  const day = `${String(year).padStart(4, "0")}${date.slice(4)}`;
  return date.endsWith("-02-29") && new Date(`${day}T00:00:00Z`).getUTCDate() !== 29 ? `${day.slice(0, 8)}28` : day;
}

/** Whether `date` is a day of the Gregorian calendar in the form `YYYY-MM-DD`. */
export function isCalendarDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** Where the present comes from: tests give another. */
export type Now = () => Date;

export const systemNow: Now = () => new Date();

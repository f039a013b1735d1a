// The calendar in force: the shipped notices and those imported since. A new notice moves every last day that it changes.
import { appendAudit, canonicalJson } from "../audit/index.ts";
import type { Reader, Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { holdCalendar, insertNotice, listNotices, lockCalendar } from "./calendar-queries.ts";
import { recomputeClocks } from "./clock.ts";
import { type ClockGroup, listComputed, moveDue } from "./clock-queries.ts";
import { type HolidayNotice, parseHolidayNotice, shippedNotices } from "./holiday-notice.ts";
import { calendarOf, calendarVersion, noticesInForce, type WorkingCalendar } from "./working-calendar.ts";

export type ImportedNotice = { outcome: "imported" | "unchanged"; year: number; movedClocks: number };

export async function readNotices(reader: Reader): Promise<HolidayNotice[]> {
  return noticesInForce([...shippedNotices, ...(await listNotices(reader))]);
}

export async function readCalendar(reader: Reader): Promise<WorkingCalendar> {
  return calendarOf(await readNotices(reader));
}

/** The calendar for a transaction that writes what it computes: it stands still until the commit. */
export async function readCalendarFor(tx: Transaction): Promise<WorkingCalendar> {
  await holdCalendar(tx);
  return readCalendar(tx);
}

/** Takes a year's notice. One that was issued before the known one of its year is refused; the same again changes nothing. */
export async function importNotice(tx: Transaction, actor: string, json: unknown): Promise<ImportedNotice> {
  const notice = parseHolidayNotice(json);
  const { year, issuedOn } = notice;
  await lockCalendar(tx);
  const known = (await readNotices(tx)).find((other) => other.year === year);
  if (known && canonicalJson(known) === canonicalJson(notice)) return { outcome: "unchanged", year, movedClocks: 0 };
  if (known && issuedOn < known.issuedOn)
    throw new AppError("conflict", { note: `the notice of ${year} that is known was issued later` });
  await insertNotice(tx, notice, actor);
  const movedClocks = await alignClocks(tx);
  const detail = { issuedOn, movedClocks };
  await appendAudit(tx, { actor, action: "calendar.import", subject: `calendar_${year}`, detail });
  return { outcome: "imported", year, movedClocks };
}

/** Gives every clock the last day that today's calendar says: after an import, and when a new version ships a notice. */
export async function alignClocks(tx: Transaction): Promise<number> {
  await lockCalendar(tx);
  const calendar = await readCalendar(tx);
  const moved: ClockGroup[] = recomputeClocks(await listComputed(tx), calendar);
  return moved.length === 0 ? 0 : moveDue(tx, moved, calendarVersion(calendar));
}

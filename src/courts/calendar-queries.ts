// The statements on holiday notices, and the lock between computing with the calendar and correcting it.
import { asc, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { HolidayNotice } from "./holiday-notice.ts";
import { holidayNotice } from "./schema.ts";

/** Any constant that nothing else uses as an advisory lock. */
const CALENDAR_LOCK = 7_305_131;

/** While the transaction lasts no notice is imported: what it computes is recomputed by the next one. */
export async function holdCalendar(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${CALENDAR_LOCK})`);
}

/** Waits for every transaction that computes, and keeps others from computing until the commit. */
export async function lockCalendar(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${CALENDAR_LOCK})`);
}

/** In the order in which they came. */
export async function listNotices(reader: Reader): Promise<HolidayNotice[]> {
  const rows = await reader.select({ notice: holidayNotice.notice }).from(holidayNotice).orderBy(asc(holidayNotice.id));
  return rows.map(({ notice }) => notice);
}

export async function insertNotice(tx: Transaction, notice: HolidayNotice, importedBy: string): Promise<void> {
  await tx.insert(holidayNotice).values({ year: notice.year, notice, importedBy });
}

// The courts' time: holiday notices as they were imported, and every deadline that runs or ran.
import { sql } from "drizzle-orm";
import { bigint, check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "../platform/schema.ts";
import type { ClockName } from "./clock-kinds.ts";
import type { HolidayNotice } from "./holiday-notice.ts";

/** Notices beside those that are shipped. Nothing is replaced: of two for one year the later row holds. */
export const holidayNotice = pgTable("holiday_notice", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  year: integer("year").notNull(),
  notice: jsonb("notice").$type<HolidayNotice>().notNull(),
  importedBy: text("imported_by").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
});

export const clock = pgTable(
  "clock",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<ClockName>().notNull(),
    /** The public id of what runs out: a listing, an objection. */
    subject: text("subject").notNull(),
    /** The court whose duty it is, by its code, or by its name where a legacy case number has none. */
    court: text("court").notNull(),
    startedOn: date("started_on").notNull(),
    /** Null while no notice covers the last day. */
    dueOn: date("due_on"),
    /** The calendar by which the last day was found; null where a paper states it. */
    calendarVersion: text("calendar_version"),
    stoppedAt: instant("stopped_at"),
  },
  (table) => [
    // One clock of a kind runs on one thing, whoever starts it.
    uniqueIndex("clock_running")
      .on(table.subject, table.kind)
      .where(sql`stopped_at is null`),
    // A court's page, by what is due first.
    index("clock_due")
      .on(table.court, table.dueOn, table.id)
      .where(sql`stopped_at is null`),
    index("clock_subject").on(table.subject),
    check("clock_stated", sql`${table.dueOn} is not null or ${table.calendarVersion} is not null`),
  ],
);

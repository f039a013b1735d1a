// Loads: every file that was offered to the register, and what came of it.
import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";

export type LoadCounts = {
  read: number;
  accepted: number;
  unchanged: number;
  new: number;
  changed: number;
  ended: number;
  rejected: number;
  /** Keys that their court ended after the file was cut: they stay ended. */
  superseded: number;
  rejectedByCode: Record<string, number>;
  unknownColumns: Record<string, number>;
};

export const load = pgTable(
  "load",
  {
    id: uuid("id").primaryKey(),
    source: text("source").notNull(),
    mode: text("mode", { enum: ["snapshot", "delta"] }).notNull(),
    state: text("state", { enum: ["receiving", "validating", "activated", "failed"] }).notNull(),
    fileName: text("file_name").notNull(),
    fileSha256: bytea("file_sha256"),
    expectedRows: integer("expected_rows"),
    /** The moment for which the file speaks. */
    asOf: instant("as_of").notNull(),
    counts: jsonb("counts").$type<LoadCounts>(),
    failure: text("failure"),
    actor: text("actor").notNull(),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    index("load_source").on(table.source, table.id),
    check("load_state", sql`${table.state} in ('receiving', 'validating', 'activated', 'failed')`),
  ],
);

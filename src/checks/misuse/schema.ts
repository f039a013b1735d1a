// What the watch over checks has noticed, how far it has read the record, and the numbers that nobody has reason to ask about.
import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../../platform/schema.ts";
import { alertActions, misuseRules } from "./rules.ts";

export const alertStates = ["open", "acknowledged", "closed"] as const;
export type AlertState = (typeof alertStates)[number];

export const misuseAlert = pgTable(
  "misuse_alert",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id").notNull(),
    keyId: text("key_id").notNull(),
    rule: text("rule", { enum: misuseRules }).notNull(),
    /** What was done about the key when it was raised, until it is closed. */
    action: text("action", { enum: alertActions }).notNull(),
    state: text("state", { enum: alertStates }).notNull().default("open"),
    raisedAt: instant("raised_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    /** How often the watch has seen it. */
    sightings: integer("sightings").notNull().default(1),
    /** Counts, by name: nothing in them is about anybody. */
    facts: jsonb("facts").$type<Record<string, number>>().notNull(),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgement: text("acknowledgement"),
    closedBy: text("closed_by"),
    closedAt: instant("closed_at"),
    closingReason: text("closing_reason"),
  },
  (table) => [
    // What goes on is one alert, however often it is seen; and a key's restraints are found here.
    uniqueIndex("misuse_alert_standing")
      .on(table.agencyId, table.keyId, table.rule)
      .where(sql`state <> 'closed'`),
    index("misuse_alert_agency").on(table.agencyId, table.id),
    check(
      "misuse_alert_acknowledged",
      sql`num_nonnulls(${table.acknowledgedBy}, ${table.acknowledgedAt}, ${table.acknowledgement}) in (0, 3)`,
    ),
    check(
      "misuse_alert_closed",
      sql`(state = 'closed') = (num_nonnulls(${table.closedBy}, ${table.closedAt}, ${table.closingReason}) = 3)`,
    ),
  ],
);

/** The one row that says up to when the record was read. */
export const misuseWatch = pgTable(
  "misuse_watch",
  {
    one: boolean("one").primaryKey().default(true),
    canariesUntil: instant("canaries_until").notNull(),
    judgedAt: instant("judged_at").notNull(),
  },
  (table) => [check("misuse_watch_one", sql`${table.one}`)],
);

/** Invented numbers, each under the blind index by which a check of it stands in the record. */
export const canary = pgTable("canary", {
  blindIndex: bytea("blind_index").primaryKey(),
  note: text("note"),
  createdAt: instant("created_at").notNull().defaultNow(),
  createdBy: text("created_by").notNull(),
});

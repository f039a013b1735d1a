// What agencies are told, in one order: ids only, so that whatever is read about them is read with a key and recorded.
import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../platform/schema.ts";

export const event = pgTable(
  "event",
  {
    position: bigint("position", { mode: "number" }).primaryKey(),
    id: uuid("id").notNull(),
    at: instant("at").notNull().defaultNow(),
    agencyId: uuid("agency_id").notNull(),
    type: text("type").notNull(),
    /** Of events with the same one, each agency gets the earlier before the later. */
    orderKey: text("order_key").notNull(),
    /** Public ids and codes. */
    data: jsonb("data").$type<Record<string, string | null>>().notNull(),
  },
  (table) => [
    // An agency reads on from its own place.
    index("event_agency").on(table.agencyId, table.position),
  ],
);

/** The one row that says how many events there were, and up to which of them they are no longer kept. */
export const eventState = pgTable(
  "event_state",
  {
    one: boolean("one").primaryKey().default(true),
    position: bigint("position", { mode: "number" }).notNull(),
    prunedThrough: bigint("pruned_through", { mode: "number" }).notNull().default(0),
  },
  (table) => [check("event_state_one", sql`${table.one}`)],
);

// What processes have drawn on the limits of agencies and keys. How much was asked is told by the record alone; this says
// how much of it is handed out, in portions.
import { bigint, date, doublePrecision, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../../platform/schema.ts";

export const checkAllowance = pgTable(
  "check_allowance",
  {
    agencyId: uuid("agency_id").notNull(),
    /** Empty for the agency as a whole. */
    keyId: text("key_id").notNull(),
    /** The day of `granted` and `persons`: on another one nothing is drawn yet. */
    day: date("day").notNull(),
    granted: bigint("granted", { mode: "number" }).notNull(),
    /** Of the burst: what was left at `filledAt`; below zero after a batch that was larger than the burst. */
    tokens: doublePrecision("tokens").notNull(),
    filledAt: instant("filled_at").notNull(),
    /** A sketch of the parties asked about (`sketch.ts`): how many they are, and of nobody who they are. */
    persons: bytea("persons").notNull(),
  },
  (table) => [primaryKey({ columns: [table.agencyId, table.keyId] })],
);

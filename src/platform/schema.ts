// The key ring's fingerprints: how a database recognises the ring that its numbers were indexed and sealed with.
import { customType, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** PostgreSQL `bytea` as a Buffer. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A point in time as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const keyFingerprint = pgTable(
  "key_fingerprint",
  {
    number: integer("number").notNull(),
    use: text("use").notNull(),
    algorithm: text("algorithm").notNull(),
    fingerprint: bytea("fingerprint").notNull(),
    firstSeenAt: instant("first_seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.use, table.number] })],
);

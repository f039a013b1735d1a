// Agencies, the purposes their agreement allows, and their API keys.
import { sql } from "drizzle-orm";
import { check, date, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";

export const agency = pgTable(
  "agency",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    state: text("state", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    liaison: text("liaison"),
    deputyLiaison: text("deputy_liaison"),
    agreementNumber: text("agreement_number"),
    agreementFrom: date("agreement_from"),
    agreementUntil: date("agreement_until"),
    parentSystem: text("parent_system"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("agency_name").on(table.name),
    check("agency_state", sql`${table.state} in ('active', 'suspended')`),
    check("agency_agreement_dates", sql`${table.agreementUntil} >= ${table.agreementFrom}`),
  ],
);

export const agencyPurpose = pgTable(
  "agency_purpose",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    purpose: text("purpose").notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day, or null while the agreement stands. */
    validUntil: date("valid_until"),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.purpose] }),
    check("agency_purpose_dates", sql`${table.validUntil} >= ${table.validFrom}`),
  ],
);

export const apiKey = pgTable(
  "api_key",
  {
    /** The public part of the key, 10 base62 characters. */
    id: text("id").primaryKey(),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    /** HMAC-SHA-256 of the whole key under the ring's credential key. */
    digest: bytea("digest").notNull(),
    scopes: text("scopes").array().notNull(),
    note: text("note"),
    notBefore: instant("not_before").notNull().defaultNow(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [
    // Equality on the digest is the whole authentication: no compare loop, no timing signal.
    uniqueIndex("api_key_digest").on(table.digest),
    index("api_key_agency").on(table.agencyId),
  ],
);

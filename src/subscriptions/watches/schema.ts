// Parties that agencies watch, and which of the register's listings each watch was last told of.
import { sql } from "drizzle-orm";
import { date, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { agency } from "../../agencies/schema.ts";
import { bytea, instant } from "../../platform/schema.ts";

export const watchEnds = ["withdrawn", "expired", "purpose", "agency", "erased"] as const;

/** With its end a watch loses everything that tells who was watched. */
export const watch = pgTable(
  "watch",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    purpose: text("purpose").notNull(),
    lists: text("lists").array().notNull(),
    caseReference: text("case_reference").notNull(),
    operator: text("operator").notNull(),
    role: text("role").notNull(),
    reference: text("reference"),
    documentKind: text("document_kind").notNull(),
    /** The blind index of the number, as in the record of checks. */
    subjectIndex: bytea("subject_index").notNull(),
    /** Names and number under AES-256-GCM, for the agency's own view. */
    subjectSealed: bytea("subject_sealed").notNull(),
    /** What a listing's names are compared with. */
    nameKeys: text("name_keys").array().notNull(),
    /** The last day. */
    expiresOn: date("expires_on").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    endedAt: instant("ended_at"),
    endedAs: text("ended_as", { enum: watchEnds }),
  },
  (table) => [
    // From a listing's number to whoever watches it; a matter watches a party once.
    uniqueIndex("watch_live")
      .on(table.subjectIndex, table.agencyId, table.purpose, table.caseReference)
      .where(sql`ended_at is null`),
    index("watch_agency").on(table.agencyId, table.id),
    index("watch_expiry")
      .on(table.expiresOn)
      .where(sql`ended_at is null`),
  ],
);

/** That the party of a live watch is listed, as its agency knows or was told. */
export const watchMatch = pgTable(
  "watch_match",
  {
    watchId: uuid("watch_id")
      .notNull()
      .references(() => watch.id),
    listingId: uuid("listing_id").notNull(),
    since: instant("since").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.watchId, table.listingId] }),
    index("watch_match_listing").on(table.listingId),
  ],
);

// What courts found about whose number a document is.
import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "../../platform/schema.ts";

/**
 * What courts found of pairs: whether whoever holds the document that was asked about is the listed party. A finding
 * answers between two positions of the register, so that a look back finds what a check found then.
 */
export const identityFinding = pgTable(
  "identity_finding",
  {
    /** The request that the court answered. */
    id: uuid("id").primaryKey(),
    /** Of the number that was asked, as the record of checks has it. */
    blindIndex: bytea("blind_index").notNull(),
    listingId: uuid("listing_id").notNull(),
    finding: text("finding", { enum: ["same", "different"] }).notNull(),
    court: text("court").notNull(),
    /** Of the same party: the match keys of the names that it was asked under. */
    nameKeys: text("name_keys").array(),
    /** Of the same party: to whom the number was added; null where it was somebody's already. */
    addedTo: uuid("added_to"),
    fromPosition: bigint("from_position", { mode: "number" }).notNull(),
    /** Null while it stands. */
    untilPosition: bigint("until_position", { mode: "number" }),
  },
  (table) => [
    // One finding of a pair stands. A check looks here only for a match that the number and the name leave open.
    uniqueIndex("identity_finding_pair")
      .on(table.blindIndex, table.listingId)
      .where(sql`until_position is null`),
    // A look back asks for those that stood once, too.
    index("identity_finding_asked").on(table.blindIndex),
    check("identity_finding_names", sql`(${table.finding} = 'same') = (${table.nameKeys} is not null)`),
    check("identity_finding_added", sql`${table.finding} = 'same' or ${table.addedTo} is null`),
  ],
);

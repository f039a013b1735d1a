// Idempotency keys of checks: claimed by the statement that records, for a day. The record itself is what a repetition is
// answered from, so nothing about a party stands here, and whatever is erased there is gone for repetitions too.
import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../../platform/schema.ts";

export const checkClaim = pgTable(
  "check_claim",
  {
    /** Keyed, over agency, operation and key. */
    digest: uuid("digest").primaryKey(),
    /** Keyed, over the body. */
    fingerprint: uuid("fingerprint").notNull(),
    agencyId: uuid("agency_id").notNull(),
    /** The check that was recorded for it, or the batch. */
    answerId: uuid("answer_id").notNull(),
    /** In which the items of a batch that could not be asked were answered. */
    language: text("language", { enum: ["zh", "en"] }).notNull(),
    claimedAt: instant("claimed_at").notNull(),
  },
  (table) => [index("check_claim_claimed").on(table.claimedAt)],
);

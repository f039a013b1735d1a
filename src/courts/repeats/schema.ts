// What was answered to writes that came with an Idempotency-Key, for a day, so that a repetition gets the same.
import { sql } from "drizzle-orm";
import { check, index, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../../platform/schema.ts";

export const keptAnswer = pgTable(
  "kept_answer",
  {
    /** Keyed, over who sent it, the operation and the key. */
    digest: uuid("digest").primaryKey(),
    /** Keyed, over everything that was sent. */
    fingerprint: uuid("fingerprint").notNull(),
    /** Whose it is: an agency, an account, or a court's system with the account that it acts for. */
    owner: text("owner").notNull(),
    claimedAt: instant("claimed_at").notNull().defaultNow(),
    /** Who carries it out: another one after the first has been silent for too long. */
    lease: uuid("lease").notNull(),
    /** Null until it is answered. */
    status: smallint("status"),
    /** Fields and body, under a key that follows from the caller's; null once that is erased. */
    answerSealed: bytea("answer_sealed"),
  },
  (table) => [
    index("kept_answer_claimed").on(table.claimedAt),
    index("kept_answer_owner").on(table.owner),
    check("kept_answer_answered", sql`${table.status} is not null or ${table.answerSealed} is null`),
  ],
);

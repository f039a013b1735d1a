// What agencies owe a party whose listing has ended: sanctions to be lifted, and past refusals to be looked at again.
import { sql } from "drizzle-orm";
import { boolean, check, date, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant } from "../../platform/schema.ts";

/** `lifted` and `void` follow the sanction: what was recorded in error need not be lifted. */
export const obligationStates = ["open", "lifted", "cancelled", "closed", "void"] as const;
export const reviewCauses = ["revoked", "identity_rectified"] as const;
export const reviewOutcomes = ["reversed", "reconsidered", "upheld"] as const;

/** A sanction that rests on nothing live any more. No row is ever removed, and none is opened again. */
export const liftObligation = pgTable(
  "lift_obligation",
  {
    id: uuid("id").primaryKey(),
    sanctionId: uuid("sanction_id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    purpose: text("purpose").notNull(),
    /** The last listing that it rested on, and the court whose it is. */
    listingId: uuid("listing_id").notNull(),
    court: text("court"),
    /** When that listing stopped being a ground. */
    aroseAt: instant("arose_at").notNull(),
    /** The day on which the agency was told: its working days are counted from there. */
    notedOn: date("noted_on").notNull(),
    /** Null where the working calendar does not reach that far. */
    dueOn: date("due_on"),
    state: text("state", { enum: obligationStates }).notNull(),
    /** The listing by which the party was listed again. */
    cancelledBy: uuid("cancelled_by"),
    cancelledAt: instant("cancelled_at"),
    closedBy: text("closed_by"),
    closedCourt: text("closed_court"),
    closedAt: instant("closed_at"),
    closeReason: text("close_reason"),
  },
  (table) => [
    // A ground is lost once: whoever notes it again notes nothing.
    uniqueIndex("lift_obligation_loss").on(table.sanctionId, table.aroseAt),
    uniqueIndex("lift_obligation_open")
      .on(table.sanctionId)
      .where(sql`state = 'open'`),
    index("lift_obligation_agency").on(table.agencyId, table.id),
    index("lift_obligation_court").on(table.court, table.id),
    // What is overdue is a small part of what ever was owed.
    index("lift_obligation_due")
      .on(table.dueOn)
      .where(sql`state = 'open'`),
    check("lift_obligation_cancelled", sql`(${table.state} = 'cancelled') = (${table.cancelledBy} is not null)`),
    check("lift_obligation_closed", sql`(${table.state} = 'closed') = (${table.closeReason} is not null)`),
  ],
);

/** A party that was refused once and may apply again: its listing has ended, and its agency was told. */
export const reapplication = pgTable("reapplication", {
  sanctionId: uuid("sanction_id").primaryKey(),
  agencyId: uuid("agency_id").notNull(),
  listingId: uuid("listing_id").notNull(),
  openedAt: instant("opened_at").notNull(),
});

/** A refusal of the past whose every ground was wrong: its listings were revoked, or were another party's. */
export const pastRefusalReview = pgTable(
  "past_refusal_review",
  {
    id: uuid("id").primaryKey(),
    sanctionId: uuid("sanction_id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    purpose: text("purpose").notNull(),
    listingId: uuid("listing_id").notNull(),
    court: text("court"),
    cause: text("cause", { enum: reviewCauses }).notNull(),
    notedOn: date("noted_on").notNull(),
    dueOn: date("due_on"),
    outcome: text("outcome", { enum: reviewOutcomes }),
    reviewedOn: date("reviewed_on"),
    reviewedAt: instant("reviewed_at"),
    operator: text("operator"),
    keyId: text("key_id"),
    document: text("document"),
    note: text("note"),
  },
  (table) => [
    uniqueIndex("past_refusal_review_sanction").on(table.sanctionId),
    index("past_refusal_review_agency").on(table.agencyId, table.id),
    index("past_refusal_review_due")
      .on(table.dueOn)
      .where(sql`outcome is null`),
    check("past_refusal_review_done", sql`(${table.outcome} is null) = (${table.reviewedOn} is null)`),
  ],
);

/** The one row that says through which sanction today's comparison has come: a killed one goes on there. */
export const liftingDay = pgTable(
  "lifting_day",
  {
    one: boolean("one").primaryKey().default(true),
    day: date("day").notNull(),
    /** The last sanction that was compared; null when the day is done. */
    after: uuid("after"),
  },
  (table) => [check("lifting_day_one", sql`${table.one}`)],
);

// Who was told of which change of a listing, where else a listing was made known, and what is to be taken down there.
import { sql } from "drizzle-orm";
import { bigint, date, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { agency } from "../../agencies/schema.ts";
import { listing } from "../../registry/schema.ts";
import { instant } from "../../platform/schema.ts";

export const noticeKinds = ["ended", "changed", "listed"] as const;
/** Why an agency is told that a party is listed: it was told of its end before, or its own past check was clear. */
export const noticeCauses = ["reinstated", "past_clear"] as const;

/** One row an agency and change: written by the follower, in the transaction that remembers how far it got. */
export const notice = pgTable(
  "notice",
  {
    id: uuid("id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    listingId: uuid("listing_id").notNull(),
    /** Of the change; 0 where the term ran out and no act was needed. */
    position: bigint("position", { mode: "number" }).notNull(),
    kind: text("kind", { enum: noticeKinds }).notNull(),
    /** How the court ended it; null where a file did, and for what did not end. */
    operation: text("operation"),
    cause: text("cause", { enum: noticeCauses }),
    /** Of a past check that was clear. */
    checkId: uuid("check_id"),
    toldAt: instant("told_at").notNull().defaultNow(),
    /** The last day for acknowledging; null where nothing is to be acknowledged, or the calendar does not reach so far. */
    dueOn: date("due_on"),
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
    /** The later change of the same listing that the agency was told of instead. */
    supersededBy: bigint("superseded_by", { mode: "number" }),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.id] }),
    // Nobody is told of a change twice, whoever follows and however often.
    uniqueIndex("notice_change").on(table.position, table.listingId, table.agencyId),
    index("notice_listing").on(table.listingId, table.agencyId),
    // Removals that somebody has not acknowledged: few beside what was told.
    index("notice_open")
      .on(table.id)
      .where(sql`kind = 'ended' and acknowledged_at is null and superseded_by is null`),
  ],
);

/** Arts. 7 and 8 of the list rule: where a court makes a listing known, and to whom it reports it. */
export const channels = [
  "newspaper",
  "broadcast",
  "television",
  "website",
  "notice_board",
  "credit_bureau",
  "employer",
  "superior_unit",
  "capital_contributor",
  "competent_department",
  "financial_institution",
  "industry_association",
] as const;

export const publication = pgTable(
  "publication",
  {
    id: uuid("id").primaryKey(),
    listingId: uuid("listing_id")
      .notNull()
      .references(() => listing.id),
    channel: text("channel", { enum: channels }).notNull(),
    /** The paper, the station, the board, the unit. */
    recipient: text("recipient").notNull(),
    /** Where the recipient is an agency of the register: it is told by an event. */
    agencyId: uuid("agency_id").references(() => agency.id),
    publishedOn: date("published_on").notNull(),
    document: text("document"),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: instant("recorded_at").notNull().defaultNow(),
  },
  (table) => [index("publication_listing").on(table.listingId)],
);

/** One a publication; another where the listing was listed again before it was taken down. Its days run on a clock. */
export const takeDownTask = pgTable(
  "take_down_task",
  {
    id: uuid("id").primaryKey(),
    publicationId: uuid("publication_id")
      .notNull()
      .references(() => publication.id),
    openedAt: instant("opened_at").notNull().defaultNow(),
    doneOn: date("done_on"),
    doneBy: text("done_by"),
    doneAt: instant("done_at"),
    cancelledAt: instant("cancelled_at"),
  },
  (table) => [
    uniqueIndex("take_down_task_publication")
      .on(table.publicationId)
      .where(sql`cancelled_at is null`),
  ],
);

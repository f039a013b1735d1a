// Objections with their reconsideration, the codes by which parties show who they are, and the papers that were printed.
import { sql } from "drizzle-orm";
import { check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";
import { lists, servicesOfPapers } from "../registry/schema.ts";
import { objectionGrounds, objectionKinds, objectionStates, type OrderedCorrection } from "./lifecycle.ts";
import { paperKinds } from "./papers/kind.ts";

/** How an application reached the court. */
export const channels = ["window", "post", "portal"] as const;

/** An application for correction, or a party's notice of performance. */
export const objection = pgTable(
  "objection",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: objectionKinds }).notNull(),
    ground: text("ground", { enum: objectionGrounds }).notNull(),
    state: text("state", { enum: objectionStates }).notNull(),
    version: integer("version").notNull().default(1),
    list: text("list", { enum: lists }).notNull(),
    /** Null until the court has found what an unverified application is about. */
    listingId: uuid("listing_id"),
    /** The court that the case number names. */
    courtCode: text("court_code").notNull(),
    caseNumber: text("case_number").notNull(),
    channel: text("channel", { enum: channels }).notNull(),
    applicant: text("applicant", { enum: ["party", "agent"] }).notNull(),
    /** Who applies, for whom, what they say and where they are reached, under AES-256-GCM: they need not be listed. */
    applicationSealed: bytea("application_sealed").notNull(),
    /** When it came in, and when the review's time began: with the party's identity shown. */
    takenInOn: date("taken_in_on").notNull(),
    receivedOn: date("received_on"),
    /** Null where the party applied by itself. */
    takenInBy: text("taken_in_by"),
    reviewedBy: text("reviewed_by"),
    reviewedAt: instant("reviewed_at"),
    reasons: text("reasons"),
    /** What was upheld orders: which way off the list, or a rectification. */
    correction: jsonb("correction").$type<OrderedCorrection>(),
    /** The rejection: number, date and SHA-256 of the paper, and its service. */
    paperNumber: text("paper_number"),
    paperDatedOn: date("paper_dated_on"),
    paperSha256: bytea("paper_sha256"),
    servedOn: date("served_on"),
    servedHow: text("served_how", { enum: servicesOfPapers }),
    correctedBy: text("corrected_by"),
    correctedAt: instant("corrected_at"),
  },
  (table) => [
    // One application of a kind runs on one listing, whoever takes it in.
    uniqueIndex("objection_running")
      .on(table.listingId, table.kind)
      .where(sql`state in ('under_review', 'upheld', 'under_reconsideration')`),
    index("objection_listing").on(table.listingId),
    check("objection_listing", sql`${table.listingId} is not null or ${table.state} in ('unverified', 'closed')`),
    check("objection_received", sql`${table.receivedOn} is not null or ${table.state} in ('unverified', 'closed')`),
  ],
);

/** At the next higher court. What was decided stays in force meanwhile (art. 12 para. 2). */
export const reconsideration = pgTable("reconsideration", {
  objectionId: uuid("objection_id").primaryKey(),
  courtCode: text("court_code").notNull(),
  /** By post, the day of posting. */
  filedOn: date("filed_on").notNull(),
  receivedOn: date("received_on").notNull(),
  takenInBy: text("taken_in_by").notNull(),
  outcome: text("outcome", { enum: ["upheld", "rejected"] }),
  decidedBy: text("decided_by"),
  decidedAt: instant("decided_at"),
  reasons: text("reasons"),
  paperNumber: text("paper_number"),
  paperDatedOn: date("paper_dated_on"),
  paperSha256: bytea("paper_sha256"),
});

/** What a court gives the party on paper: with document and name it opens what is about them, and nothing else. */
export const partyCode = pgTable(
  "party_code",
  {
    /** HMAC-SHA-256 of the code under the ring's credential key. */
    digest: bytea("digest").primaryKey(),
    subjectId: uuid("subject_id").notNull(),
    courtCode: text("court_code").notNull(),
    issuedBy: text("issued_by").notNull(),
    issuedAt: instant("issued_at").notNull().defaultNow(),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    // Of one court a party holds one code; a new one ends the old.
    uniqueIndex("party_code_live")
      .on(table.subjectId, table.courtCode)
      .where(sql`revoked_at is null`),
  ],
);

/** A printed paper: number, date and hash. The paper itself is in the court's file. */
export const paper = pgTable(
  "paper",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind", { enum: paperKinds }).notNull(),
    court: text("court").notNull(),
    number: text("number").notNull(),
    datedOn: date("dated_on").notNull(),
    /** The public id of what it is about: a listing, an objection. */
    subject: text("subject").notNull(),
    sha256: bytea("sha256").notNull(),
    printedBy: text("printed_by").notNull(),
    printedAt: instant("printed_at").notNull().defaultNow(),
  },
  (table) => [
    // A number stands on one text.
    uniqueIndex("paper_number").on(table.court, table.number),
    index("paper_subject").on(table.subject, table.id),
  ],
);

// What agencies report back about their hits, and the sanctions that they impose, each with the listings that it rests on.
import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";
import { lists, servicesOfPapers } from "../registry/schema.ts";
import {
  durations,
  feedbackKinds,
  formerSanctions,
  type IdentityProof,
  noticeExceptions,
  reasons,
  sanctionStates,
} from "./lifecycle.ts";

/** What was reported on a task. A later report replaces the one before it, which stays. */
export const feedback = pgTable(
  "feedback",
  {
    id: uuid("id").primaryKey(),
    taskId: uuid("task_id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    kind: text("kind", { enum: feedbackKinds }).notNull(),
    /** The check whose answer it speaks of. */
    checkId: uuid("check_id").notNull(),
    /** Of `not_sanctioned`. */
    reason: text("reason", { enum: reasons }),
    note: text("note"),
    operator: text("operator").notNull(),
    keyId: text("key_id").notNull(),
    reportedAt: instant("reported_at").notNull(),
    /** Of what was sent: whoever sends it again has sent it once. */
    contentHash: bytea("content_hash").notNull(),
    /** What became of the sanctions of the report before, where it had any. */
    formerSanctions: text("former_sanctions", { enum: formerSanctions }),
    supersededBy: uuid("superseded_by"),
  },
  (table) => [
    // A task is settled by one report; without one it is open.
    uniqueIndex("feedback_current")
      .on(table.taskId)
      .where(sql`superseded_by is null`),
    index("feedback_task_history").on(table.taskId, table.id),
    check("feedback_reason", sql`(${table.kind} = 'not_sanctioned') = (${table.reason} is not null)`),
  ],
);

/** A measure that an agency took against a party, on the answer of a check. It is a decision: no report undoes it. */
export const sanction = pgTable(
  "sanction",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id").notNull(),
    taskId: uuid("task_id").notNull(),
    feedbackId: uuid("feedback_id").notNull(),
    checkId: uuid("check_id").notNull(),
    /** The blind index of the number that was asked. */
    subjectIndex: bytea("subject_index").notNull(),
    purpose: text("purpose").notNull(),
    /** The lists on which it can rest. */
    lists: text("lists", { enum: lists }).array().notNull(),
    /** The measure as it was switched on for the agency. */
    measure: text("measure").notNull(),
    title: text("title").notNull(),
    effect: text("effect").notNull(),
    legalBasis: text("legal_basis").notNull(),
    /** The conditions that the officer confirmed: all that the measure has. */
    conditions: text("conditions").array().notNull(),
    /** Where number and name did not agree: by which proof the officer settled who it is. */
    identityProof: jsonb("identity_proof").$type<IdentityProof>(),
    decisionNumber: text("decision_number").notNull(),
    decisionDatedOn: date("decision_dated_on").notNull(),
    officer: text("officer").notNull(),
    noticeNumber: text("notice_number"),
    noticeServedOn: date("notice_served_on"),
    noticeServedHow: text("notice_served_how", { enum: servicesOfPapers }),
    /** Where and how the notice says that the person is heard. */
    noticeHearing: text("notice_hearing"),
    /** The statute that lets it go without notice. */
    noticeException: text("notice_exception", { enum: noticeExceptions }),
    noticeExceptionArticle: text("notice_exception_article"),
    duration: text("duration", { enum: durations }).notNull(),
    imposedOn: date("imposed_on").notNull(),
    /** Of `until`: its last day. */
    endsOn: date("ends_on"),
    /** `active`: in force, whatever the listings say meanwhile; only the agency, a court or its own last day ends it. */
    state: text("state", { enum: sanctionStates }).notNull(),
    version: integer("version").notNull().default(1),
    recordedAt: instant("recorded_at").notNull(),
    /** The register's position when it was recorded: what changed up to there was known, the rest comes after. */
    registerPosition: bigint("register_position", { mode: "number" }).notNull(),
    liftedOn: date("lifted_on"),
    liftedBy: text("lifted_by"),
    liftedAt: instant("lifted_at"),
    liftDocument: text("lift_document"),
    liftReason: text("lift_reason"),
  },
  (table) => [
    index("sanction_agency").on(table.agencyId, table.id),
    index("sanction_task").on(table.taskId),
    // A re-listing asks what is in force against a party.
    index("sanction_active_subject")
      .on(table.subjectIndex)
      .where(sql`state = 'active'`),
    // In one matter a measure is in force once.
    uniqueIndex("sanction_active_measure")
      .on(table.taskId, table.measure)
      .where(sql`state = 'active'`),
    // Every day what is in force is compared with what it rests on, and those are ended whose last day has passed.
    index("sanction_active")
      .on(table.id)
      .where(sql`state = 'active'`),
    index("sanction_ending")
      .on(table.endsOn)
      .where(sql`state = 'active' and ends_on is not null`),
    // What happens once is over when it has happened; nothing else is.
    check(
      "sanction_once",
      sql`(${table.duration} = 'once') = (${table.state} = 'completed') or ${table.state} = 'cancelled'`,
    ),
    check("sanction_until", sql`(${table.duration} = 'until') = (${table.endsOn} is not null)`),
    check("sanction_lifted", sql`(${table.state} = 'lifted') = (${table.liftedOn} is not null)`),
    check("sanction_notice", sql`(${table.noticeNumber} is null) = (${table.noticeServedOn} is null)`),
    // Nobody is refused anything without being told, but for a statute that says so.
    check(
      "sanction_refusal_told",
      sql`${table.effect} not in ('restrict', 'prohibit', 'terminate_or_remove')
        or ${table.noticeNumber} is not null or ${table.noticeException} is not null`,
    ),
  ],
);

/** The matches that a sanction rests on; one that is listed again meanwhile adds its new listing. */
export const sanctionListing = pgTable(
  "sanction_listing",
  {
    sanctionId: uuid("sanction_id").notNull(),
    listingId: uuid("listing_id").notNull(),
    grade: text("grade", { enum: ["exact", "conflict", "probable"] }).notNull(),
    since: instant("since").notNull(),
    /** The names under which the listing was found: under another one it is no ground any more. */
    nameKeys: text("name_keys").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sanctionId, table.listingId] }),
    // From a listing that ends to what rests on it.
    index("sanction_listing_listing").on(table.listingId),
  ],
);

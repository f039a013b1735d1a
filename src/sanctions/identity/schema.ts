// What agencies ask courts about somebody's identity, who asked, and how the court answered.
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "../../platform/schema.ts";
import { findings, openGrades, proofKinds } from "./rules.ts";

/** Whether whoever holds a document is the party of a listing: one request, however many agencies ask. */
export const identityRequest = pgTable(
  "identity_request",
  {
    id: uuid("id").primaryKey(),
    /** Of the number that was asked, as the record of checks has it. */
    subjectIndex: bytea("subject_index").notNull(),
    listingId: uuid("listing_id").notNull(),
    grade: text("grade", { enum: openGrades }).notNull(),
    documentKind: text("document_kind").notNull(),
    /** Names, number and country of the party that was asked about, under AES-256-GCM: the court has to compare them. */
    partySealed: bytea("party_sealed").notNull(),
    /** The court that was asked, and then the one that answered. */
    court: text("court").notNull(),
    /** It was asked in the place of the court whose listing it is, where nobody has an account. */
    viaLiaison: boolean("via_liaison").notNull(),
    askedOn: date("asked_on").notNull(),
    version: integer("version").notNull().default(1),
    /** Null until the court has answered. */
    finding: text("finding", { enum: findings }),
    reasons: text("reasons"),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
    /** A mistake is taken back, with its reason. */
    revokedBy: text("revoked_by"),
    revokedAt: instant("revoked_at"),
    revocationReason: text("revocation_reason"),
    /** Of the redress code, under the ring's credential key: a dump confirms no paper. */
    redressDigest: bytea("redress_digest"),
  },
  (table) => [
    // Of a pair one request is open.
    uniqueIndex("identity_request_open")
      .on(table.subjectIndex, table.listingId)
      .where(sql`finding is null`),
    index("identity_request_pair").on(table.subjectIndex, table.listingId, table.id),
    index("identity_request_court").on(table.court, table.id),
    index("identity_request_listing").on(table.listingId),
    uniqueIndex("identity_request_redress")
      .on(table.redressDigest)
      .where(sql`redress_digest is not null`),
    check(
      "identity_request_answer",
      sql`num_nulls(${table.finding}, ${table.reasons}, ${table.answeredBy}, ${table.answeredAt}) in (0, 4)`,
    ),
    check(
      "identity_request_revocation",
      sql`num_nulls(${table.revokedBy}, ${table.revokedAt}, ${table.revocationReason}) = 3
        or num_nulls(${table.revokedBy}, ${table.revokedAt}, ${table.revocationReason}) = 0 and ${table.finding} in ('same', 'different')`,
    ),
    check(
      "identity_request_redress_code",
      sql`(${table.finding} is not distinct from 'different') = (${table.redressDigest} is not null)`,
    ),
  ],
);

/** An agency that waits for the answer, with what it holds: which papers, and not their contents. */
export const identityAsker = pgTable(
  "identity_asker",
  {
    requestId: uuid("request_id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    /** The check whose answer left it open. */
    checkId: uuid("check_id").notNull(),
    operator: text("operator").notNull(),
    proofs: text("proofs", { enum: proofKinds }).array().notNull(),
    note: text("note"),
    askedAt: instant("asked_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.agencyId] }),
    // An agency reads its own, newest first.
    index("identity_asker_agency").on(table.agencyId, table.requestId),
  ],
);

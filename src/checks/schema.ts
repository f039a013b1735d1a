// The record of checks: a row for every identity that was asked about, written by the statement that answers it.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";
import type { Action, StoredMatch, StoredMeasure } from "./answer.ts";
import { bulkStates } from "./codes.ts";

/** 32 pages hold some 800 rows, each of another party; one range in a thousand is read in vain. */
const subjectBloom = "bytea_bloom_ops (n_distinct_per_range = 1000, false_positive_rate = 0.001)";

/** Partitioned by month, by ranges of the id (`src/checks/keeping`); drizzle knows it as one table. */
export const checkRecord = pgTable(
  "check_record",
  {
    /** UUIDv7: ascending, so that the key's index grows at one end. */
    id: uuid("id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    keyId: text("key_id").notNull(),
    checkedAt: instant("checked_at").notNull(),
    purpose: text("purpose").notNull(),
    caseReference: text("case_reference").notNull(),
    operator: text("operator").notNull(),
    role: text("role").notNull(),
    /** The lists that the purpose asks. */
    lists: text("lists").array().notNull(),
    outcome: text("outcome", { enum: ["listed", "review", "clear"] }).notNull(),
    /** The matches as they were answered; null for a clear. */
    matches: jsonb("matches").$type<StoredMatch[]>(),
    /** What was to be done; null in a row from before measures. */
    action: text("action").$type<Action>(),
    /** The measures that were offered, as they were answered; null for a clear. */
    measures: jsonb("measures").$type<StoredMeasure[]>(),
    registerPosition: bigint("register_position", { mode: "number" }).notNull(),
    matcherVersion: smallint("matcher_version").notNull(),
    documentKind: text("document_kind").notNull(),
    /** The blind index of the number asked: how a person can be shown who asked about them. */
    subjectIndex: bytea("subject_index").notNull(),
    /** Name, former names and number under AES-256-GCM, for the asking agency's own view. */
    subjectSealed: bytea("subject_sealed").notNull(),
    /** Names of organisations are public and stay readable. */
    organisationName: text("organisation_name"),
    reference: text("reference"),
    onBehalfOf: text("on_behalf_of"),
    batchId: uuid("batch_id"),
    previousCheckId: uuid("previous_check_id"),
    /** Of the entry in the public log; erased, the entry means nothing any more and every proof still holds. */
    salt: bytea("salt"),
    /** The group of entries that the statement wrote, and the row's place in it. */
    logGroup: bigint("log_group", { mode: "number" }),
    logPlace: smallint("log_place"),
    /** When and why the agency acted without an answer; null where it asked first. */
    actedAt: instant("acted_at"),
    actedReason: text("acted_reason"),
  },
  (table) => [
    // The agency comes first: its own history is read by it, and the table can be distributed by it.
    primaryKey({ columns: [table.agencyId, table.id] }),
    // From an entry of the log to its row: groups ascend as rows are added, so a few bytes for each 32 pages will do.
    index("check_record_log_group").using("brin", table.logGroup).with({ pages_per_range: 32, autosummarize: true }),
    // From a party to the checks about it, while the month lasts; then it gets a B-tree beside (`keeping/month-queries.ts`).
    // Asked for once in a while by the party itself, so the check path must not pay:
    // this summary costs 2 µs a row where a B-tree costs 20 and a hash 11, is 1 % of the table, and finds the rows of a
    // number among 300,000 in 0.7 ms, where reading all of them takes 200.
    index("check_record_subject")
      .using("brin", table.subjectIndex.op(subjectBloom))
      .with({ pages_per_range: 32, autosummarize: true }),
    check("check_record_outcome", sql`(${table.outcome} = 'clear') = (${table.matches} is null)`),
  ],
);

/** Who was shown which listing: one row for each match of a check. What is told later, when the listing ends, starts here. */
export const hit = pgTable(
  "hit",
  {
    listingId: uuid("listing_id").notNull(),
    checkId: uuid("check_id").notNull(),
    agencyId: uuid("agency_id").notNull(),
    purpose: text("purpose").notNull(),
    grade: text("grade", { enum: ["exact", "conflict", "probable"] }).notNull(),
    checkedAt: instant("checked_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.listingId, table.checkId] }),
    // Courts read the newest first; ids of checks ascend, so that the index grows at one end.
    index("hit_check").on(table.checkId, table.listingId),
  ],
);

/**
 * What an agency owes an answer to: one for each party, purpose and matter, however often it asks. The statement that
 * answers opens it and counts; what the agency reports back stands beside it (`src/sanctions`).
 */
export const feedbackTask = pgTable(
  "feedback_task",
  {
    /** That of the check which opened it. */
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id").notNull(),
    subjectIndex: bytea("subject_index").notNull(),
    purpose: text("purpose").notNull(),
    caseReference: text("case_reference").notNull(),
    openedAt: instant("opened_at").notNull(),
    /** Null where the working calendar did not reach that far. */
    dueOn: date("due_on"),
    checks: integer("checks").notNull(),
    firstCheckId: uuid("first_check_id").notNull(),
    lastCheckId: uuid("last_check_id").notNull(),
  },
  (table) => [
    uniqueIndex("feedback_task_matter").on(table.agencyId, table.subjectIndex, table.purpose, table.caseReference),
    // An agency reads its own in the order in which they were opened.
    index("feedback_task_agency").on(table.agencyId, table.id),
  ],
);

/** Certificates that were issued: only these are confirmed to whoever types the code of one. */
export const certificate = pgTable(
  "certificate",
  {
    /** Of the verification code, under the ring's credential key: a dump confirms no paper. */
    codeDigest: bytea("code_digest").primaryKey(),
    agencyId: uuid("agency_id").notNull(),
    kind: text("kind", { enum: ["check", "batch"] }).notNull(),
    /** The check's id, or the batch's. */
    subjectId: uuid("subject_id").notNull(),
    issuedAt: instant("issued_at").notNull().defaultNow(),
    issuedBy: text("issued_by").notNull(),
  },
  (table) => [check("certificate_kind", sql`${table.kind} in ('check', 'batch')`)],
);

/** A file of questions, asked in the background: where it stands, and what came of it so far. */
export const bulkCheck = pgTable(
  "bulk_check",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id").notNull(),
    /** Whose key sent it: a key that is revoked meanwhile ends it. */
    keyId: text("key_id").notNull(),
    purpose: text("purpose").notNull(),
    caseReference: text("case_reference").notNull(),
    operator: text("operator").notNull(),
    form: text("form", { enum: ["json-lines", "csv"] }).notNull(),
    isPacked: boolean("is_packed").notNull(),
    state: text("state", { enum: bulkStates }).notNull().default("queued"),
    /** Rows of the file; null until they are counted. */
    total: integer("total"),
    /** Rows whose results are safe. */
    done: integer("done").notNull().default(0),
    listed: integer("listed").notNull().default(0),
    review: integer("review").notNull().default(0),
    clear: integer("clear").notNull().default(0),
    invalid: integer("invalid").notNull().default(0),
    resultBytes: bigint("result_bytes", { mode: "number" }).notNull().default(0),
    /** The last check whose result is safe: what was recorded after it, and not told, is found from here. */
    lastCheckId: uuid("last_check_id").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** The problem that ended it. */
    problem: text("problem"),
    cancelRequested: boolean("cancel_requested").notNull().default(false),
    /** Who works on it, and until when nobody else does. */
    lease: uuid("lease"),
    leasedUntil: instant("leased_until"),
  },
  (table) => [
    index("bulk_check_agency").on(table.agencyId, table.id),
    index("bulk_check_open")
      .on(table.id)
      .where(sql`state in ('queued', 'running')`),
  ],
);

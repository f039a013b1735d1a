// The register: parties, their documents, their listing periods with what courts did about them, and the changes in order.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";
import type { Checklist, RunningTerm } from "./drafted-values.ts";
import { searchedOf } from "./searched/schema.ts";

const searched = searchedOf();

export const lists = ["dishonest", "consumption_limit"] as const;
export const listingStates = ["draft", "decided", "grace", "published", "ended", "lapsed"] as const;
/** The ways in which the procedure law lets a paper be served. */
export const servicesOfPapers = [
  "in_person",
  "left",
  "electronic",
  "entrusted",
  "post",
  "forwarded",
  "notice",
] as const;

/**
 * A party as the register knows it: one row for each number. Tables that are filled by the million carry no foreign
 * keys: the check of one costs a lookup a row, and the loader makes both sides in one statement.
 */
export const subject = pgTable("subject", {
  id: uuid("id").primaryKey(),
  kind: text("kind", { enum: ["person", "organisation"] }).notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/**
 * A document of a subject. The blind index is the primary key: a number belongs to one subject. A masked national row
 * has a document of its own kind, whose index covers the visible digits and the name.
 */
export const subjectDocument = pgTable(
  "document",
  {
    blindIndex: bytea("blind_index").primaryKey(),
    subjectId: uuid("subject_id").notNull(),
    kind: text("kind").notNull(),
    masked: text("masked").notNull(),
    /** The number under AES-256-GCM; null where only the mask is known. */
    numberSealed: bytea("number_sealed"),
    validFrom: date("valid_from"),
    validUntil: date("valid_until"),
    source: text("source").notNull(),
  },
  (table) => [
    index("document_subject").on(table.subjectId),
    // A check looks for the mask of its number too: the few masked rows have a small index of their own.
    index("document_masked")
      .on(table.blindIndex)
      .where(sql`number_sealed is null`),
  ],
);

/** One row a listing period; a re-listing after removal is a new row of the same natural key. */
export const listing = pgTable(
  "listing",
  {
    id: uuid("id").primaryKey(),
    subjectId: uuid("subject_id").notNull(),
    list: text("list", { enum: lists }).notNull(),
    capacity: text("capacity").notNull().default("debtor"),
    state: text("state", { enum: listingStates }).notNull(),
    version: integer("version").notNull().default(1),
    source: text("source").notNull(),
    /** First 16 bytes of SHA-256 over list, capacity, court, case number and the party's blind index. */
    naturalKey: uuid("natural_key").notNull(),
    /** First 16 bytes of SHA-256 over what the row says, without the number: equal hash, nothing to write. */
    contentHash: uuid("content_hash").notNull(),
    /** As published. The keys are those a check's names are compared with (`nameKeys`). */
    name: text("name").notNull(),
    nameKeys: text("name_keys").array().notNull(),
    sex: text("sex", { enum: ["male", "female"] }),
    ageAtPublication: integer("age_at_publication"),
    courtCode: text("court_code"),
    courtName: text("court_name").notNull(),
    handler: text("handler"),
    areaName: text("area_name"),
    caseNumberRaw: text("case_number_raw").notNull(),
    caseNumber: text("case_number").notNull(),
    titleDocument: text("title_document"),
    titleMaker: text("title_maker"),
    grounds: text("grounds").array().notNull(),
    groundsRaw: text("grounds_raw"),
    obligation: text("obligation"),
    performance: text("performance"),
    performedPart: text("performed_part"),
    unperformedPart: text("unperformed_part"),
    legalRepresentative: text("legal_representative"),
    officers: jsonb("officers").$type<{ name: string; office: string | null }[]>(),
    /** Columns of the file that this register does not know, as they came, numbers blacked out. */
    extra: jsonb("extra").$type<Record<string, unknown>>(),
    filedOn: date("filed_on"),
    decidedOn: date("decided_on"),
    effectiveOn: date("effective_on"),
    publishedOn: date("published_on"),
    termKind: text("term_kind", { enum: ["open", "fixed", "unknown"] }).notNull(),
    termRunsFrom: text("term_runs_from", { enum: ["decision", "effect", "publication"] }),
    termEndsOn: date("term_ends_on"),
    /** The last day on which a check may answer with this row; null without an end (`term.ts`). */
    answersUntil: date("answers_until"),
    underObjection: boolean("under_objection").notNull().default(false),
    exitOperation: text("exit_operation", { enum: ["revoke", "delete", "expire", "early", "lift"] }),
    /** Of a deletion R1 to R7, of a limit's end its ground; of a row that a file ended, what the file said. */
    exitReason: text("exit_reason"),
    /** Who ended it: a court's act stands against any file that was cut before it. */
    endedBy: text("ended_by"),
    endedAt: instant("ended_at"),
    loadId: uuid("load_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** The court that took the case over; null where it is still with the court that its number names. */
    competentCourt: text("competent_court"),
  },
  (table) => [
    // The check's way in: published rows only, so that its size follows the live list and not the archive.
    index("listing_published")
      .on(table.subjectId)
      .where(sql`state = 'published'`),
    // One live period of a natural key, whoever writes it.
    uniqueIndex("listing_live_key")
      .on(table.naturalKey)
      .where(sql`ended_at is null`),
    // The loader asks which periods of a key a court has ended.
    index("listing_ended_key")
      .on(table.naturalKey)
      .where(sql`ended_at is not null`),
    // A court reads what it is competent for, newest first.
    index("listing_competent").on(sql`coalesce(${table.competentCourt}, ${table.courtCode})`, table.id),
    // A party's listings on their way to publication: few beside what is published.
    index("listing_unpublished")
      .on(table.subjectId)
      .where(sql`state in ('draft', 'decided', 'grace')`),
    // Whose term is over: what no file may end, by its last day.
    index("listing_term")
      .on(table.answersUntil, table.id)
      .where(sql`term_kind = 'fixed' and source = 'court' and state in ('decided', 'grace', 'published')`),
    // What stands in no court's list: a legacy number names no court, and none has taken it over.
    index("listing_unassigned")
      .on(table.id)
      .where(sql`court_code is null and competent_court is null and ended_at is null`),
    // What a party was listed for before: a row comes in when its period ends, so that a first load pays nothing.
    index("listing_ended_subject")
      .on(table.subjectId)
      .where(sql`state = 'ended'`),
    // The public's search by a full name, and by any form or piece of a name (`searched/schema.ts`): what it would find in
    // a list of changes that wait to be indexed, it would have to read whole.
    index("listing_searched_name").on(sql.raw(searched.name)).where(sql.raw(searched.isPublished)),
    index("listing_searched")
      .using("gin", table.nameKeys, sql.raw(searched.pieces), sql.raw(`(${searched.marks})`))
      .where(sql.raw(`${searched.isPublished} and ${searched.hasPieces}`))
      .with({ fastupdate: false }),
    // What most organisations have in their names is found by looking at one after another.
    index("listing_searched_long")
      .on(table.list)
      .where(sql.raw(`${searched.isPublished} and ${searched.isLong}`)),
    check("listing_ended", sql`(${table.endedAt} is null) = (${table.state} not in ('ended', 'lapsed'))`),
    check("listing_published_on", sql`${table.state} <> 'published' or ${table.publishedOn} is not null`),
    // A term that runs from publication has no last day before it.
    check(
      "listing_term",
      sql`${table.state} <> 'published' or ${table.termKind} <> 'fixed' or ${table.termEndsOn} is not null`,
    ),
  ],
);

/** A source that names a live listing which another source owns: one period, several sources. */
export const listingSource = pgTable(
  "listing_source",
  {
    listingId: uuid("listing_id").notNull(),
    source: text("source").notNull(),
    contentHash: uuid("content_hash").notNull(),
    loadId: uuid("load_id").notNull(),
    since: instant("since").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.listingId, table.source] }),
    index("listing_source_source").on(table.source, table.listingId),
  ],
);

/** Rows of `listing_source` that a load took away or replaced: what its roll-back puts back. */
export const listingSourceVersion = pgTable(
  "listing_source_version",
  {
    /** The load that took the row away. */
    loadId: uuid("load_id").notNull(),
    listingId: uuid("listing_id").notNull(),
    source: text("source").notNull(),
    contentHash: uuid("content_hash").notNull(),
    namedBy: uuid("named_by").notNull(),
    since: instant("since").notNull(),
  },
  (table) => [primaryKey({ columns: [table.loadId, table.listingId, table.source] })],
);

/** The enforcing courts that any listing has ever named, by code, or by name where a legacy case number has none. */
export const listingCourt = pgTable("listing_court", { court: text("court").primaryKey() });

/** What a listing said before a load or a court changed it: the history of its content, and what a roll-back restores. */
export const listingVersion = pgTable(
  "listing_version",
  {
    listingId: uuid("listing_id").notNull(),
    version: integer("version").notNull(),
    /** The load whose row replaced this version; null where a court's act did. */
    loadId: uuid("load_id"),
    source: text("source").notNull(),
    contentHash: uuid("content_hash").notNull(),
    content: jsonb("content").$type<Record<string, unknown>>().notNull(),
    replacedAt: instant("replaced_at").notNull().defaultNow(),
    /** The roll-back of the load replaced it, and not its row. */
    undone: boolean("undone").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.listingId, table.version] }),
    index("listing_version_load").on(table.loadId),
  ],
);

/**
 * How a court brought a listing about: what it was drafted from, decided by and served with. A listing that a file
 * brought has none.
 */
export const proceeding = pgTable(
  "proceeding",
  {
    listingId: uuid("listing_id").primaryKey(),
    /** The same for all that was drawn up in one form. */
    formId: uuid("form_id").notNull(),
    /** Everybody who drew the draft up or changed it: none of them decides on it. */
    draftedBy: text("drafted_by").array().notNull(),
    initiatedBy: text("initiated_by", { enum: ["creditor", "court"] }).notNull(),
    /** The day on which the creditor's application was received, or the court took the matter up. */
    receivedOn: date("received_on").notNull(),
    /** The last day for performance by the enforcement notice, and whether it carried the warning of the list. */
    noticeEndsOn: date("notice_ends_on").notNull(),
    warned: boolean("warned").notNull(),
    performed: boolean("performed").notNull().default(false),
    /** Of a person, from the document or found out by the court: minors may not be listed. */
    birthOn: date("birth_on"),
    groundAroseOn: date("ground_arose_on"),
    /** The bars to G1, item by item. */
    checklist: jsonb("checklist").$type<Checklist>(),
    term: jsonb("term").$type<RunningTerm>(),
    /** Of an officer's limit: the limit of the unit for whose debt it is. */
    unitLimitId: uuid("unit_limit_id"),
    /** Number and SHA-256 of the paper; who signed it, and by which authority. */
    decisionNumber: text("decision_number"),
    decisionPaper: bytea("decision_paper"),
    decidedBy: text("decided_by"),
    decidedAs: text("decided_as", { enum: ["president", "delegate"] }),
    servedOn: date("served_on"),
    servedHow: text("served_how", { enum: servicesOfPapers }),
    graceEndsOn: date("grace_ends_on"),
    /** The day of the latest statement that nothing was performed. */
    unperformedOn: date("unperformed_on"),
  },
  (table) => [index("proceeding_form").on(table.formId)],
);

/** How a court ended a period, and what is still to be done about it. */
export const listingExit = pgTable(
  "listing_exit",
  {
    listingId: uuid("listing_id").primaryKey(),
    court: text("court"),
    operation: text("operation", { enum: ["revoke", "delete", "expire", "early", "lift", "lapse"] }).notNull(),
    /** Its clocks start here: when the reason arose, and when it reached the court. */
    reasonAroseOn: date("reason_arose_on").notNull(),
    reachedCourtOn: date("reached_court_on").notNull(),
    /** Of R4: how often the network search found nothing. */
    searches: integer("searches"),
    /** Through this day the creditor's own application is refused. */
    creditorBarredUntil: date("creditor_barred_until"),
    /** The debtor's limit that has no reason left. */
    limitToLift: uuid("limit_to_lift"),
    needsSecondLook: boolean("needs_second_look").notNull(),
    secondLookBy: text("second_look_by"),
    secondLookAt: instant("second_look_at"),
    finding: text("finding", { enum: ["confirmed", "objected"] }),
    /** The day on which the national database was seen not to show it any more; null: not yet. */
    shieldedOn: date("shielded_on"),
    shieldedBy: text("shielded_by"),
    /** Whether the national database ever showed it. */
    wasPublic: boolean("was_public").notNull(),
  },
  (table) => [
    // A court's tasks: what stands out is a small part of what has ended.
    index("listing_exit_open")
      .on(table.court, table.listingId)
      .where(sql`needs_second_look and second_look_at is null or was_public and shielded_on is null`),
    index("listing_exit_limit")
      .on(table.limitToLift)
      .where(sql`limit_to_lift is not null`),
  ],
);

/** A temporary leave from the consumption limit: these measures, on these days. */
export const exceptionWindow = pgTable(
  "exception_window",
  {
    id: uuid("id").primaryKey(),
    listingId: uuid("listing_id").notNull(),
    subjectId: uuid("subject_id").notNull(),
    measures: text("measures").array().notNull(),
    startsOn: date("starts_on").notNull(),
    endsOn: date("ends_on").notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: instant("opened_at").notNull().defaultNow(),
    closedBy: text("closed_by"),
    closedAt: instant("closed_at"),
  },
  (table) => [
    index("exception_window_listing").on(table.listingId),
    // A check asks for the windows of a party that are open today.
    index("exception_window_open")
      .on(table.subjectId, table.endsOn)
      .where(sql`closed_at is null`),
    check("exception_window_days", sql`${table.startsOn} <= ${table.endsOn}`),
  ],
);

/**
 * What changed, at which position. A writer takes its positions from `register_state` as the last step of its
 * transaction, under that row's lock: positions are dense and in commit order, so a follower reads on by number.
 */
export const listingChange = pgTable(
  "listing_change",
  {
    position: bigint("position", { mode: "number" }).primaryKey(),
    listingId: uuid("listing_id").notNull(),
    kind: text("kind", { enum: ["listed", "changed", "ended", "identified"] }).notNull(),
    /** When the position was taken: ascends with it. */
    at: instant("at").notNull().defaultNow(),
    // What the listing was from then on; null in a row from before the public log.
    version: integer("version"),
    source: text("source"),
    state: text("state", { enum: listingStates }),
    underObjection: boolean("under_objection"),
    naturalKey: uuid("natural_key"),
    contentHash: uuid("content_hash"),
    /** Of the entry in the public log; erased, the entry means nothing any more and every proof still holds. */
    salt: uuid("salt"),
  },
  (table) => [
    uniqueIndex("listing_change_version").on(table.listingId, table.version),
    // From a moment to a position: a few bytes for each 128 pages, as both ascend.
    index("listing_change_at").using("brin", table.at).with({ autosummarize: true }),
  ],
);

/** What a source owned at a position of the register, summed up: the state hash goes on from there. */
export const sourceState = pgTable("source_state", {
  source: text("source").primaryKey(),
  position: bigint("position", { mode: "number" }).notNull(),
  rows: integer("rows").notNull(),
  keys: numeric("keys").notNull(),
  contents: numeric("contents").notNull(),
});

/** The one row that says how many changes the register has seen: `registerPosition` of every answer. */
export const registerState = pgTable(
  "register_state",
  {
    one: boolean("one").primaryKey().default(true),
    position: bigint("position", { mode: "number" }).notNull(),
  },
  (table) => [check("register_state_one", sql`${table.one}`)],
);

/** How far each follower of the changes has come: it remembers its place in the transaction of what it did. */
export const registerFollower = pgTable("register_follower", {
  name: text("name").primaryKey(),
  position: bigint("position", { mode: "number" }).notNull(),
});

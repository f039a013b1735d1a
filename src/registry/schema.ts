// The register: parties, their documents, their listing periods, and the changes in the order in which they were committed.
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
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";

export const lists = ["dishonest", "consumption_limit"] as const;
export const listingStates = ["draft", "decided", "grace", "published", "ended", "lapsed"] as const;

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
    /** The last day on which a check may answer with this row; null without an end (`rules.ts`). */
    answersUntil: date("answers_until"),
    underObjection: boolean("under_objection").notNull().default(false),
    exitOperation: text("exit_operation", { enum: ["revoke", "delete", "expire", "early"] }),
    exitReason: text("exit_reason"),
    /** Who ended it: a court's act stands against any file that was cut before it. */
    endedBy: text("ended_by"),
    endedAt: instant("ended_at"),
    loadId: uuid("load_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
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
    check("listing_ended", sql`(${table.endedAt} is null) = (${table.state} not in ('ended', 'lapsed'))`),
    check("listing_published_on", sql`${table.state} <> 'published' or ${table.publishedOn} is not null`),
    check("listing_term", sql`${table.termKind} <> 'fixed' or ${table.termEndsOn} is not null`),
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

/** What a listing said before a load changed it: the history of its content, and what a roll-back restores. */
export const listingVersion = pgTable(
  "listing_version",
  {
    listingId: uuid("listing_id").notNull(),
    version: integer("version").notNull(),
    /** The load whose row replaced this version. */
    loadId: uuid("load_id").notNull(),
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
 * What changed, at which position. A writer takes its positions from `register_state` as the last step of its
 * transaction, under that row's lock: positions are dense and in commit order, so a follower reads on by number.
 */
export const listingChange = pgTable(
  "listing_change",
  {
    position: bigint("position", { mode: "number" }).primaryKey(),
    listingId: uuid("listing_id").notNull(),
    kind: text("kind", { enum: ["listed", "changed", "ended"] }).notNull(),
    /** When the position was taken: ascends with it. */
    at: instant("at").notNull().defaultNow(),
    // What the listing was from then on; null in a row from before the public log.
    version: integer("version"),
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

/** The one row that says how many changes the register has seen: `registerPosition` of every answer. */
export const registerState = pgTable(
  "register_state",
  {
    one: boolean("one").primaryKey().default(true),
    position: bigint("position", { mode: "number" }).notNull(),
  },
  (table) => [check("register_state_one", sql`${table.one}`)],
);

// The audit trail, one row an act in the act's own transaction; and the tables of the public log.
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
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
import type { Json } from "./log/index.ts";

export const auditEntry = pgTable(
  "audit_entry",
  {
    id: uuid("id").primaryKey(),
    at: instant("at").notNull().defaultNow(),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    reason: text("reason"),
    detail: jsonb("detail").notNull().default({}),
  },
  // Auditors read the acts on one object in their order.
  (table) => [index("audit_entry_subject").on(table.subject, table.id)],
);

const count = (name: string) => bigint(name, { mode: "number" });

/** Where the facts of a group stand; each kind of group is written by one module. */
const entryKinds = ["check", "listing", "fact"] as const;

/** What a transaction commits to: a group of entries that has no index yet. The sequencer takes it away. */
export const logOutbox = pgTable(
  "log_outbox",
  {
    id: count("id").generatedAlwaysAsIdentity().notNull(),
    /** A load's changes: they wait for everything else, and nothing waits for them. */
    bulk: boolean("bulk").notNull().default(false),
    kind: text("kind", { enum: entryKinds }).notNull(),
    /** Of a series: the number of its first row; the others follow it. */
    firstRow: count("first_row"),
    /** 32 bytes an entry. */
    commitments: bytea("commitments").notNull(),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.bulk, table.id] })],
);

/** A group that has its indexes: entry `first_index + place` is its row `place`. */
export const logGroup = pgTable(
  "log_group",
  {
    id: count("id").primaryKey(),
    kind: text("kind", { enum: entryKinds }).notNull(),
    firstRow: count("first_row"),
    firstIndex: count("first_index").notNull().unique(),
    size: integer("size").notNull(),
  },
  // From a row of a series to its entry; a row stands in one group.
  (table) => [
    uniqueIndex("log_group_first_row")
      .on(table.kind, table.firstRow)
      .where(sql`first_row is not null`),
  ],
);

/** Acts whose facts no table of their own holds. Erasing the salt shreds the entry's meaning. */
export const logFact = pgTable(
  "log_fact",
  {
    logGroup: count("log_group").notNull(),
    logPlace: smallint("log_place").notNull(),
    /** The public id of what the fact is about. */
    subject: text("subject").notNull(),
    fact: jsonb("fact").$type<Json>().notNull(),
    salt: bytea("salt"),
  },
  (table) => [
    primaryKey({ columns: [table.logGroup, table.logPlace] }),
    index("log_fact_subject").on(table.subject, table.logGroup),
  ],
);

/** Tiles of hashes, and under level −1 bundles of entries. Of the last one of a level only the widest is kept. */
export const logTile = pgTable(
  "log_tile",
  {
    level: smallint("level").notNull(),
    index: count("index").notNull(),
    width: smallint("width").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.index] })],
);

/** Signed tree heads. One size, one row: no size is ever published with two roots. */
export const logCheckpoint = pgTable("log_checkpoint", {
  size: count("size").primaryKey(),
  note: text("note").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** What witnesses said of a checkpoint: a signature line each, the newest one where they were asked again. */
export const logCosignature = pgTable(
  "log_cosignature",
  {
    witness: text("witness").notNull(),
    size: count("size").notNull(),
    line: text("line").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.witness, table.size] }),
    // A checkpoint is shown with all its lines.
    index("log_cosignature_size").on(table.size),
  ],
);

/** The one row that the sequencer in office writes. A later one has a higher epoch, and earlier ones find no row. */
export const logState = pgTable(
  "log_state",
  {
    one: boolean("one").primaryKey().default(true),
    epoch: count("epoch").notNull(),
    size: count("size").notNull(),
    /** When the oldest entry was written that has an index and no checkpoint yet. */
    unpublishedSince: instant("unpublished_since"),
    /** How many witnesses make a checkpoint one that proofs are given against, and the newest such checkpoint. */
    quorum: integer("quorum").notNull().default(0),
    witnessedSize: count("witnessed_size").notNull().default(0),
    since: instant("since").notNull().defaultNow(),
  },
  (table) => [check("log_state_one", sql`${table.one}`)],
);

// Loads: every file that was offered to the register, and what came of it.
import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "../platform/schema.ts";

export const feedScopes = ["national", "province", "city", "court"] as const;
export const loadStates = [
  "receiving",
  "validating",
  "held",
  "ready",
  "activated",
  "rolled_back",
  "discarded",
  "failed",
] as const;

/** The largest value that passes; shares are of 1. */
export type GateThresholds = {
  shrink: number;
  growth: number;
  churn: number;
  rejects: number;
  unknownCourts: number;
  masked: number;
  /** Rows. */
  minors: number;
  fixedTermMissing: number;
  /** Share of live rows that a snapshot without a stated number of rows may end. */
  endedWithoutCount: number;
};

/** A gate that a load did not pass. */
export type GateFinding = { gate: keyof GateThresholds; value: number; threshold: number; rows: number };

export const exceptionKinds = ["superseded", "conflict", "disputed", "left"] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

export type LoadTimings = { receivedMs: number; comparedMs: number; appliedMs: number };

export type LoadCounts = {
  read: number;
  accepted: number;
  unchanged: number;
  new: number;
  changed: number;
  ended: number;
  rejected: number;
  /** Keys that their court, or the source that owned them, ended after the file was cut: they stay ended. */
  superseded: number;
  /** Keys that another source ended before the file was cut, and that no later publication lists anew. */
  disputed: number;
  /** Listings of another source that this one now names too, that it took over, and that it names no longer. */
  joined: number;
  adopted: number;
  parted: number;
  /** Rows that contradict the listing of the source that owns it. */
  conflicts: number;
  rejectedByCode: Record<string, number>;
  unknownColumns: Record<string, number>;
};

export type LoadMode = "snapshot" | "delta";

export type LoadProgressRecord = {
  phase: "receiving" | "validating" | "comparing";
  read: number;
  rejected: number;
  /** Of the file; the bytes of a compressed one as it lies. */
  bytes: number;
  bytesTotal: number;
  elapsedMs: number;
};

/** Whose list it is, how near to the enforcing court, and what its files may do by themselves. */
export const feedSource = pgTable(
  "feed_source",
  {
    name: text("name").primaryKey(),
    scope: text("scope", { enum: feedScopes }).notNull(),
    /** The area or court of the scope; null for the national list. A court's staff send and decide its files. */
    scopeCode: text("scope_code"),
    /** Of two sources that name one listing, the higher owns it. */
    precedence: integer("precedence").notNull(),
    /** `manual`: a load that passed its gates waits for a release. */
    activation: text("activation", { enum: ["automatic", "manual"] })
      .notNull()
      .default("automatic"),
    /** The agency whose keys may send files; null: none. */
    agencyId: uuid("agency_id"),
    /** Thresholds of this source that differ from the configured ones. */
    gates: jsonb("gates").$type<Partial<GateThresholds>>().notNull().default({}),
  },
  (table) => [
    check("feed_source_scope", sql`${table.scope} in (${sql.raw(feedScopes.map((scope) => `'${scope}'`).join(", "))})`),
    check("feed_source_activation", sql`${table.activation} in ('automatic', 'manual')`),
  ],
);

export const load = pgTable(
  "load",
  {
    id: uuid("id").primaryKey(),
    source: text("source").notNull(),
    mode: text("mode", { enum: ["snapshot", "delta"] }).notNull(),
    state: text("state", { enum: loadStates }).notNull(),
    fileName: text("file_name").notNull(),
    fileSha256: bytea("file_sha256"),
    expectedRows: integer("expected_rows"),
    /** The moment for which the file speaks. */
    asOf: instant("as_of").notNull(),
    /** Of a delta: its number in the source's sequence, and the state that it was cut against. */
    sequence: integer("sequence"),
    baseState: text("base_state"),
    /** The source's live rows after the activation, or after its roll-back: as one hash, and how many. */
    stateHash: text("state_hash"),
    liveRows: integer("live_rows"),
    /** Of a file that comes over HTTP: how long it must be, its stated digest, and when bytes last arrived. */
    uploadBytes: bigint("upload_bytes", { mode: "number" }),
    uploadSha256: bytea("upload_sha256"),
    uploadSeenAt: instant("upload_seen_at"),
    /** Whoever writes the upload now: an older request, in whichever process, records nothing and cuts nothing any more. */
    uploadTurn: uuid("upload_turn"),
    /** Bytes of it that are safe on disk. */
    receivedBytes: bigint("received_bytes", { mode: "number" }).notNull().default(0),
    /** How often its import has begun: a file that ends the process must not do so for ever. */
    importAttempts: integer("import_attempts").notNull().default(0),
    /** How far the import is; kept up about once a second while the file is read. */
    progress: jsonb("progress").$type<LoadProgressRecord>(),
    gates: jsonb("gates").$type<GateFinding[]>().notNull().default([]),
    timings: jsonb("timings").$type<LoadTimings>(),
    /** Who released or discarded it. */
    decidedBy: text("decided_by"),
    decidedAt: instant("decided_at"),
    rolledBackBy: text("rolled_back_by"),
    rolledBackAt: instant("rolled_back_at"),
    /** Positions of the register that the activation took: after the first, up to the last. */
    positionBefore: bigint("position_before", { mode: "number" }),
    positionAfter: bigint("position_after", { mode: "number" }),
    /** The same of the roll-back. */
    rollbackBefore: bigint("rollback_before", { mode: "number" }),
    rollbackAfter: bigint("rollback_after", { mode: "number" }),
    counts: jsonb("counts").$type<LoadCounts>(),
    failure: text("failure"),
    actor: text("actor").notNull(),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    index("load_source").on(table.source, table.id),
    check("load_state", sql`${table.state} in (${sql.raw(loadStates.map((state) => `'${state}'`).join(", "))})`),
  ],
);

/** The difference between a load and the register, by court: what a person sees before they release it. */
export const loadDifference = pgTable(
  "load_difference",
  {
    loadId: uuid("load_id").notNull(),
    court: text("court").notNull(),
    outcome: text("outcome").notNull(),
    rows: integer("rows").notNull(),
  },
  (table) => [primaryKey({ columns: [table.loadId, table.court, table.outcome] })],
);

/** Listings that a load left as they were against its file, or its roll-back against what it undid: each is named. */
export const loadException = pgTable(
  "load_exception",
  {
    loadId: uuid("load_id").notNull(),
    kind: text("kind", { enum: exceptionKinds }).notNull(),
    listingId: uuid("listing_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.loadId, table.kind, table.listingId] })],
);

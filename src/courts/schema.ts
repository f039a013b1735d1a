// Courts with their names through time, accounts, sessions and keys; holiday notices, and every deadline that runs or ran.
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
import { agency } from "../agencies/schema.ts";
import { bytea, instant } from "../platform/schema.ts";
import type { ClockName } from "./clock-kinds.ts";
import type { HolidayNotice } from "./holiday-notice.ts";

/** `special`: maritime, railway and others, whose level no number tells. */
export const courtLevels = ["supreme", "high", "intermediate", "basic", "special"] as const;

/** Codes are those of case numbers and never computed: they outlive the division they were made from. */
export const court = pgTable(
  "court",
  {
    code: text("code").primaryKey(),
    level: text("level", { enum: courtLevels }).notNull(),
    /** The province as rows of the national list name it; null for the supreme court. */
    region: text("region"),
    /** Where reconsideration goes. */
    higherCode: text("higher_code").references((): AnyPgColumn => court.code),
    /** First and last day; null: before the register's time, and still there. */
    validFrom: date("valid_from"),
    validUntil: date("valid_until"),
    /** The court that took over the matters of one that was closed. */
    successorCode: text("successor_code").references((): AnyPgColumn => court.code),
  },
  (table) => [
    index("court_higher").on(table.higherCode),
    index("court_successor").on(table.successorCode),
    check("court_level", sql`${table.level} in ('supreme', 'high', 'intermediate', 'basic', 'special')`),
    check("court_dates", sql`${table.validUntil} >= ${table.validFrom}`),
    // Only the supreme court has nobody above it.
    check("court_higher_code", sql`(${table.higherCode} is null) = (${table.level} = 'supreme')`),
    check("court_successor_code", sql`${table.successorCode} is null or ${table.validUntil} is not null`),
  ],
);

/** What a court is and was called. A short form is another spelling that rows use for it. */
export const courtName = pgTable(
  "court_name",
  {
    courtCode: text("court_code")
      .notNull()
      .references(() => court.code),
    name: text("name").notNull(),
    isOfficial: boolean("is_official").notNull().default(true),
    validFrom: date("valid_from"),
    validUntil: date("valid_until"),
  },
  (table) => [
    primaryKey({ columns: [table.courtCode, table.name] }),
    // Rows without a code are placed by the name.
    index("court_name_name").on(table.name),
    uniqueIndex("court_name_current")
      .on(table.courtCode)
      .where(sql`${table.isOfficial} and ${table.validUntil} is null`),
    check("court_name_dates", sql`${table.validUntil} >= ${table.validFrom}`),
  ],
);

export const accountRoles = [
  "clerk",
  "judge",
  "president",
  "auditor",
  "system_admin",
  "security_admin",
  "credit_authority",
  "assessor",
  "agency_officer",
  "agency_liaison",
] as const;

/** Whoever signs in. One person, one account, one role, at one court or one agency. */
export const account = pgTable(
  "account",
  {
    id: uuid("id").primaryKey(),
    /** What is typed to sign in, lower case. */
    login: text("login").notNull(),
    name: text("name").notNull(),
    role: text("role", { enum: accountRoles }).notNull(),
    courtCode: text("court_code").references(() => court.code),
    agencyId: uuid("agency_id").references(() => agency.id),
    disabledAt: instant("disabled_at"),
    /** The president's written authority to a judge: its days, and the number of the paper. */
    delegatedFrom: date("delegated_from"),
    delegatedUntil: date("delegated_until"),
    delegationDocument: text("delegation_document"),
    /** HMAC-SHA-256 of the one-time code for the first sign-in, under the ring's credential key. */
    enrolmentDigest: bytea("enrolment_digest"),
    enrolmentExpiresAt: instant("enrolment_expires_at"),
    /** A PHC string; null until enrolled. */
    passwordHash: text("password_hash"),
    /** The shared secret of RFC 6238, sealed. */
    totpSecret: bytea("totp_secret"),
    /** The time step of the last code that was taken: none is taken twice. */
    totpStep: bigint("totp_step", { mode: "number" }),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("account_login").on(table.login),
    uniqueIndex("account_enrolment").on(table.enrolmentDigest),
    index("account_court").on(table.courtCode),
    index("account_agency").on(table.agencyId),
    check(
      "account_role",
      sql`${table.role} in ('clerk', 'judge', 'president', 'auditor', 'system_admin', 'security_admin', 'credit_authority', 'assessor', 'agency_officer', 'agency_liaison')`,
    ),
    check(
      "account_place",
      sql`case when ${table.role} in ('credit_authority', 'assessor', 'agency_officer', 'agency_liaison')
        then ${table.agencyId} is not null and ${table.courtCode} is null
        else ${table.courtCode} is not null and ${table.agencyId} is null end`,
    ),
    check(
      "account_delegation",
      sql`num_nulls(${table.delegatedFrom}, ${table.delegatedUntil}, ${table.delegationDocument}) in (0, 3)`,
    ),
    check("account_delegation_dates", sql`${table.delegatedUntil} >= ${table.delegatedFrom}`),
    check("account_delegate", sql`${table.delegatedFrom} is null or ${table.role} = 'judge'`),
    // A password without a second factor opens nothing, so there is never one without the other.
    check("account_factors", sql`(${table.passwordHash} is null) = (${table.totpSecret} is null)`),
  ],
);

/** Single-use codes for whoever has lost the second factor. */
export const recoveryCode = pgTable(
  "recovery_code",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    digest: bytea("digest").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.digest] })],
);

export const session = pgTable(
  "session",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** SHA-256 of the token that only the browser has. */
    digest: bytea("digest").notNull(),
    /** What the browser calls itself, so that its owner knows it in the list. */
    userAgent: text("user_agent").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Not newer than a minute ago: a write per request would cost more than the request. */
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    /** However busy it is. */
    expiresAt: instant("expires_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    uniqueIndex("session_digest").on(table.digest),
    index("session_open")
      .on(table.accountId)
      .where(sql`${table.endedAt} is null`),
  ],
);

/** A hardware key as a second factor (WebAuthn): what it signs with is not secret. */
export const securityKey = pgTable(
  "security_key",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id),
    /** What its owner calls it. */
    name: text("name").notNull(),
    credentialId: bytea("credential_id").notNull(),
    /** In COSE (RFC 9052 §7). */
    publicKey: bytea("public_key").notNull(),
    /** Of signatures; a key that does not count says 0 each time. One that falls behind was copied. */
    counter: bigint("counter", { mode: "number" }).notNull(),
    /** The host of the service that it was made for: it signs for no other. */
    host: text("host").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [
    uniqueIndex("security_key_credential").on(table.credentialId),
    index("security_key_account").on(table.accountId),
  ],
);

/** Challenges that a key has signed, by their digest, for as long as they would be taken again. */
export const usedChallenge = pgTable("used_challenge", {
  digest: bytea("digest").primaryKey(),
  expiresAt: instant("expires_at").notNull(),
});

/** Failed sign-ins, counted by keyed digests of an address, an account name, or both: whether the name exists or not. */
export const signInPause = pgTable("sign_in_pause", {
  digest: bytea("digest").primaryKey(),
  failures: integer("failures").notNull(),
  failedAt: instant("failed_at").notNull(),
  pausedUntil: instant("paused_until").notNull(),
});

/** A key of a court's case-management system. It acts for a named person, and decides nothing. */
export const courtKey = pgTable(
  "court_key",
  {
    /** The public part of the key, 10 base62 characters. */
    id: text("id").primaryKey(),
    courtCode: text("court_code")
      .notNull()
      .references(() => court.code),
    /** HMAC-SHA-256 of the whole key under the ring's credential key. */
    digest: bytea("digest").notNull(),
    scopes: text("scopes").array().notNull(),
    note: text("note"),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [uniqueIndex("court_key_digest").on(table.digest), index("court_key_court").on(table.courtCode)],
);

/** Notices beside those that are shipped. Nothing is replaced: of two for one year the later row holds. */
export const holidayNotice = pgTable("holiday_notice", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  year: integer("year").notNull(),
  notice: jsonb("notice").$type<HolidayNotice>().notNull(),
  importedBy: text("imported_by").notNull(),
  importedAt: instant("imported_at").notNull().defaultNow(),
});

export const clock = pgTable(
  "clock",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<ClockName>().notNull(),
    /** The public id of what runs out: a listing, an objection. */
    subject: text("subject").notNull(),
    /** The listing with which it goes to another court, where that is not the subject itself. */
    matter: text("matter"),
    /** The court whose duty it is, by its code, or by its name where a legacy case number has none. */
    court: text("court").notNull(),
    startedOn: date("started_on").notNull(),
    /** Null while no notice covers the last day. */
    dueOn: date("due_on"),
    /** The calendar by which the last day was found; null where a paper states it. */
    calendarVersion: text("calendar_version"),
    stoppedAt: instant("stopped_at"),
  },
  (table) => [
    // One clock of a kind runs on one thing, whoever starts it.
    uniqueIndex("clock_running")
      .on(table.subject, table.kind)
      .where(sql`stopped_at is null`),
    // A court's page, by what is due first.
    index("clock_due")
      .on(table.court, table.dueOn, table.id)
      .where(sql`stopped_at is null`),
    index("clock_subject").on(table.subject),
    index("clock_matter")
      .on(table.matter)
      .where(sql`stopped_at is null and matter is not null`),
    check("clock_stated", sql`${table.dueOn} is not null or ${table.calendarVersion} is not null`),
  ],
);

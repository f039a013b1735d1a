// Agencies, the purposes their agreement allows, their API keys; editions of the catalogue, and the measures of agencies.
import { sql } from "drizzle-orm";
import {
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
import type { Edition } from "./edition.ts";
import { limitScopes } from "./limit-settings.ts";
import { type Approval, measureDecisions, measureEffects, type Regulation } from "./measure.ts";

export const agency = pgTable(
  "agency",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    state: text("state", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    liaison: text("liaison"),
    deputyLiaison: text("deputy_liaison"),
    agreementNumber: text("agreement_number"),
    agreementFrom: date("agreement_from"),
    agreementUntil: date("agreement_until"),
    parentSystem: text("parent_system"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("agency_name").on(table.name),
    check("agency_state", sql`${table.state} in ('active', 'suspended')`),
    check("agency_agreement_dates", sql`${table.agreementUntil} >= ${table.agreementFrom}`),
  ],
);

export const agencyPurpose = pgTable(
  "agency_purpose",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    purpose: text("purpose").notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day, or null while the agreement stands. */
    validUntil: date("valid_until"),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.purpose] }),
    check("agency_purpose_dates", sql`${table.validUntil} >= ${table.validFrom}`),
  ],
);

export const apiKey = pgTable(
  "api_key",
  {
    /** The public part of the key, 10 base62 characters. */
    id: text("id").primaryKey(),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    /** HMAC-SHA-256 of the whole key under the ring's credential key. */
    digest: bytea("digest").notNull(),
    scopes: text("scopes").array().notNull(),
    note: text("note"),
    notBefore: instant("not_before").notNull().defaultNow(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
  },
  (table) => [
    // Equality on the digest is the whole authentication: no compare loop, no timing signal.
    uniqueIndex("api_key_digest").on(table.digest),
    index("api_key_agency").on(table.agencyId),
  ],
);

/** Limits of an agency, or of each of its keys, that differ from the configuration's; what is null does not. */
export const agencyLimit = pgTable(
  "agency_limit",
  {
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    scope: text("scope", { enum: limitScopes }).notNull(),
    burst: integer("burst"),
    burstSeconds: integer("burst_seconds"),
    checksPerDay: integer("checks_per_day"),
    personsPerDay: integer("persons_per_day"),
    setAt: instant("set_at").notNull().defaultNow(),
    setBy: text("set_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.agencyId, table.scope] }),
    check("agency_limit_scope", sql`${table.scope} in ('agency', 'key')`),
  ],
);

/** Editions of the catalogue beside the shipped one. What one says never changes; where none is active, the shipped one is. */
export const catalogueEdition = pgTable(
  "catalogue_edition",
  {
    name: text("name").primaryKey(),
    content: jsonb("content").$type<Edition>().notNull(),
    active: boolean("active").notNull(),
    importedBy: text("imported_by").notNull(),
    importedAt: instant("imported_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("catalogue_edition_active")
      .on(table.active)
      .where(sql`${table.active}`),
  ],
);

/**
 * A measure of one agency, with all that its approvers read and answers say: nothing of it changes but who approved it
 * and who withdrew it, so that what an answer offered can be read here for good.
 */
export const agencyMeasure = pgTable(
  "agency_measure",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    code: text("code").notNull(),
    title: text("title").notNull(),
    effect: text("effect", { enum: measureEffects }).notNull(),
    decision: text("decision", { enum: measureDecisions }).notNull(),
    purposes: text("purposes").array().notNull(),
    lists: text("lists").array().notNull(),
    roles: text("roles").array().notNull(),
    subjectKinds: text("subject_kinds").array().notNull(),
    conditions: text("conditions").array().notNull(),
    legalBasis: text("legal_basis").notNull(),
    article: text("article").notNull(),
    /** The edition of the catalogue that it was taken from; null for a local one. */
    edition: text("edition"),
    /** Its place on the national basic list of sanctions; null for a local one. */
    basicListEdition: text("basic_list_edition"),
    basicListItem: text("basic_list_item"),
    /** The local regulation that a local one rests on. */
    regulation: jsonb("regulation").$type<Regulation>(),
    /** Where somebody who was stopped is heard at once. */
    humanDesk: text("human_desk"),
    validFrom: date("valid_from").notNull(),
    /** The last day, or null without an end. */
    validUntil: date("valid_until"),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: instant("proposed_at").notNull(),
    creditApproval: jsonb("credit_approval").$type<Approval>(),
    courtApproval: jsonb("court_approval").$type<Approval>(),
    withdrawnBy: text("withdrawn_by"),
    withdrawnAt: instant("withdrawn_at"),
    withdrawalReason: text("withdrawal_reason"),
  },
  (table) => [
    // One of a code is switched on for an agency; and the way in of a check that found somebody.
    uniqueIndex("agency_measure_switched_on")
      .on(table.agencyId, table.code)
      .where(sql`credit_approval is not null and court_approval is not null and withdrawn_at is null`),
    index("agency_measure_agency").on(table.agencyId, table.id),
    check("agency_measure_dates", sql`${table.validUntil} >= ${table.validFrom}`),
    check("agency_measure_basis", sql`num_nonnulls(${table.edition}, ${table.regulation}) = 1`),
    check(
      "agency_measure_basic_list",
      sql`num_nonnulls(${table.edition}, ${table.basicListEdition}, ${table.basicListItem}) in (0, 3)`,
    ),
    // Whoever is stopped is told where a person looks at the matter at once.
    check("agency_measure_desk", sql`(${table.decision} = 'first_stop') = (${table.humanDesk} is not null)`),
    check(
      "agency_measure_withdrawal",
      sql`num_nonnulls(${table.withdrawnBy}, ${table.withdrawnAt}, ${table.withdrawalReason}) in (0, 3)`,
    ),
  ],
);

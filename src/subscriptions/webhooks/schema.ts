// Where agencies are told: their webhook endpoints with sealed keys, what goes there, and every attempt.
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
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { agency } from "../../agencies/schema.ts";
import { bytea, instant } from "../../platform/schema.ts";

export const endpointStates = ["enabled", "disabled", "removed"] as const;
/** `events_gone`: what the endpoint was not told yet is no longer kept. */
export const disablings = ["exhausted", "gone", "events_gone", "switched_off"] as const;
/** Only a test fails: what an agency is to be told stays pending, also while its endpoint is disabled. */
export const deliveryStates = ["pending", "delivered", "failed", "cancelled"] as const;
export const attemptOutcomes = [
  "delivered",
  "refused",
  "timeout",
  "unreachable",
  "tls",
  "name_unknown",
  "address_refused",
] as const;

export const webhookEndpoint = pgTable(
  "webhook_endpoint",
  {
    id: uuid("id").primaryKey(),
    agencyId: uuid("agency_id")
      .notNull()
      .references(() => agency.id),
    url: text("url").notNull(),
    description: text("description"),
    /** Null: every type, also one that comes later. */
    types: text("types").array(),
    state: text("state", { enum: endpointStates }).notNull().default("enabled"),
    disabledBy: text("disabled_by", { enum: disablings }),
    disabledAt: instant("disabled_at"),
    /** Events up to here were taken over as deliveries. */
    place: bigint("place", { mode: "number" }).notNull(),
    /** Attempts that failed since one succeeded; those that began before the pause ended count as one. */
    failures: integer("failures").notNull().default(0),
    /** Nothing is sent before. */
    pausedUntil: instant("paused_until"),
    /** Its last answer took long: it waits in the lane of those that fail. */
    isSlow: boolean("is_slow").notNull().default(false),
    lastDeliveredAt: instant("last_delivered_at"),
    version: integer("version").notNull().default(1),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    index("webhook_endpoint_agency").on(table.agencyId),
    check("webhook_endpoint_disabled", sql`(${table.state} = 'disabled') = (${table.disabledBy} is not null)`),
  ],
);

/** One row a generation of an endpoint's keys; the newest has no end, older ones sign until theirs. */
export const webhookKey = pgTable(
  "webhook_key",
  {
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => webhookEndpoint.id),
    generation: integer("generation").notNull(),
    /** The HMAC secret and the Ed25519 seed under AES-256-GCM. */
    sealed: bytea("sealed").notNull(),
    publicKey: bytea("public_key").notNull(),
    createdAt: instant("created_at").notNull(),
    endsAt: instant("ends_at"),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.generation] })],
);

export const webhookDelivery = pgTable(
  "webhook_delivery",
  {
    id: uuid("id").primaryKey(),
    /** The order of the log. */
    sequence: bigint("sequence", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => webhookEndpoint.id),
    /** The event's; null of a test. */
    position: bigint("position", { mode: "number" }),
    /** The event, copied: it is still to be delivered when the feed no longer keeps it. */
    eventId: uuid("event_id").notNull(),
    eventAt: instant("event_at").notNull(),
    type: text("type").notNull(),
    orderKey: text("order_key").notNull(),
    data: jsonb("data").$type<Record<string, string | null>>().notNull(),
    state: text("state", { enum: deliveryStates }).notNull().default("pending"),
    /** Since it became pending. */
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    /** Whoever sends it holds it until then; a process that was killed holds it no longer. */
    claim: uuid("claim"),
    claimedUntil: instant("claimed_until"),
    createdAt: instant("created_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    // An event is one delivery of an endpoint, however often it is taken over.
    uniqueIndex("webhook_delivery_event").on(table.endpointId, table.position),
    // What is sent next: the retries, then the rest in order.
    index("webhook_delivery_pending")
      .on(table.endpointId, table.attempts.desc(), table.position)
      .where(sql`${table.state} = 'pending'`),
    // Whether something earlier about the same thing is still to be delivered.
    index("webhook_delivery_order")
      .on(table.endpointId, table.orderKey, table.position)
      .where(sql`${table.state} = 'pending'`),
    index("webhook_delivery_claimed")
      .on(table.endpointId)
      .where(sql`${table.claim} is not null`),
    // The log of an endpoint, newest first.
    index("webhook_delivery_log").on(table.endpointId, table.sequence),
    // What is over is forgotten in the end.
    index("webhook_delivery_over")
      .on(table.endedAt)
      .where(sql`${table.endedAt} is not null`),
    check("webhook_delivery_ended", sql`(${table.state} = 'pending') = (${table.endedAt} is null)`),
    check("webhook_delivery_claim", sql`(${table.claim} is null) = (${table.claimedUntil} is null)`),
  ],
);

export const webhookAttempt = pgTable(
  "webhook_attempt",
  {
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => webhookDelivery.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    at: instant("at").notNull(),
    ms: integer("ms").notNull(),
    outcome: text("outcome", { enum: attemptOutcomes }).notNull(),
    /** Of the HTTP answer, where there was one. */
    status: integer("status"),
    /** How a text answer begins, without secrets and numbers. */
    reply: text("reply"),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
);

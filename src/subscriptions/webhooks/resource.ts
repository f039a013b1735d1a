// Endpoints and deliveries as their agency sees them: every member that leaves is named here.
import { type EventPlace, eventTypeNames, tokenOf } from "../../events/index.ts";
import { textField } from "../../courts/index.ts";
import { z } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { attemptOutcomes, deliveryStates, disablings } from "./schema.ts";
import type { AttemptRow, DeliveryRow } from "./delivery-queries.ts";
import type { EndpointRow, KeyRow } from "./endpoint-queries.ts";
import { formatPublicKey, formatSecret } from "./signature.ts";

const OVERLAP_HOURS_MAX = 168;

const operator = textField(100).openapi({ description: "The officer who acts" });
const settings = {
  url: z.string().max(2_000).openapi({ description: "https, public", example: "https://oa.example.gov.cn/shixin" }),
  description: textField(200).nullable(),
  types: z
    .array(z.enum(eventTypeNames))
    .min(1)
    .max(eventTypeNames.length)
    .nullable()
    .openapi({ description: "What is told; null for everything, also what is added later" }),
};

export const NewWebhook = z
  .strictObject({
    url: settings.url,
    description: settings.description.default(null),
    types: settings.types.default(null),
    operator,
  })
  .openapi("NewWebhook");

export const WebhookChange = z
  .strictObject({
    url: settings.url.optional(),
    description: settings.description.optional(),
    types: settings.types.optional(),
    operator,
  })
  .openapi("WebhookChange");

export const WebhookAct = z.strictObject({ operator }).openapi("WebhookAct");
export const SecretRotation = z
  .strictObject({
    operator,
    overlapHours: z.int().min(0).max(OVERLAP_HOURS_MAX).default(24).openapi({
      description: "For how long the old keys sign as well",
    }),
  })
  .openapi("SecretRotation");
export const WebhookEnabling = z
  .strictObject({
    operator,
    skipGone: z.boolean().default(false).openapi({ description: "Leave out what is no longer kept" }),
  })
  .openapi("WebhookEnabling");
export const WebhookReplay = z
  .strictObject({
    operator,
    after: z.string().min(1).max(200).openapi({ description: "A `resumeToken`, of the feed or of a delivery" }),
  })
  .openapi("WebhookReplay");

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    types: z.array(z.string()).nullable(),
    state: z.enum(["enabled", "disabled"]),
    disabledBy: z
      .enum(disablings)
      .nullable()
      .openapi({
        description:
          "`exhausted`: the last attempt of a delivery failed; `gone`: the endpoint answered 410; `events_gone`: it was " +
          "not told what is no longer kept; `switched_off`: by the agency",
      }),
    disabledAt: z.string().nullable(),
    waiting: z.int().openapi({ description: "Deliveries still to be made" }),
    failures: z.int().openapi({ description: "In a row" }),
    pausedUntil: z.string().nullable().openapi({ description: "Nothing is sent before, after failures" }),
    lastDeliveredAt: z.string().nullable(),
    publicKeys: z
      .array(z.object({ publicKey: z.string(), createdAt: z.string(), endsAt: z.string().nullable() }))
      .openapi({ description: "For `v1a`, the newest first; each signs until its end" }),
    createdAt: z.string(),
  })
  .openapi("Webhook");

export const WebhookWithSecret = Webhook.extend({
  secret: z.string().openapi({ description: "For `v1`; shown this once", example: "whsec_…" }),
}).openapi("WebhookWithSecret");

export const Delivery = z
  .object({
    id: z.string(),
    webhook: z.string(),
    event: z.string().openapi({ description: "The `webhook-id`, the same over all attempts" }),
    type: z.string(),
    state: z.enum(deliveryStates),
    nextAttemptAt: z.string().nullable(),
    createdAt: z.string(),
    endedAt: z.string().nullable(),
    resumeToken: z.string().nullable().openapi({ description: "Of the feed, after this event; null of a test" }),
    attempts: z.array(
      z.object({
        at: z.string(),
        ms: z.int(),
        outcome: z.enum(attemptOutcomes),
        status: z.int().nullable(),
        reply: z.string().nullable().openapi({
          description: "How a text answer began, at most 1 KiB, without secrets and identity numbers",
        }),
      }),
    ),
  })
  .openapi("Delivery");

const timeOf = (instant: Date | null) => (instant === null ? null : shanghaiTime(instant));

export function webhookView(row: EndpointRow, keys: readonly KeyRow[], waiting: number): z.infer<typeof Webhook> {
  return {
    id: publicId("whk", row.id),
    url: row.url,
    description: row.description,
    types: row.types,
    state: row.state === "enabled" ? "enabled" : "disabled",
    disabledBy: row.disabledBy,
    disabledAt: timeOf(row.disabledAt),
    waiting,
    failures: row.failures,
    pausedUntil: timeOf(row.pausedUntil),
    lastDeliveredAt: timeOf(row.lastDeliveredAt),
    publicKeys: keys.map(({ publicKey, createdAt, endsAt }) => ({
      publicKey: formatPublicKey(publicKey),
      createdAt: shanghaiTime(createdAt),
      endsAt: timeOf(endsAt),
    })),
    createdAt: shanghaiTime(row.createdAt),
  };
}

export function withSecret(view: z.infer<typeof Webhook>, secret: Buffer): z.infer<typeof WebhookWithSecret> {
  return { ...view, secret: formatSecret(secret) };
}

export function deliveryView(
  { cursorKey }: Pick<KeyRing, "cursorKey">,
  agencyId: string,
  row: DeliveryRow,
  attempts: readonly AttemptRow[],
): z.infer<typeof Delivery> {
  const place: EventPlace | null = row.position === null ? null : { position: row.position, eventId: row.eventId };
  return {
    id: publicId("dlv", row.id),
    webhook: publicId("whk", row.endpointId),
    event: publicId("evt", row.eventId),
    type: row.type,
    state: row.state,
    nextAttemptAt: row.state === "pending" ? shanghaiTime(row.nextAttemptAt) : null,
    createdAt: shanghaiTime(row.createdAt),
    endedAt: timeOf(row.endedAt),
    resumeToken: place && tokenOf(cursorKey, agencyId, place),
    attempts: attempts.map(({ at, ms, outcome, status, reply }) => ({
      at: shanghaiTime(at),
      ms,
      outcome,
      status,
      reply,
    })),
  };
}

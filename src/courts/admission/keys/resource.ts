// The keys of an agency as its liaison and the credit authority see them; the key itself only where it is issued.
import { type ApiKeyRow, consoleRoleOf, consoleRoles, ordinaryScopes, scopes } from "../../../agencies/index.ts";
import { z } from "../../../platform/http.ts";
import type { KeyRing } from "../../../platform/key-ring.ts";
import { shanghaiTime } from "../../../platform/time.ts";
import { textField } from "../../text-field.ts";

const NOTE_LENGTH_MAX = 100;
const REASON_LENGTH_MAX = 500;
const OVERLAP_MINUTES_MAX = 7 * 24 * 60;
const time = z.iso.datetime({ offset: true });
const reason = textField(REASON_LENGTH_MAX).openapi({ description: "For the audit trail" });

export const NewApiKey = z
  .strictObject({
    note: textField(NOTE_LENGTH_MAX).openapi({ description: "Which system it is for" }),
    scopes: z
      .array(z.enum(scopes))
      .min(1)
      .max(scopes.length)
      .default([...ordinaryScopes])
      .openapi({ description: "A liaison grants what an agency's system does all day; the credit authority any" }),
    expiresOn: z.iso.date().optional().openapi({ description: "The last day; without it, until it is revoked" }),
  })
  .openapi("NewApiKey");
export const KeyRoll = z
  .strictObject({
    overlapMinutes: z
      .int()
      .min(0)
      .max(OVERLAP_MINUTES_MAX)
      .default(24 * 60)
      .openapi({ description: "For how long the old key works as well; 0: not at all" }),
  })
  .openapi("KeyRoll");
export const KeyRevocation = z.strictObject({ reason }).openapi("KeyRevocation");

export const ApiKeyView = z
  .object({
    id: z.string().openapi({ description: "The public part of the key" }),
    prefix: z.string().openapi({ description: "How the key begins", example: "sx_live_0123456789" }),
    note: z.string().nullable(),
    scopes: z.array(z.string()),
    state: z.enum(["active", "expired", "revoked"]),
    console: z.enum(consoleRoles).nullable().openapi({
      description: "Whose pages ask through it; null of a key that the agency holds",
    }),
    expiresAt: time.nullable(),
    revokedAt: time.nullable(),
    createdAt: time,
    createdBy: z.string(),
  })
  .openapi("ApiKey");
export const IssuedKeyView = ApiKeyView.extend({
  key: z.string().openapi({ description: "Shown this once, and stored nowhere" }),
}).openapi("IssuedApiKey");

export function apiKeyView(ring: KeyRing, row: ApiKeyRow, now: Date): z.infer<typeof ApiKeyView> {
  const { id, agencyId, note, scopes, expiresAt, revokedAt, createdAt, createdBy } = row;
  const state = revokedAt !== null ? "revoked" : expiresAt !== null && expiresAt <= now ? "expired" : "active";
  return {
    id,
    prefix: `sx_live_${id}`,
    note,
    scopes,
    state,
    console: consoleRoleOf(ring, agencyId, id),
    expiresAt: expiresAt && shanghaiTime(expiresAt),
    revokedAt: revokedAt && shanghaiTime(revokedAt),
    createdAt: shanghaiTime(createdAt),
    createdBy,
  };
}

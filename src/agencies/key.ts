// The life of an API key: issued (shown once), rolled with an overlap, revoked at once.
import { appendAudit } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { digestOf, newApiKey } from "./api-key.ts";
import { type ApiKeyRow, findAgency, findKey, insertKey, setExpiry, setRevoked } from "./queries.ts";

export const scopes = [
  "checks:write",
  "checks:read",
  "sanctions:read",
  "sanctions:write",
  "events:read",
  "webhooks:write",
  "watches:write",
  "feeds:write",
  "audit:read",
  "portal:search",
] as const;
/** Of keys of the sandbox: the only scope that they have, and that no other key has. */
export const SANDBOX = "sandbox";
export type Scope = (typeof scopes)[number];

/** Granted by name: what is not an agency's daily work. */
const namedScopes: readonly Scope[] = ["feeds:write", "audit:read", "portal:search"];
/** What an agency's system does all day. */
export const ordinaryScopes: readonly Scope[] = scopes.filter((scope) => !namedScopes.includes(scope));

export type NewKey = {
  agencyId: string;
  scopes?: readonly Scope[] | undefined;
  /** True for a key that is answered from documented people, and opens nothing else. */
  sandbox?: boolean | undefined;
  note?: string | undefined;
  expiresAt?: Date | undefined;
};

/** Issues a key, by default with the scopes of an agency that asks. `key` exists only in this result. */
export async function issueKey(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  { agencyId, scopes: given = ordinaryScopes, sandbox = false, note, expiresAt }: NewKey,
): Promise<{ row: ApiKeyRow; key: string }> {
  if (!(await findAgency(tx, agencyId))) throw new AppError("not-found", { note: "no such agency" });
  const scopes = sandbox ? [SANDBOX] : [...given];
  const { id, key } = newApiKey(sandbox ? "test" : "live");
  const digest = digestOf(ring.credentialKey, key);
  const row = await insertKey(tx, { id, agencyId, digest, scopes, note, expiresAt, createdBy: actor });
  const detail = { agency: publicId("agy", agencyId), scopes };
  await appendAudit(tx, { actor, action: "key.issue", subject: id, detail });
  return { row, key };
}

/** Revokes a key: the next request that bears it is refused, in every process. */
export async function revokeKey(tx: Transaction, actor: string, id: string, reason: string): Promise<ApiKeyRow> {
  const revoked = await setRevoked(tx, id);
  if (!revoked) {
    if (!(await findKey(tx, id))) throw new AppError("not-found", { note: "no such key" });
    throw new AppError("conflict", { note: "the key is already revoked" });
  }
  await appendAudit(tx, { actor, action: "key.revoke", subject: id, reason });
  return revoked;
}

/** Issues a successor of the same agency and scopes, and lets the old key work for `overlapMinutes` more (0: not at all). */
export async function rollKey(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  id: string,
  overlapMinutes: number,
): Promise<{ row: ApiKeyRow; key: string }> {
  const old = await findKey(tx, id);
  if (!old) throw new AppError("not-found", { note: "no such key" });
  const ended =
    overlapMinutes === 0
      ? await setRevoked(tx, id)
      : await setExpiry(tx, id, new Date(Date.now() + overlapMinutes * 60_000));
  if (!ended) throw new AppError("conflict", { note: "the key is already revoked or ends sooner" });
  const { agencyId, note } = old;
  const sandbox = old.scopes.includes(SANDBOX);
  const kept = scopes.filter((scope) => old.scopes.includes(scope));
  const successor = await issueKey(tx, ring, actor, { agencyId, scopes: kept, sandbox, note: note ?? undefined });
  await appendAudit(tx, {
    actor,
    action: "key.roll",
    subject: id,
    detail: { successor: successor.row.id, overlapMinutes },
  });
  return successor;
}

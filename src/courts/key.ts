// The life of a court system's key: issued for a court with its scopes (shown once), revoked at once.
import { digestOf, newApiKey } from "../agencies/index.ts";
import { appendAudit } from "../audit/index.ts";
import type { Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import type { CourtScope } from "./access.ts";
import { findCourt } from "./court-queries.ts";
import { type CourtKeyRow, endCourtKey, findCourtKey, insertCourtKey } from "./key-queries.ts";

export type NewCourtKey = {
  court: string;
  scopes: readonly CourtScope[];
  note?: string | undefined;
  expiresAt?: Date | undefined;
};

/** `key` exists only in this result. */
export async function issueCourtKey(
  tx: Transaction,
  ring: KeyRing,
  actor: string,
  { court, scopes, note, expiresAt }: NewCourtKey,
): Promise<{ row: CourtKeyRow; key: string }> {
  if (scopes.length === 0) throw new AppError("validation", { faults: [{ pointer: "#/scopes", code: "too_few" }] });
  if (!(await findCourt(tx, court))) throw new AppError("not-found", { note: "no such court" });
  const { id, key } = newApiKey();
  const digest = digestOf(ring.credentialKey, key);
  const named = { id, courtCode: court, digest, scopes: [...new Set(scopes)], note, expiresAt, createdBy: actor };
  const row = await insertCourtKey(tx, named);
  await appendAudit(tx, { actor, action: "court_key.issue", subject: id, detail: { court, scopes: row.scopes } });
  return { row, key };
}

/** Revokes a key: the next request that bears it is refused. */
export async function revokeCourtKey(tx: Transaction, actor: string, id: string, reason: string): Promise<CourtKeyRow> {
  const revoked = await endCourtKey(tx, id);
  if (!revoked) {
    if (!(await findCourtKey(tx, id))) throw new AppError("not-found", { note: "no such key of a court" });
    throw new AppError("conflict", { note: "the key is already revoked" });
  }
  await appendAudit(tx, { actor, action: "court_key.revoke", subject: id, reason });
  return revoked;
}

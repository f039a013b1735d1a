// SQL on security keys and on the challenges that were used.
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../../platform/database.ts";
import { account, securityKey, usedChallenge } from "../../schema.ts";
import type { AccountRow } from "../session-queries.ts";

export type SecurityKeyRow = typeof securityKey.$inferSelect;

export async function listSecurityKeys(reader: Reader, accountId: string): Promise<SecurityKeyRow[]> {
  return reader.select().from(securityKey).where(eq(securityKey.accountId, accountId)).orderBy(asc(securityKey.id));
}

/** The account's key of that credential, at the host that it was made for. */
export async function findSecurityKey(
  reader: Reader,
  { accountId, credentialId, host }: { accountId: string; credentialId: Buffer; host: string },
): Promise<SecurityKeyRow | undefined> {
  const { accountId: owner, credentialId: credential, host: madeFor } = securityKey;
  const isIt = and(eq(owner, accountId), eq(credential, credentialId), eq(madeFor, host));
  const [found] = await reader.select().from(securityKey).where(isIt);
  return found;
}

/** No row where somebody has that credential. */
export async function insertSecurityKey(
  tx: Transaction,
  row: typeof securityKey.$inferInsert,
): Promise<SecurityKeyRow | undefined> {
  const target = { target: securityKey.credentialId };
  const [inserted] = await tx.insert(securityKey).values(row).onConflictDoNothing(target).returning();
  return inserted;
}

export async function deleteSecurityKey(
  tx: Transaction,
  accountId: string,
  id: string,
): Promise<SecurityKeyRow | undefined> {
  const [deleted] = await tx
    .delete(securityKey)
    .where(and(eq(securityKey.id, id), eq(securityKey.accountId, accountId)))
    .returning();
  return deleted;
}

export async function deleteSecurityKeys(tx: Transaction, accountId: string): Promise<void> {
  await tx.delete(securityKey).where(eq(securityKey.accountId, accountId));
}

/**
 * Moves the key's counter on, of an account whose password is still the one that was verified. False where it moved
 * meanwhile, which a copy of the key does too, or the account was disabled, reset or lost the key.
 */
export async function takeCounter(
  tx: Transaction,
  { id, passwordHash }: AccountRow,
  key: SecurityKeyRow,
  counter: number,
): Promise<boolean> {
  const [inForce] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, id), eq(account.passwordHash, passwordHash ?? ""), isNull(account.disabledAt)))
    .for("share");
  if (!inForce) return false;
  const taken = await tx
    .update(securityKey)
    .set({ counter, lastUsedAt: sql`now()` })
    .where(and(eq(securityKey.id, key.id), eq(securityKey.counter, key.counter)))
    .returning({ id: securityKey.id });
  return taken.length > 0;
}

/** Uses a challenge up; false when it was used before. Those that are too old to be taken anyway are forgotten. */
export async function takeChallenge(
  tx: Transaction,
  row: { digest: Buffer; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  await tx.delete(usedChallenge).where(lt(usedChallenge.expiresAt, now));
  return (await tx.insert(usedChallenge).values(row).onConflictDoNothing().returning()).length > 0;
}

// SQL on accounts and their recovery codes.
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { account, recoveryCode } from "../schema.ts";
import type { AccountRow } from "./session-queries.ts";

export type NewAccountRow = typeof account.$inferInsert;
export type AccountChange = Partial<Omit<NewAccountRow, "id" | "login" | "createdAt">>;

export async function insertAccount(tx: Transaction, row: NewAccountRow): Promise<AccountRow | undefined> {
  const [inserted] = await tx.insert(account).values(row).onConflictDoNothing({ target: account.login }).returning();
  return inserted;
}

export async function findAccount(reader: Reader, id: string): Promise<AccountRow | undefined> {
  const [found] = await reader.select().from(account).where(eq(account.id, id));
  return found;
}

/** The names behind these ids, disabled accounts among them. */
export async function listAccountNames(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { id, name } = account;
  const rows = await reader
    .select({ id, name })
    .from(account)
    .where(inArray(id, [...ids]));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The account, held against every other change until the transaction ends. */
export async function lockAccount(tx: Transaction, id: string): Promise<AccountRow | undefined> {
  const [found] = await tx.select().from(account).where(eq(account.id, id)).for("update");
  return found;
}

export async function findAccountByLogin(reader: Reader, login: string): Promise<AccountRow | undefined> {
  const [found] = await reader.select().from(account).where(eq(account.login, login));
  return found;
}

/** The account that a one-time code opens at this moment. */
export async function findEnrolling(reader: Reader, digest: Buffer): Promise<AccountRow | undefined> {
  const [found] = await reader
    .select()
    .from(account)
    .where(and(eq(account.enrolmentDigest, digest), isNull(account.disabledAt), stillHolds));
  return found;
}

const stillHolds = gt(account.enrolmentExpiresAt, sql`now()`);

/** Accounts of these courts by login, from `after` on. */
export async function listStaff(
  reader: Reader,
  courts: string[] | null,
  after: string | null,
  limit: number,
): Promise<AccountRow[]> {
  return reader
    .select()
    .from(account)
    .where(
      and(
        courts === null ? isNotNull(account.courtCode) : inArray(account.courtCode, courts),
        after === null ? undefined : gt(account.login, after),
      ),
    )
    .orderBy(asc(account.login))
    .limit(limit);
}

/** Far more than an agency has people. */
const AGENCY_ACCOUNTS_MAX = 1_000;

export async function listAgencyAccounts(reader: Reader, agencyId: string): Promise<AccountRow[]> {
  return reader
    .select()
    .from(account)
    .where(eq(account.agencyId, agencyId))
    .orderBy(asc(account.login))
    .limit(AGENCY_ACCOUNTS_MAX);
}

/** Changes an account that is in force; no row when it is disabled. */
export async function changeAccount(
  tx: Transaction,
  id: string,
  change: AccountChange,
): Promise<AccountRow | undefined> {
  const [changed] = await tx
    .update(account)
    .set(change)
    .where(and(eq(account.id, id), isNull(account.disabledAt)))
    .returning();
  return changed;
}

export async function disableAccountRow(tx: Transaction, id: string): Promise<AccountRow | undefined> {
  return changeAccount(tx, id, {
    disabledAt: new Date(),
    enrolmentDigest: null,
    enrolmentExpiresAt: null,
  });
}

export async function enableAccountRow(tx: Transaction, id: string): Promise<AccountRow | undefined> {
  const [enabled] = await tx
    .update(account)
    .set({ disabledAt: null })
    .where(and(eq(account.id, id), isNotNull(account.disabledAt)))
    .returning();
  return enabled;
}

/** Gives the account its factors for the code that `digest` is of; no row when that was used meanwhile. */
export async function setFactors(
  tx: Transaction,
  digest: Buffer,
  factors: { passwordHash: string; totpSecret: Buffer; totpStep: number },
): Promise<AccountRow | undefined> {
  const [enrolled] = await tx
    .update(account)
    .set({ ...factors, enrolmentDigest: null, enrolmentExpiresAt: null })
    .where(and(eq(account.enrolmentDigest, digest), isNull(account.disabledAt), stillHolds))
    .returning();
  return enrolled;
}

/**
 * Takes the code of `step` from an account whose password is still the one that was verified. False when that step, or
 * a later one, was taken meanwhile, or the account was disabled or reset.
 */
export async function takeTotpStep(tx: Transaction, { id, passwordHash }: AccountRow, step: number): Promise<boolean> {
  const taken = await tx
    .update(account)
    .set({ totpStep: step })
    .where(
      and(
        eq(account.id, id),
        eq(account.passwordHash, passwordHash ?? ""),
        isNull(account.disabledAt),
        or(isNull(account.totpStep), lt(account.totpStep, step)),
      ),
    )
    .returning({ id: account.id });
  return taken.length > 0;
}

/** Uses a recovery code of such an account up; false when it was used or there is none. */
export async function takeRecoveryCode(
  tx: Transaction,
  { id, passwordHash }: AccountRow,
  digest: Buffer,
): Promise<boolean> {
  const [inForce] = await tx
    .select({ id: account.id })
    .from(account)
    .where(and(eq(account.id, id), eq(account.passwordHash, passwordHash ?? ""), isNull(account.disabledAt)))
    .for("share");
  if (!inForce) return false;
  const taken = await tx
    .update(recoveryCode)
    .set({ usedAt: sql`now()` })
    .where(and(eq(recoveryCode.accountId, id), eq(recoveryCode.digest, digest), isNull(recoveryCode.usedAt)))
    .returning({ id: recoveryCode.accountId });
  return taken.length > 0;
}

/** Whether the account has this code unused. */
export async function findRecoveryCode(reader: Reader, accountId: string, digest: Buffer): Promise<boolean> {
  const found = await reader
    .select({ id: recoveryCode.accountId })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.accountId, accountId), eq(recoveryCode.digest, digest), isNull(recoveryCode.usedAt)));
  return found.length > 0;
}

export async function replaceRecoveryCodes(tx: Transaction, accountId: string, digests: Buffer[]): Promise<void> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.accountId, accountId));
  if (digests.length > 0) await tx.insert(recoveryCode).values(digests.map((digest) => ({ accountId, digest })));
}

// Signing in: password and second factor together, one answer for whatever was wrong, and the same work for every name.
import { appendAudit } from "../../audit/index.ts";
import type { Database, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newUuid, publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { findAccountByLogin, findRecoveryCode, takeRecoveryCode, takeTotpStep } from "./account-queries.ts";
import type { CountAttempt } from "./metrics.ts";
import { digestOfCode } from "./one-time-code.ts";
import type { PasswordHasher } from "./password.ts";
import { attemptOf, beginAttempt, endAttempt } from "./pause.ts";
import { type GivenAssertion, matchAssertion } from "./security-keys/assertion.ts";
import { type OpenedSession, openSession } from "./session.ts";
import type { AccountRow } from "./session-queries.ts";
import { isTotpCode, matchTotp, newTotpSecret, openTotpSecret } from "./totp.ts";

export type SignInDependencies = {
  db: Database;
  ring: KeyRing;
  hasher: PasswordHasher;
  now: () => Date;
  countAttempt: CountAttempt;
};
/** A code of the app or for recovery, or what a security key signed. */
export type SecondFactor = { code: string } | { assertion: GivenAssertion };
export type Credentials = { login: string; password: string } & SecondFactor;
/** Where a request comes from. */
export type Visitor = { address: string; userAgent: string };

/** Somebody who showed both factors; `take` uses the second up, and says whether it was still there. */
type Verified = { account: AccountRow; factor: Factor; take: (tx: Transaction) => Promise<boolean> };
type Factor = "totp" | "recovery_code" | "security_key";

/** What nobody has: computing with it for an unknown name costs what it does for a known one. */
const nobody = { id: newUuid(), secret: newTotpSecret() };

/**
 * Opens a session. `sign-in-failed` tells nothing about which of name, password and code was wrong; `sign-in-paused`
 * while failures pause the account at this address, the address, or the account.
 */
export async function signIn(
  dependencies: SignInDependencies,
  credentials: Credentials,
  visitor: Visitor,
): Promise<OpenedSession> {
  return withFactors(dependencies, credentials, visitor, async (tx, { account, factor }) => {
    return openSession(tx, account, { factor, userAgent: visitor.userAgent });
  });
}

/** Does `work` for whoever shows both factors, in the transaction that uses the second one up. */
export async function withFactors<T>(
  dependencies: SignInDependencies,
  credentials: Credentials,
  { address }: Visitor,
  work: (tx: Transaction, verified: Verified) => Promise<T>,
): Promise<T> {
  const { db, ring, countAttempt } = dependencies;
  const login = credentials.login.trim().toLowerCase();
  const attempt = attemptOf(ring.credentialKey, login, address);
  await beginAttempt(dependencies, attempt);
  const verified = await verifyFactors(dependencies, { ...credentials, login });
  const done = verified && (await db.transaction((tx) => workOnce(tx, verified, work)));
  if (!done) {
    countAttempt("refused");
    await db.transaction((tx) => recordRefusal(tx, verified?.account ?? null));
    throw new AppError("sign-in-failed");
  }
  countAttempt("accepted");
  await endAttempt(db, attempt);
  return done.result;
}

/** Null where another request took the code first, or the account was disabled or reset meanwhile. */
async function workOnce<T>(
  tx: Transaction,
  verified: Verified,
  work: (tx: Transaction, verified: Verified) => Promise<T>,
): Promise<{ result: T } | null> {
  return (await verified.take(tx)) ? { result: await work(tx, verified) } : null;
}

/** Every step is taken for every name, known or not: one password hash, the same of the second factor, the same statements. */
async function verifyFactors(
  dependencies: SignInDependencies,
  { login, password, ...second }: Credentials,
): Promise<Verified | null> {
  const { db, hasher } = dependencies;
  const account = (await findAccountByLogin(db, login)) ?? null;
  const isPassword = await hasher.verify(password, account?.passwordHash ?? hasher.nobody);
  const shown = await matchSecond(dependencies, account, second);
  // Without a password there is no second factor either (`account_factors`).
  const isInForce = account !== null && account.passwordHash !== null && account.disabledAt === null;
  return isInForce && isPassword && shown ? { account, ...shown } : null;
}

async function matchSecond(
  dependencies: SignInDependencies,
  account: AccountRow | null,
  second: SecondFactor,
): Promise<Omit<Verified, "account"> | null> {
  if ("code" in second) return matchCode(dependencies, account, second.code);
  const take = await matchAssertion(dependencies, account, second.assertion);
  return take && { factor: "security_key", take };
}

async function matchCode(
  { db, ring, now }: SignInDependencies,
  account: AccountRow | null,
  code: string,
): Promise<Omit<Verified, "account"> | null> {
  const secret = account?.totpSecret ? openTotpSecret(ring, account.id, account.totpSecret) : null;
  const step = matchTotp(secret ?? nobody.secret, code, now(), account?.totpStep ?? null);
  const digest = digestOfCode(ring.credentialKey, "recovery", code);
  const isRecoveryCode = await findRecoveryCode(db, account?.id ?? nobody.id, digest);
  if (!account || secret === null) return null;
  if (step !== null) return { factor: "totp", take: (tx) => takeTotpStep(tx, account, step) };
  if (!isRecoveryCode || isTotpCode(code)) return null;
  return { factor: "recovery_code", take: (tx) => takeRecoveryCode(tx, account, digest) };
}

/** The trail names the account, and nothing that was typed: a password is easily typed into the wrong field. */
async function recordRefusal(tx: Transaction, account: AccountRow | null): Promise<void> {
  const subject = account ? publicId("acc", account.id) : "unknown";
  await appendAudit(tx, { actor: "system:sign-in", action: "session.refuse", subject });
}

// The first sign-in: a one-time code from the administrator shows the second factor's secret and sets the password.
import { createHmac } from "node:crypto";
import { appendAudit } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { findEnrolling, replaceRecoveryCodes, setFactors } from "./account-queries.ts";
import { requirePassword } from "./new-password.ts";
import { digestOfCode, newRecoveryCodes } from "./one-time-code.ts";
import { attemptOf, beginAttempt, endAttempt } from "./pause.ts";
import { closeSession, type OpenedSession, openSession } from "./session.ts";
import type { AccountRow } from "./session-queries.ts";
import type { SignInDependencies, Visitor } from "./sign-in.ts";
import { base32, matchTotp, sealTotpSecret, TOTP_SECRET_BYTES, TOTP_STEP_SECONDS, totpCode, totpStep } from "./totp.ts";

export type Enrolment = { enrolmentCode: string; password: string; code: string };

/** The account behind a code, and the secret that its owner gives to an authenticator app. */
export async function readEnrolment(
  dependencies: SignInDependencies,
  enrolmentCode: string,
  visitor: Visitor,
): Promise<{ account: AccountRow; secret: Buffer }> {
  const { ring } = dependencies;
  const account = await enrolling(dependencies, enrolmentCode, visitor);
  return { account, secret: secretFor(ring, enrolmentCode) };
}

/**
 * Gives the account its factors and opens its first session. `enrolment-failed` where the code is not in force, or the
 * one-time code shows that the app does not have the secret; `validation` for a password that will not do.
 */
export async function completeEnrolment(
  dependencies: SignInDependencies,
  { enrolmentCode, password, code }: Enrolment,
  visitor: Visitor,
): Promise<OpenedSession & { recoveryCodes: string[] }> {
  const { db, ring, hasher, now } = dependencies;
  const account = await enrolling(dependencies, enrolmentCode, visitor);
  requirePassword("#/password", password, account);
  const secret = secretFor(ring, enrolmentCode);
  const totpStep = matchTotp(secret, code, now(), null);
  if (totpStep === null) return refuseEnrolment(dependencies, account);
  const factors = { passwordHash: await hasher.hash(password), totpSecret: sealTotpSecret(ring, account.id, secret) };
  const digest = digestOfCode(ring.credentialKey, "enrolment", enrolmentCode);
  return db.transaction(async (tx) => {
    const enrolled = await setFactors(tx, digest, { ...factors, totpStep });
    if (!enrolled) throw new AppError("enrolment-failed");
    const recoveryCodes = await renewRecoveryCodes(tx, ring, enrolled);
    const subject = publicId("acc", enrolled.id);
    await appendAudit(tx, { actor: `staff:${subject}`, action: "account.enrol", subject });
    const opened = await openSession(tx, enrolled, { factor: "enrolment", userAgent: visitor.userAgent });
    return { ...opened, recoveryCodes };
  });
}

/**
 * Enrols an account whose owner is the caller, as the demonstration's are. The code of the step before is used up, so that
 * the one of now still opens a session.
 */
export async function enrolAtOnce(
  dependencies: Omit<SignInDependencies, "now" | "countAttempt">,
  given: Omit<Enrolment, "code">,
): Promise<{ account: AccountRow; secret: string }> {
  const { db, ring } = dependencies;
  const now = new Date(Date.now() - TOTP_STEP_SECONDS * 1000);
  const secret = secretFor(ring, given.enrolmentCode);
  const code = totpCode(secret, totpStep(now));
  const visitor = { address: "", userAgent: "shixin" };
  const { account, session } = await completeEnrolment(
    { ...dependencies, now: () => now, countAttempt: () => {} },
    { ...given, code },
    visitor,
  );
  await db.transaction((tx) => closeSession(tx, account, session.id));
  return { account, secret: base32(secret) };
}

/** New codes for whoever loses the second factor; the old ones end. They exist only in this result. */
export async function renewRecoveryCodes(tx: Transaction, ring: KeyRing, { id }: AccountRow): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    tx,
    id,
    codes.map((code) => digestOfCode(ring.credentialKey, "recovery", code)),
  );
  return codes;
}

/** The account that the code is of; the attempt is counted, and a refusal is on record. */
async function enrolling(
  dependencies: SignInDependencies,
  enrolmentCode: string,
  { address }: Visitor,
): Promise<AccountRow> {
  const { db, ring, countAttempt } = dependencies;
  const attempt = attemptOf(ring.credentialKey, "enrolment", address);
  await beginAttempt(dependencies, attempt);
  const found = await findEnrolling(db, digestOfCode(ring.credentialKey, "enrolment", enrolmentCode));
  if (!found) return refuseEnrolment(dependencies, null);
  countAttempt("accepted");
  await endAttempt(db, attempt);
  return found;
}

async function refuseEnrolment({ db, countAttempt }: SignInDependencies, account: AccountRow | null): Promise<never> {
  countAttempt("refused");
  const subject = account ? publicId("acc", account.id) : "unknown";
  await db.transaction((tx) => appendAudit(tx, { actor: "system:sign-in", action: "enrolment.refuse", subject }));
  throw new AppError("enrolment-failed");
}

/** Made from the code, so that nothing is written before the app has it, and the page can be opened again. */
function secretFor({ credentialKey }: KeyRing, enrolmentCode: string): Buffer {
  const digest = digestOfCode(credentialKey, "enrolment", enrolmentCode);
  const mac = createHmac("sha256", credentialKey).update("totp secret\0").update(digest).digest();
  return mac.subarray(0, TOTP_SECRET_BYTES);
}

// What people change of their own account, each time showing both factors again: the password, the recovery codes.
import { appendAudit } from "../../audit/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { publicId } from "../../platform/id.ts";
import type { SignedIn } from "../door.ts";
import { changeAccount } from "./account-queries.ts";
import { renewRecoveryCodes } from "./enrolment.ts";
import { requirePassword } from "./new-password.ts";
import { type AccountRow, endSessions } from "./session-queries.ts";
import { type SecondFactor, type SignInDependencies, type Visitor, withFactors } from "./sign-in.ts";

type Factors = { password: string } & SecondFactor;

/** Sets another password and ends every other session of the account. */
export async function changePassword(
  dependencies: SignInDependencies,
  { account, session }: SignedIn,
  { newPassword, ...factors }: Factors & { newPassword: string },
  visitor: Visitor,
): Promise<void> {
  requirePassword("#/newPassword", newPassword, account);
  const passwordHash = await dependencies.hasher.hash(newPassword);
  await withFactors(dependencies, { login: account.login, ...factors }, visitor, async (tx) => {
    if (!(await changeAccount(tx, account.id, { passwordHash }))) throw new AppError("sign-in-failed");
    const sessions = await endSessions(tx, account.id, session.id);
    await audit(tx, account, "account.password", { sessions });
  });
}

/** Gives ten new recovery codes; the old ones end. They exist only in this result. */
export async function replaceOwnRecoveryCodes(
  dependencies: SignInDependencies,
  { account }: SignedIn,
  factors: Factors,
  visitor: Visitor,
): Promise<string[]> {
  return withFactors(dependencies, { login: account.login, ...factors }, visitor, async (tx) => {
    const codes = await renewRecoveryCodes(tx, dependencies.ring, account);
    await audit(tx, account, "account.recovery_codes");
    return codes;
  });
}

async function audit(tx: Transaction, { id }: AccountRow, action: string, detail: Record<string, unknown> = {}) {
  const subject = publicId("acc", id);
  await appendAudit(tx, { actor: `staff:${subject}`, action, subject, detail });
}

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
import type { SignInDependencies, Visitor } from "./sign-in.ts";
import { type BothFactors, type SteppedUp, stepUp } from "./step-up.ts";

/** Sets another password and ends every other session of the account. */
export async function changePassword(
  dependencies: SignInDependencies,
  signedIn: SignedIn,
  { newPassword, factors }: { newPassword: string; factors: BothFactors },
  visitor: Visitor,
): Promise<SteppedUp<void>> {
  const { account, session } = signedIn;
  requirePassword("#/newPassword", newPassword, account);
  const passwordHash = await dependencies.hasher.hash(newPassword);
  return stepUp(dependencies, signedIn, { factors, visitor }, async (tx) => {
    if (!(await changeAccount(tx, account.id, { passwordHash }))) throw new AppError("sign-in-failed");
    const sessions = await endSessions(tx, account.id, session.id);
    await audit(tx, account, "account.password", { sessions });
  });
}

/** Gives ten new recovery codes; the old ones end. They exist only in this result. */
export async function replaceOwnRecoveryCodes(
  dependencies: SignInDependencies,
  signedIn: SignedIn,
  factors: BothFactors,
  visitor: Visitor,
): Promise<SteppedUp<string[]>> {
  const { account } = signedIn;
  return stepUp(dependencies, signedIn, { factors, visitor }, async (tx) => {
    const codes = await renewRecoveryCodes(tx, dependencies.ring, account);
    await audit(tx, account, "account.recovery_codes");
    return codes;
  });
}

async function audit(tx: Transaction, { id }: AccountRow, action: string, detail: Record<string, unknown> = {}) {
  const subject = publicId("acc", id);
  await appendAudit(tx, { actor: `staff:${subject}`, action, subject, detail });
}

// A person's security keys: added and removed by showing both factors, and forgotten with them when an account is reset.
import { appendAudit } from "../../../audit/index.ts";
import { textFault } from "../../../identity/index.ts";
import type { Transaction } from "../../../platform/database.ts";
import { AppError } from "../../../platform/error.ts";
import { newUuid, publicId } from "../../../platform/id.ts";
import type { SignedIn } from "../../door.ts";
import { lockAccount } from "../account-queries.ts";
import type { AccountRow } from "../session-queries.ts";
import type { SignInDependencies, Visitor } from "../sign-in.ts";
import { type BothFactors, type SteppedUp, stepUp } from "../step-up.ts";
import { CHALLENGE_MS, digestOfChallenge } from "./challenge.ts";
import {
  deleteSecurityKey,
  insertSecurityKey,
  listSecurityKeys,
  type SecurityKeyRow,
  takeChallenge,
} from "./queries.ts";
import { type AttestationAnswer, type RelyingParty, verifyRegistration } from "./webauthn.ts";

/** One to carry, one in the safe, and some to spare. */
const KEYS_MAX = 5;

export type NewSecurityKey = { name: string; credential: AttestationAnswer };

/** `security-key-refused` for an answer that the key did not give here and now; `conflict` for a key that is known. */
export async function addSecurityKey(
  dependencies: SignInDependencies,
  signedIn: SignedIn,
  { factors, name, credential, party }: NewSecurityKey & { factors: BothFactors; party: RelyingParty },
  visitor: Visitor,
): Promise<SteppedUp<SecurityKeyRow>> {
  const { account } = signedIn;
  const fault = name.trim() === "" ? "too_short" : textFault(name);
  if (fault) throw new AppError("validation", { faults: [{ pointer: "#/name", code: fault }] });
  const { ring, now } = dependencies;
  const at = now();
  const use = { kind: "register" as const, accountId: account.id };
  const made = await verifyRegistration(credential, { credentialKey: ring.credentialKey, use, party, now: at });
  if (!made) throw new AppError("security-key-refused");
  const { challenge, ...columns } = made;
  return stepUp(dependencies, signedIn, { factors, visitor }, async (tx) => {
    // Two requests at once would both find room for one more.
    await lockAccount(tx, account.id);
    const used = { digest: digestOfChallenge(challenge), expiresAt: new Date(at.getTime() + CHALLENGE_MS) };
    if (!(await takeChallenge(tx, used, at))) throw new AppError("security-key-refused");
    if ((await listSecurityKeys(tx, account.id)).length >= KEYS_MAX)
      throw new AppError("conflict", { note: `an account has ${KEYS_MAX} keys at most` });
    const row = { ...columns, id: newUuid(), accountId: account.id, host: party.id, name: name.trim() };
    const inserted = await insertSecurityKey(tx, row);
    if (!inserted) throw new AppError("conflict", { note: "the key is known" });
    await audit(tx, account, "account.security_key.add", inserted);
    return inserted;
  });
}

export async function removeSecurityKey(
  dependencies: SignInDependencies,
  signedIn: SignedIn,
  { id, factors }: { id: string; factors: BothFactors },
  visitor: Visitor,
): Promise<SteppedUp<void>> {
  const { account } = signedIn;
  return stepUp(dependencies, signedIn, { factors, visitor }, async (tx) => {
    const removed = await deleteSecurityKey(tx, account.id, id);
    if (!removed) throw new AppError("not-found");
    await audit(tx, account, "account.security_key.remove", removed);
  });
}

async function audit(tx: Transaction, { id }: AccountRow, action: string, key: SecurityKeyRow): Promise<void> {
  const subject = publicId("acc", id);
  const detail = { key: publicId("hwk", key.id), name: key.name };
  await appendAudit(tx, { actor: `staff:${subject}`, action, subject, detail });
}

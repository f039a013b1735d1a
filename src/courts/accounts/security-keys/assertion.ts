// A security key as the second factor of a sign-in: whose it is, what it signed, and that each signature opens once.
import { generateKeyPairSync } from "node:crypto";
import type { Database, Transaction } from "../../../platform/database.ts";
import type { KeyRing } from "../../../platform/key-ring.ts";
import type { AccountRow } from "../session-queries.ts";
import { CHALLENGE_MS, digestOfChallenge } from "./challenge.ts";
import { findSecurityKey, type SecurityKeyRow, takeChallenge, takeCounter } from "./queries.ts";
import { type AssertionAnswer, type RelyingParty, verifyAssertion } from "./webauthn.ts";

/** What a browser answered, and to which service. */
export type GivenAssertion = { answer: AssertionAnswer; party: RelyingParty };

/**
 * How to use the signature up, or null where it is none of this account's. For an unknown name, or one without this key,
 * a key that nobody has is asked, at the same cost.
 */
export async function matchAssertion(
  { db, ring, now }: { db: Database; ring: KeyRing; now: () => Date },
  account: AccountRow | null,
  { answer, party }: GivenAssertion,
): Promise<((tx: Transaction) => Promise<boolean>) | null> {
  const credentialId = Buffer.from(answer.id, "base64url");
  const accountId = account?.id ?? NOBODY_ID;
  const key = await findSecurityKey(db, { accountId, credentialId, host: party.id });
  const at = now();
  const expected = { credentialKey: ring.credentialKey, use: { kind: "sign_in" as const }, party, now: at };
  const signed = await verifyAssertion(answer, key ?? nobodysKey, expected);
  if (!account || !key || !signed) return null;
  return async (tx) => {
    const used = { digest: digestOfChallenge(signed.challenge), expiresAt: new Date(at.getTime() + CHALLENGE_MS) };
    return (await takeChallenge(tx, used, at)) && takeCounter(tx, account, key, signed.counter);
  };
}

const NOBODY_ID = "00000000-0000-0000-0000-000000000000";
const nobodysKey: Pick<SecurityKeyRow, "publicKey" | "counter"> = { publicKey: coseKeyOfNobody(), counter: 0 };

/** An ES256 key in COSE (RFC 9053 §7.1.1), whose private half is forgotten. */
function coseKeyOfNobody(): Buffer {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const head = Buffer.from("a5010203262001215820", "hex");
  return Buffer.concat([head, Buffer.from(x, "base64url"), Buffer.from("225820", "hex"), Buffer.from(y, "base64url")]);
}

// What a security key is asked to sign: random, good for minutes and for one use, and recognised without having been kept.
import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";

const MINUTES = 5;
const TIME_BYTES = 6;
const RANDOM_BYTES = 16;
const MAC_BYTES = 32;

export const CHALLENGE_MS = MINUTES * 60_000;

/** What a challenge is for: a signature for one opens nothing of the other. */
export type ChallengeUse = { kind: "sign_in" } | { kind: "register"; accountId: string };

/** In base64url, as browsers take it. Nothing is written for it, so nobody can fill a table by asking. */
export function newChallenge(credentialKey: KeyObject, use: ChallengeUse, now: Date): string {
  const body = Buffer.concat([Buffer.alloc(TIME_BYTES), randomBytes(RANDOM_BYTES)]);
  body.writeUIntBE(now.getTime() + CHALLENGE_MS, 0, TIME_BYTES);
  return Buffer.concat([body, macOf(credentialKey, use, body)]).toString("base64url");
}

/** Whether it is one of ours, for this use, and not too old. */
export function isChallenge(credentialKey: KeyObject, use: ChallengeUse, given: string, now: Date): boolean {
  const bytes = Buffer.from(given, "base64url");
  if (bytes.length !== TIME_BYTES + RANDOM_BYTES + MAC_BYTES) return false;
  const body = bytes.subarray(0, -MAC_BYTES);
  const expected = macOf(credentialKey, use, body);
  return timingSafeEqual(expected, bytes.subarray(-MAC_BYTES)) && body.readUIntBE(0, TIME_BYTES) > now.getTime();
}

/** What is kept of a challenge that was used. */
export function digestOfChallenge(challenge: string): Buffer {
  return createHash("sha256").update(Buffer.from(challenge, "base64url")).digest();
}

function macOf(credentialKey: KeyObject, use: ChallengeUse, body: Buffer): Buffer {
  const name = use.kind === "sign_in" ? use.kind : `${use.kind} ${use.accountId}`;
  return createHmac("sha256", credentialKey).update(`security key challenge\0${name}\0`).update(body).digest();
}

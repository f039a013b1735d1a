// WebAuthn Level 3 as far as a second factor needs it: what browsers are asked, and what of their answers is believed.
import { type KeyObject, randomBytes } from "node:crypto";
import type { WebAuthnCredential } from "@simplewebauthn/server";
import type { AccountRow } from "../session-queries.ts";
import { CHALLENGE_MS, type ChallengeUse, isChallenge, newChallenge } from "./challenge.ts";
import type { SecurityKeyRow } from "./queries.ts";

/** Read with the first answer of a key: it would be an eighth of every start and of every command. */
const library = () => import("@simplewebauthn/server");

/** The service as the browser knows it: a signature is bound to the origin of the page and to the host. */
export type RelyingParty = { origin: string; id: string };
type Answer<Response> = { id: string; rawId: string; type: "public-key"; response: Response };
/** What is read of a browser's answers; whatever else they hold stays unread. */
export type AttestationAnswer = Answer<{ clientDataJSON: string; attestationObject: string }>;
export type AssertionAnswer = Answer<{ clientDataJSON: string; authenticatorData: string; signature: string }>;

/** EdDSA, ES256 and RS256 (COSE): what keys on the market sign with. */
const ALGORITHMS = [-8, -7, -257];
const USER_HANDLE_BYTES = 32;

export function relyingPartyOf(address: string): RelyingParty {
  const { origin, hostname } = new URL(address);
  return { origin, id: hostname };
}

/**
 * What a browser passes to `navigator.credentials.create`. The key keeps the credential itself, so that signing in asks
 * for no name first: a list of somebody's keys would tell who has an account. Which make it is, is nobody's business.
 */
export function creationOptions(
  credentialKey: KeyObject,
  { id: accountId, login, name }: AccountRow,
  { party, known, now }: { party: RelyingParty; known: readonly SecurityKeyRow[]; now: Date },
) {
  return {
    rp: { id: party.id, name: "失信被执行人名单平台" },
    user: { id: randomBytes(USER_HANDLE_BYTES).toString("base64url"), name: login, displayName: name },
    challenge: newChallenge(credentialKey, { kind: "register", accountId }, now),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key" as const, alg })),
    timeout: CHALLENGE_MS,
    excludeCredentials: known.map(({ credentialId }) => ({
      type: "public-key" as const,
      id: credentialId.toString("base64url"),
    })),
    authenticatorSelection: {
      residentKey: "required" as const,
      requireResidentKey: true,
      userVerification: VERIFICATION,
    },
    attestation: "none" as const,
  };
}

/** Beside a password the key shows possession; whether it also asks for a finger or a PIN is its owner's matter. */
const VERIFICATION = "preferred" as const;

/** What a browser passes to `navigator.credentials.get`. */
export function requestOptions(credentialKey: KeyObject, { id }: RelyingParty, now: Date) {
  const challenge = newChallenge(credentialKey, { kind: "sign_in" }, now);
  return { challenge, rpId: id, timeout: CHALLENGE_MS, allowCredentials: [], userVerification: VERIFICATION };
}

type Expected = { credentialKey: KeyObject; use: ChallengeUse; party: RelyingParty; now: Date };
export type NewCredential = { credentialId: Buffer; publicKey: Buffer; counter: number; challenge: string };

/** The credential that the answer makes known; null for an answer that is not to be believed. */
export async function verifyRegistration(answer: AttestationAnswer, expected: Expected): Promise<NewCredential | null> {
  const seen = challengeOf(expected);
  try {
    const { verified, registrationInfo } = await (
      await library()
    ).verifyRegistrationResponse({
      response: readable(answer),
      expectedChallenge: seen.isExpected,
      expectedOrigin: expected.party.origin,
      expectedRPID: expected.party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return {
      credentialId: Buffer.from(id, "base64url"),
      publicKey: Buffer.from(publicKey),
      counter,
      challenge: seen.challenge(),
    };
  } catch {
    // The library throws for whatever does not agree; what was sent is in its messages.
    return null;
  }
}

/** The key's counter, and the challenge that it signed; null for an answer that is not to be believed. */
export async function verifyAssertion(
  answer: AssertionAnswer,
  key: Pick<SecurityKeyRow, "publicKey" | "counter">,
  expected: Expected,
): Promise<{ counter: number; challenge: string } | null> {
  const seen = challengeOf(expected);
  const credential: WebAuthnCredential = {
    id: answer.id,
    publicKey: new Uint8Array(key.publicKey),
    counter: key.counter,
  };
  try {
    const { verified, authenticationInfo } = await (
      await library()
    ).verifyAuthenticationResponse({
      response: readable(answer),
      credential,
      expectedChallenge: seen.isExpected,
      expectedOrigin: expected.party.origin,
      expectedRPID: expected.party.id,
      requireUserVerification: false,
    });
    return verified ? { counter: authenticationInfo.newCounter, challenge: seen.challenge() } : null;
  } catch {
    return null;
  }
}

function readable<Response>({ id, rawId, type, response }: Answer<Response>) {
  return { id, rawId, type, response, clientExtensionResults: {} };
}

/** Judges the challenge that was signed, and remembers it. */
function challengeOf({ credentialKey, use, now }: Expected) {
  let seen = "";
  return {
    isExpected: (challenge: string): boolean => {
      seen = challenge;
      return isChallenge(credentialKey, use, challenge, now);
    },
    challenge: () => seen,
  };
}

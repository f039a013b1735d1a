// Who the log is: its origin, and the keys it signs with.
import type { KeyObject } from "node:crypto";
import { formatVerifierKey, signerKeyOf, type SignerKey, type VerifierKey, verifierKeyOf } from "./log/index.ts";

/** Of several signers the first is the newest; all of them sign, so that verifiers can be told of a new one in peace. */
export type LogIdentity = {
  origin: string;
  signers: readonly SignerKey[];
  /** Keys that sign no more; what they signed still holds. */
  retired: readonly VerifierKey[];
};

export function logIdentity(
  origin: string,
  keys: readonly KeyObject[],
  retiredKeys: readonly KeyObject[] = [],
): LogIdentity {
  const signersOf = (from: readonly KeyObject[]) => from.map((key) => signerKeyOf(origin, "ed25519", key));
  return { origin, signers: signersOf(keys), retired: signersOf(retiredKeys).map(verifierKeyOf) };
}

/** Every key that signed or signs this log. */
export function knownKeysOf({ signers, retired }: LogIdentity): VerifierKey[] {
  return [...signers.map(verifierKeyOf), ...retired];
}

/** What anybody verifies this log's checkpoints with, as text. */
export function verifierKeysOf({ signers }: LogIdentity): string[] {
  return signers.map((signer) => formatVerifierKey(verifierKeyOf(signer)));
}

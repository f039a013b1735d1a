// Who the log is: its origin, and the keys it signs with.
import type { KeyObject } from "node:crypto";
import { formatVerifierKey, signerKeyOf, type SignerKey, verifierKeyOf } from "./log/index.ts";

/** Of several signers the first is the newest; all of them sign, so that verifiers can be told of a new one in peace. */
export type LogIdentity = { origin: string; signers: readonly SignerKey[] };

export function logIdentity(origin: string, keys: readonly KeyObject[]): LogIdentity {
  return { origin, signers: keys.map((key) => signerKeyOf(origin, "ed25519", key)) };
}

/** What anybody verifies this log's checkpoints with, as text. */
export function verifierKeysOf({ signers }: LogIdentity): string[] {
  return signers.map((signer) => formatVerifierKey(verifierKeyOf(signer)));
}

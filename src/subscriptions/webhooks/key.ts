// An endpoint's keys at rest: sealed for their row, opened to sign.
import { open, seal } from "../../platform/envelope.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { newSigningKeys, publicKeyOf, type SigningKeys } from "./signature.ts";

type Generation = { endpointId: string; generation: number };
export type SealedKey = Generation & { sealed: Buffer };

const placeOf = ({ endpointId, generation }: Generation) => `webhook_key:${endpointId}:${generation}`;

/** New keys of an endpoint: the row that keeps them, and the secret that is shown once. */
export function newKey(ring: Pick<KeyRing, "dataKey">, place: Generation) {
  const keys = newSigningKeys();
  const text = JSON.stringify({ secret: keys.secret.toString("base64"), seed: keys.seed.toString("base64") });
  return {
    row: { ...place, sealed: seal(ring.dataKey, placeOf(place), text), publicKey: publicKeyOf(keys) },
    secret: keys.secret,
  };
}

export function openKey(ring: Pick<KeyRing, "dataKeys">, key: SealedKey): SigningKeys {
  const { secret, seed } = JSON.parse(open(ring.dataKeys, placeOf(key), key.sealed)) as Record<
    keyof SigningKeys,
    string
  >;
  return { secret: Buffer.from(secret, "base64"), seed: Buffer.from(seed, "base64") };
}

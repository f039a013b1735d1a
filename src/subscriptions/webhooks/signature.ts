// Signatures of webhooks as standardwebhooks.com has them: `v1` HMAC-SHA-256 and `v1a` Ed25519 over id, time and body.
import { createHmac, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from "node:crypto";

/** The specification takes 24 to 64 bytes. */
const SECRET_BYTES = 32;
const SEED_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 key in its DER forms (RFC 8410). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_HEAD_BYTES = 12;

/** Both keys of one generation, as raw bytes. */
export type SigningKeys = { secret: Buffer; seed: Buffer };

export function newSigningKeys(): SigningKeys {
  return { secret: randomBytes(SECRET_BYTES), seed: randomBytes(SEED_BYTES) };
}

/** How a receiver holds the HMAC secret. */
export function formatSecret(secret: Buffer): string {
  return `whsec_${secret.toString("base64")}`;
}

/** How a receiver holds the Ed25519 key. */
export function formatPublicKey(publicKey: Buffer): string {
  return `whpk_${publicKey.toString("base64")}`;
}

export function publicKeyOf({ seed }: Pick<SigningKeys, "seed">): Buffer {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: "der", type: "spki" });
  return spki.subarray(SPKI_HEAD_BYTES);
}

/** The `webhook-signature` header: every key signs, so that a receiver may hold the old or the new. */
export function signMessage(keys: readonly SigningKeys[], id: string, timestamp: number, body: string): string {
  const content = `${id}.${timestamp}.${body}`;
  const symmetric = keys.map(({ secret }) => `v1,${createHmac("sha256", secret).update(content).digest("base64")}`);
  const asymmetric = keys.map(
    ({ seed }) => `v1a,${sign(null, Buffer.from(content), privateKeyOf(seed)).toString("base64")}`,
  );
  return [...symmetric, ...asymmetric].join(" ");
}

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: "der", type: "pkcs8" });
}

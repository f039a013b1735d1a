// Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): by which a request says that it may be another's repetition.
// What a caller sends as a key may be anything, a number of somebody included, so only keyed digests of it are stored.
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { canonicalJson } from "../../audit/index.ts";
import { AppError } from "../../platform/error.ts";
import type { KeyRing } from "../../platform/key-ring.ts";

export const IDEMPOTENCY_KEY = "Idempotency-Key";
/** Marks an answer that was given before. */
export const REPLAYED = { "Idempotency-Replayed": "true" };
/** A key may be sent again for so long; what is older is swept. */
export const KEPT_HOURS = 24;

/** Whose key it is, and for which operation: the same key elsewhere is another. */
export type KeyPlace = { owner: string; operation: string; key: string };
/** What is stored of a key and of what was sent under it. */
export type KeyedRequest = { digest: string; fingerprint: string };

/** The key in a field of the request, quoted as the draft has it or bare; null without the field. */
export function readIdempotencyKey(field: string | undefined): string | null {
  if (field === undefined) return null;
  const [, quoted, bare] = /^(?:"([\w-]{16,128})"|([\w-]{16,128}))$/.exec(field) ?? [];
  const key = quoted ?? bare;
  if (key === undefined) throw new AppError("malformed-idempotency-key");
  return key;
}

/** `content` is everything that must be the same when the request comes again; how its JSON is spelt is not. */
export function keyedRequest(ring: Pick<KeyRing, "credentialKey">, place: KeyPlace, content: unknown): KeyedRequest {
  return {
    digest: uuidOfDigest(hmac(ring.credentialKey, "key", ...partsOf(place))),
    fingerprint: uuidOfDigest(hmac(ring.credentialKey, "content", textOf(content))),
  };
}

/** Seals what is kept for a key: whoever has the database and the ring, and not the key, cannot open it. */
export function sealingKey(ring: Pick<KeyRing, "credentialKey">, place: KeyPlace): KeyObject {
  return createSecretKey(hmac(ring.credentialKey, "seal", ...partsOf(place)));
}

function partsOf({ owner, operation, key }: KeyPlace): string[] {
  return [owner, operation, key];
}

function hmac(key: KeyObject, ...parts: string[]): Buffer {
  return createHmac("sha256", key)
    .update(["shixin idempotency v1", ...parts].join("\0"))
    .digest();
}

/** The first 16 bytes: of random requests none will ever share them. */
function uuidOfDigest(digest: Buffer): string {
  return digest.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What no canonical form exists for (a lone surrogate, a number beyond a double) is compared as it parses. */
function textOf(content: unknown): string {
  try {
    return canonicalJson(content as Parameters<typeof canonicalJson>[0]);
  } catch {
    return JSON.stringify(content);
  }
}

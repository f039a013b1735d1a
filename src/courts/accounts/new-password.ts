// What a new password must be (ASVS 5.0 §6.2, NIST SP 800-63B): long, and not one that guessers try; composed as one likes.
import { AppError, type FieldFault } from "../../platform/error.ts";
import { isGuessable } from "./guessable-password.ts";

const CHARACTERS_MIN = 12;
/** Long enough for every sentence; what is longer is not hashed. */
const CHARACTERS_MAX = 256;

/** Refuses a password for this account (`validation`); its own words are common ones. */
export function requirePassword(pointer: string, password: string, account: { login: string; name: string }): void {
  const code = faultOf(password, account);
  if (code) throw new AppError("validation", { faults: [{ pointer, code }] });
}

function faultOf(password: string, { login, name }: { login: string; name: string }): FieldFault["code"] | null {
  const { length } = Array.from(password);
  if (length < CHARACTERS_MIN) return "password_too_short";
  if (length > CHARACTERS_MAX) return "too_long";
  return isGuessable(password, [login, ...login.split(/[._-]/), name]) ? "password_too_common" : null;
}

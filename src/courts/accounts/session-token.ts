// What a browser holds of a session: a random token in a cookie, and a second one that only our own pages can send back.
import { createHash, createHmac, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";

const TOKEN_BYTES = 32;
/** `__Host-` binds it to this host, to HTTPS and to no path (RFC 6265bis §4.1.3.2). */
export const SESSION_COOKIE = "__Host-sid";

export function newSessionToken(): { token: string; digest: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return { token, digest: digestOfToken(token) };
}

/** What the database knows a token by: a fast digest is right for 256 random bits. */
export function digestOfToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The value of `Set-Cookie` that gives the token to the browser; Lax, so that a link from outside finds one signed in. */
export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`;
}

/** The value of `Set-Cookie` that takes it away. */
export function noSessionCookie(): string {
  return `${SESSION_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`;
}

/** The token in a Cookie header, or null. */
export function tokenIn(cookies: string | undefined): string | null {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value = ""] = pair.trim().split("=");
    if (name === SESSION_COOKIE && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** The token that forms and scripts of ours send with every act of this session (OWASP: signed, bound to the session). */
export function csrfTokenOf(credentialKey: KeyObject, sessionId: string): string {
  return createHmac("sha256", credentialKey).update(`csrf ${sessionId}`).digest("base64url");
}

export function isCsrfToken(credentialKey: KeyObject, sessionId: string, given: string | undefined): boolean {
  const expected = Buffer.from(csrfTokenOf(credentialKey, sessionId));
  const actual = Buffer.from(given ?? "");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/**
 * Whether a browser says that one of our own pages sent the request. One that says nothing (no browser, or one without
 * Fetch Metadata on a request without Origin) is left to the token.
 */
export function isFromOwnPage(headers: {
  fetchSite: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}): boolean {
  const { fetchSite, origin, host } = headers;
  if (fetchSite !== undefined) return fetchSite === "same-origin";
  if (origin === undefined) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

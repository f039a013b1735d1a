// The door of every operation for courts: from a session cookie or a court system's key to the actor, or a refusal.
import { digestOf, isApiKey } from "../agencies/index.ts";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import type { Guard, RequestContext } from "../platform/http.ts";
import { publicId, uuidOf } from "../platform/id.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { rolesIn, scopeIn, type Security } from "./access.ts";
import { findAccount } from "./accounts/account-queries.ts";
import { type AccountRow, findSession, type SessionRow, touchSession } from "./accounts/session-queries.ts";
import { digestOfToken, isCsrfToken, isFromOwnPage, tokenIn } from "./accounts/session-token.ts";
import type { CourtActor } from "./actor.ts";
import { staffRoles } from "./authority.ts";
import { findCourtCredential } from "./key-queries.ts";

/** Who is signed in, in which session. */
export type SignedIn = { account: AccountRow; session: SessionRow };
/** What the door reads of the description of an operation. */
type Guarded = { method: string; security: Security };
type Header = (name: string) => string | undefined;

export type Door = {
  /** For an operation whose `security` is `forCourt(…)`: `c.var.actor` is whoever acts. */
  requireCourt: (operation: Guarded) => Guard<{ actor: CourtActor }>;
  /** The same where others than courts are let in too. */
  courtActor: (c: Pick<RequestContext, "req">, operation: Guarded) => Promise<CourtActor>;
  /** For what everybody may do who is signed in, at a court or an agency: `c.var.signedIn`. */
  requireSession: (operation: Guarded) => Guard<{ signedIn: SignedIn }>;
  /** The same where others than the signed-in are let in too. */
  sessionOf: (c: Pick<RequestContext, "req">, operation: Guarded) => Promise<SignedIn>;
};

/** A write per request would cost more than the request. */
const TOUCH_MS = 60_000;
const ON_BEHALF_OF = "on-behalf-of";
const CSRF_HEADER = "x-csrf-token";

export function createDoor({ db, ring }: { db: Database; ring: KeyRing }): Door {
  return {
    courtActor,
    requireCourt: (operation) => async (c, next) => {
      c.set("actor", await courtActor(c, operation));
      await next();
    },
    requireSession: (operation) => async (c, next) => {
      c.set("signedIn", await sessionOf(c, operation));
      await next();
    },
    sessionOf,
  };

  async function sessionOf({ req }: Pick<RequestContext, "req">, operation: Guarded): Promise<SignedIn> {
    return signedIn((name) => req.header(name), operation);
  }

  async function courtActor({ req }: Pick<RequestContext, "req">, operation: Guarded): Promise<CourtActor> {
    const header = (name: string) => req.header(name);
    return header("authorization") === undefined ? staffOf(header, operation) : systemOf(header, operation);
  }

  async function signedIn(header: Header, { method, security }: Guarded): Promise<SignedIn> {
    const roles = rolesIn(security);
    const token = tokenIn(header("cookie"));
    const found = roles && token !== null ? await findSession(db, digestOfToken(token)) : undefined;
    if (!roles || !found) throw unauthenticated();
    if (isUnsafe(method)) requireOwnPage(header, found.session.id);
    if (!roles.includes(found.account.role)) throw new AppError("authority");
    if (Date.now() - found.session.lastSeenAt.getTime() > TOUCH_MS)
      await db.transaction((tx) => touchSession(tx, found.session.id));
    return found;
  }

  async function staffOf(header: Header, operation: Guarded): Promise<CourtActor> {
    return staffActor((await signedIn(header, operation)).account);
  }

  /** A cookie goes along with requests of other sites too: the browser's word and our token say that it was ours. */
  function requireOwnPage(header: Header, sessionId: string): void {
    const origin = { fetchSite: header("sec-fetch-site"), origin: header("origin"), host: header("host") };
    if (!isFromOwnPage(origin) || !isCsrfToken(ring.credentialKey, sessionId, header(CSRF_HEADER)))
      throw new AppError("cross-site");
  }

  async function systemOf(header: Header, { method, security }: Guarded): Promise<CourtActor> {
    const scope = scopeIn(security);
    const [, key = ""] = /^Bearer (\S+)$/i.exec(header("authorization") ?? "") ?? [];
    if (scope === null || !isApiKey(key)) throw unauthenticated();
    const found = await findCourtCredential(db, digestOf(ring.credentialKey, key));
    if (!found) throw unauthenticated();
    if (!found.scopes.includes(scope)) throw new AppError("scope");
    const { id, court, name } = found;
    const person = isUnsafe(method) ? await colleague(court, header(ON_BEHALF_OF)) : null;
    return { kind: "court_system", id, name, court, role: "clerk", delegation: null, onBehalfOf: person };
  }

  /** Every act has a named person: the account at that court for whom its system acts. */
  async function colleague(court: string, given: string | undefined): Promise<string> {
    const id = uuidOf("acc", given ?? "");
    const found = id === null ? undefined : await findAccount(db, id);
    if (!found || found.disabledAt !== null || found.courtCode !== court) throw new AppError("person-not-named");
    return publicId("acc", found.id);
  }
}

/** The actor behind an account at a court; accounts of agencies act elsewhere. */
function staffActor(account: AccountRow): CourtActor {
  const { courtCode, delegatedFrom, delegatedUntil, name } = account;
  const role = staffRoles.find((known) => known === account.role);
  if (courtCode === null || role === undefined) throw new AppError("authority");
  const delegation =
    delegatedFrom === null || delegatedUntil === null ? null : { from: delegatedFrom, until: delegatedUntil };
  return { kind: "staff", id: publicId("acc", account.id), name, court: courtCode, role, delegation };
}

function unauthenticated(): AppError {
  return new AppError("unauthenticated", { headers: { "WWW-Authenticate": 'Bearer realm="shixin"' } });
}

function isUnsafe(method: string): boolean {
  return !["get", "head"].includes(method.toLowerCase());
}

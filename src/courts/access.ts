// Who may call an operation: stated once, in the `security` of its description, and read from there by the door.
import type { StaffRole } from "./authority.ts";
import { accountRoles } from "./schema.ts";

/** What a key of a court's case-management system may be issued for. */
export const courtScopes = [
  "listings:read",
  "listings:write",
  "objections:read",
  "objections:write",
  "clocks:read",
] as const;
export type CourtScope = (typeof courtScopes)[number];

/** Names of security schemes in the API document. */
export const STAFF_SESSION = "staffSession";
export const COURT_KEY = "courtKey";

export type Security = Record<string, string[]>[];

/**
 * The `security` of an operation for these roles and, with a scope, for court systems whose key has it. An operation that
 * takes no key names no scope: what needs a judge or the president is for people.
 *
 * @example
 * const getListing = createRoute({ operationId: "getListing", security: forCourt(courtReaders, "listings:read"), … });
 */
export function forCourt(roles: readonly StaffRole[], scope?: CourtScope): Security {
  return [{ [STAFF_SESSION]: [...roles] }, ...(scope === undefined ? [] : [{ [COURT_KEY]: [scope] }])];
}

/** The `security` of what everybody may do who is signed in, at a court or an agency. */
export const forEverybodySignedIn: Security = [{ [STAFF_SESSION]: [...accountRoles] }];

/** The `security` of what accounts of these roles may do, at courts and agencies alike. */
export function forSignedIn(roles: readonly (typeof accountRoles)[number][]): Security {
  return [{ [STAFF_SESSION]: [...roles] }];
}

/** The `security` of what whoever oversees agencies may see of all of them. */
export const forOverseers = forSignedIn(["credit_authority", "assessor"]);

/** Whoever works on the matters of a court. */
export const courtOfficers = ["clerk", "judge", "president"] as const;
/** The same, and who looks over their shoulder. */
export const courtReaders = [...courtOfficers, "auditor"] as const;

/** The roles that `security` lets in with a session, or null where sessions open nothing. */
export function rolesIn(security: Security): string[] | null {
  return security.find((choice) => STAFF_SESSION in choice)?.[STAFF_SESSION] ?? null;
}

/** The scope that `security` asks of a court system's key, or null where no such key opens it. */
export function scopeIn(security: Security): string | null {
  return security.find((choice) => COURT_KEY in choice)?.[COURT_KEY]?.[0] ?? null;
}

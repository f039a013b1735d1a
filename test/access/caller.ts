// Everybody who may come to the door: each role with a session, each kind of key with and without its scope, nobody.
import { issueKey, SANDBOX, type Scope, scopes } from "../../src/agencies/index.ts";
import { courtScopes, type Delegation, type StaffRole, staffRoles } from "../../src/courts/index.ts";
import { accountRoles } from "../../src/courts/schema.ts";
import { connectCourtSystem, signInAgencyStaff, signInStaff } from "../courts/staff.ts";
import type { TestService } from "../service.ts";
import type { Operation } from "./operation.ts";

export type Caller = {
  title: string;
  /** What a security requirement must name for this caller to pass: a scheme, and any of its names. */
  holds: { scheme: string; names: readonly string[] } | null;
  headers: Record<string, string>;
};

/** The court where callers work, a court beside it, and the court above both. */
export const COURTS = { own: "闽0203", other: "闽0206", higher: "闽02" };

export async function callersOf(service: TestService): Promise<Caller[]> {
  const staff = await Promise.all(staffRoles.map((role) => staffCaller(service, role, COURTS.own)));
  const agencyRoles = accountRoles.filter((role) => !staffRoles.some((known) => known === role));
  const agencyStaff = await Promise.all(
    agencyRoles.map(async (role): Promise<Caller> => {
      const headers = await signInAgencyStaff(service, role, service.agencyId);
      return { title: role, holds: { scheme: "staffSession", names: [role] }, headers };
    }),
  );
  const agencyKeys = await Promise.all(
    [...scopes.map((scope) => [scope]), [...scopes]].map((held) => agencyKey(service, held)),
  );
  const sandbox = await sandboxKey(service);
  const person = await signInStaff(service, "clerk", { court: COURTS.own });
  const courtKeys = await Promise.all(
    [...courtScopes.map((scope) => [scope]), [...courtScopes]].map(async (held): Promise<Caller> => {
      const headers = await connectCourtSystem(service, person, held);
      return { title: `a court system with ${held.join(" ")}`, holds: { scheme: "courtKey", names: held }, headers };
    }),
  );
  return [
    { title: "nobody", holds: null, headers: {} },
    {
      title: "a key that nobody was given",
      holds: null,
      headers: { Authorization: `Bearer ${service.key.slice(0, -1)}x` },
    },
    { title: "a session that nobody opened", holds: null, headers: { Cookie: `__Host-sid=${"A".repeat(43)}` } },
    ...staff,
    ...agencyStaff,
    ...agencyKeys,
    sandbox,
    ...courtKeys,
  ];
}

export async function staffCaller(
  service: TestService,
  role: StaffRole,
  court: string,
  delegation: Delegation | null = null,
): Promise<Caller> {
  const { headers } = await signInStaff(service, role, { court, delegation });
  return { title: `${role} at ${court}`, holds: { scheme: "staffSession", names: [role] }, headers };
}

async function agencyKey({ db, ring, agencyId }: TestService, held: Scope[]): Promise<Caller> {
  const { key } = await db.transaction((tx) => issueKey(tx, ring, "operator:test", { agencyId, scopes: held }));
  const headers = { Authorization: `Bearer ${key}` };
  return { title: `an agency's key with ${held.join(" ")}`, holds: { scheme: "apiKey", names: held }, headers };
}

async function sandboxKey({ db, ring, agencyId }: TestService): Promise<Caller> {
  const { key } = await db.transaction((tx) => issueKey(tx, ring, "operator:test", { agencyId, sandbox: true }));
  const headers = { Authorization: `Bearer ${key}` };
  return { title: "an agency's key of the sandbox", holds: { scheme: "apiKey", names: [SANDBOX] }, headers };
}

/** Whether the document lets this caller in. */
export function mayCall({ security }: Operation, { holds }: Caller): boolean {
  if (security.length === 0) return true;
  if (holds === null) return false;
  const isHeld = (name: string) => holds.names.includes(name);
  return security.some(({ [holds.scheme]: names }) => {
    // One of several roles, but every scope of a key.
    return names !== undefined && (holds.scheme === "apiKey" ? names.every(isHeld) : names.some(isHeld));
  });
}

// People and systems of courts, signed in, for tests that are about something else.
import { digestOf, newApiKey } from "../../src/agencies/index.ts";
import { insertCourtKey } from "../../src/courts/key-queries.ts";
import type { AccountRole } from "../../src/courts/accounts/role.ts";
import { insertSession } from "../../src/courts/accounts/session-queries.ts";
import { csrfTokenOf, newSessionToken, SESSION_COOKIE } from "../../src/courts/accounts/session-token.ts";
import type { CourtActor, CourtScope, Delegation, StaffRole } from "../../src/courts/index.ts";
import { account } from "../../src/courts/schema.ts";
import type { Connection } from "../../src/platform/database.ts";
import { newUuid, publicId } from "../../src/platform/id.ts";
import type { KeyRing } from "../../src/platform/key-ring.ts";

type Place = Pick<Connection, "db"> & { ring: KeyRing };
export type SignedInStaff = {
  actor: Extract<CourtActor, { kind: "staff" }>;
  /** What a request of this person carries. */
  headers: Record<string, string>;
};

/** An account of a court with an open session; `headers` go with `supertest.set`. */
export async function signInStaff(
  place: Place,
  role: StaffRole,
  { court = "闽0203", delegation = null }: { court?: string; delegation?: Delegation | null } = {},
): Promise<SignedInStaff> {
  const authority = delegation && {
    delegatedFrom: delegation.from,
    delegatedUntil: delegation.until,
    delegationDocument: "授权书（演示）1号",
  };
  const { id, name, headers } = await signInAs(place, { role, courtCode: court, ...authority });
  return { actor: { kind: "staff", id, name, court, role, delegation }, headers };
}

/** The headers of somebody with an account at an agency. */
export async function signInAgencyStaff(
  place: Place,
  role: AccountRole,
  agencyId: string,
): Promise<Record<string, string>> {
  return (await signInAs(place, { role, agencyId })).headers;
}

type Columns = Omit<typeof account.$inferInsert, "id" | "login" | "name">;

async function signInAs({ db, ring }: Place, columns: Columns) {
  const id = newUuid();
  const sessionId = newUuid();
  const name = `测试${columns.role}`;
  const { token, digest } = newSessionToken();
  await db.transaction(async (tx) => {
    await tx.insert(account).values({ id, login: `test-${id}`, name, ...columns });
    const expiresAt = new Date(Date.now() + 3_600_000);
    await insertSession(tx, { id: sessionId, accountId: id, digest, userAgent: "test", expiresAt });
  });
  const headers = {
    Cookie: `${SESSION_COOKIE}=${token}`,
    "X-CSRF-Token": csrfTokenOf(ring.credentialKey, sessionId),
  };
  return { id: publicId("acc", id), name, headers };
}

/** The headers of a court's case-management system that acts for `person`. */
export async function connectCourtSystem(
  { db, ring }: Place,
  person: SignedInStaff,
  scopes: readonly CourtScope[],
): Promise<Record<string, string>> {
  const { id, key } = newApiKey();
  const digest = digestOf(ring.credentialKey, key);
  const { court, id: accountId } = person.actor;
  await db.transaction((tx) =>
    insertCourtKey(tx, { id, courtCode: court, digest, scopes: [...scopes], createdBy: "operator:test" }),
  );
  return { Authorization: `Bearer ${key}`, "On-Behalf-Of": accountId };
}

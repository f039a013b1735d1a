// SQL on agencies, their purposes and keys.
import { and, asc, desc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { agency, agencyPurpose, apiKey } from "./schema.ts";

export type AgencyRow = typeof agency.$inferSelect;
export type NewAgencyRow = typeof agency.$inferInsert;
export type ApiKeyRow = typeof apiKey.$inferSelect;
export type NewApiKeyRow = typeof apiKey.$inferInsert;
export type PurposeRow = typeof agencyPurpose.$inferSelect;
export type NewPurposeRow = typeof agencyPurpose.$inferInsert;

/** Far more than an agency keeps. */
const KEYS_MAX = 500;

export async function insertAgency(tx: Transaction, row: NewAgencyRow): Promise<AgencyRow | undefined> {
  const [inserted] = await tx.insert(agency).values(row).onConflictDoNothing({ target: agency.name }).returning();
  return inserted;
}

/** By name, after `after`. */
export async function listAgencies(reader: Reader, after: string | null, limit: number): Promise<AgencyRow[]> {
  return reader
    .select()
    .from(agency)
    .where(after === null ? undefined : gt(agency.name, after))
    .orderBy(asc(agency.name))
    .limit(limit);
}

/** No row where there is no such agency. */
export async function setAgency(
  tx: Transaction,
  id: string,
  change: Partial<Omit<NewAgencyRow, "id" | "state">>,
): Promise<AgencyRow | undefined> {
  const [changed] = await tx.update(agency).set(change).where(eq(agency.id, id)).returning();
  return changed;
}

/** No row where the agency is in that state already. */
export async function setAgencyState(
  tx: Transaction,
  id: string,
  state: AgencyRow["state"],
): Promise<AgencyRow | undefined> {
  const [changed] = await tx
    .update(agency)
    .set({ state })
    .where(and(eq(agency.id, id), ne(agency.state, state)))
    .returning();
  return changed;
}

export async function upsertPurpose(tx: Transaction, row: NewPurposeRow): Promise<void> {
  const { validFrom, validUntil = null } = row;
  await tx
    .insert(agencyPurpose)
    .values(row)
    .onConflictDoUpdate({ target: [agencyPurpose.agencyId, agencyPurpose.purpose], set: { validFrom, validUntil } });
}

/** False where the agency has no such purpose. */
export async function deletePurpose(tx: Transaction, agencyId: string, purpose: string): Promise<boolean> {
  const deleted = await tx
    .delete(agencyPurpose)
    .where(and(eq(agencyPurpose.agencyId, agencyId), eq(agencyPurpose.purpose, purpose)))
    .returning({ purpose: agencyPurpose.purpose });
  return deleted.length > 0;
}

/** Of these agencies, by code. */
export async function listPurposesOf(reader: Reader, agencyIds: readonly string[]): Promise<PurposeRow[]> {
  return reader
    .select()
    .from(agencyPurpose)
    .where(inArray(agencyPurpose.agencyId, [...agencyIds]))
    .orderBy(asc(agencyPurpose.purpose));
}

export async function insertPurposes(tx: Transaction, rows: NewPurposeRow[]): Promise<void> {
  await tx.insert(agencyPurpose).values(rows);
}

export async function findAgency(reader: Reader, id: string): Promise<AgencyRow | undefined> {
  const [found] = await reader.select().from(agency).where(eq(agency.id, id));
  return found;
}

export async function findAgencyByName(reader: Reader, name: string): Promise<AgencyRow | undefined> {
  const [found] = await reader.select().from(agency).where(eq(agency.name, name));
  return found;
}

export async function hasAgencies(reader: Reader): Promise<boolean> {
  return (await reader.select({ id: agency.id }).from(agency).limit(1)).length > 0;
}

export async function insertKey(tx: Transaction, row: NewApiKeyRow): Promise<ApiKeyRow> {
  const [inserted] = await tx.insert(apiKey).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

/** No row where there is a key with this id. */
export async function insertKeyOnce(tx: Transaction, row: NewApiKeyRow): Promise<ApiKeyRow | undefined> {
  const [inserted] = await tx.insert(apiKey).values(row).onConflictDoNothing({ target: apiKey.id }).returning();
  return inserted;
}

/** Those of an agency, the newest first. */
export async function listKeys(reader: Reader, agencyId: string): Promise<ApiKeyRow[]> {
  return reader
    .select()
    .from(apiKey)
    .where(eq(apiKey.agencyId, agencyId))
    .orderBy(desc(apiKey.createdAt), apiKey.id)
    .limit(KEYS_MAX);
}

export async function findKeys(reader: Reader, ids: readonly string[]): Promise<ApiKeyRow[]> {
  return reader
    .select()
    .from(apiKey)
    .where(inArray(apiKey.id, [...ids]));
}

export async function findKey(reader: Reader, id: string): Promise<ApiKeyRow | undefined> {
  const [found] = await reader.select().from(apiKey).where(eq(apiKey.id, id));
  return found;
}

/** Sets the end of a key that has none yet, or a later one; no row when it was already revoked. */
export async function setRevoked(tx: Transaction, id: string): Promise<ApiKeyRow | undefined> {
  const [revoked] = await tx
    .update(apiKey)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
    .returning();
  return revoked;
}

export async function setExpiry(tx: Transaction, id: string, expiresAt: Date): Promise<ApiKeyRow | undefined> {
  const sooner = or(isNull(apiKey.expiresAt), sql`${apiKey.expiresAt} > ${expiresAt.toISOString()}`);
  const [updated] = await tx
    .update(apiKey)
    .set({ expiresAt })
    .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt), sooner))
    .returning();
  return updated;
}

export type Credential = { keyId: string; agencyId: string; scopes: string[]; purposes: string[] };

/** The key behind a digest with what it permits at this moment; none when it, or its agency, is out of force. */
export async function findCredential(reader: Reader, digest: Buffer): Promise<Credential | undefined> {
  const rows = await reader
    .select({ keyId: apiKey.id, agencyId: apiKey.agencyId, scopes: apiKey.scopes, purpose: agencyPurpose.purpose })
    .from(apiKey)
    .innerJoin(agency, and(eq(agency.id, apiKey.agencyId), eq(agency.state, "active")))
    .leftJoin(
      agencyPurpose,
      and(
        eq(agencyPurpose.agencyId, apiKey.agencyId),
        sql`current_date between ${agencyPurpose.validFrom} and coalesce(${agencyPurpose.validUntil}, 'infinity')`,
      ),
    )
    .where(
      and(
        eq(apiKey.digest, digest),
        isNull(apiKey.revokedAt),
        sql`${apiKey.notBefore} <= now() and coalesce(${apiKey.expiresAt}, 'infinity') > now()`,
        sql`current_date between coalesce(${agency.agreementFrom}, '-infinity') and coalesce(${agency.agreementUntil}, 'infinity')`,
      ),
    );
  const [first] = rows;
  if (!first) return undefined;
  const purposes = rows.flatMap(({ purpose }) => (purpose === null ? [] : [purpose]));
  return { keyId: first.keyId, agencyId: first.agencyId, scopes: first.scopes, purposes };
}

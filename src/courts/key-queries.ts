// SQL on the keys of court systems.
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { courtKey, courtName } from "./schema.ts";

export type CourtKeyRow = typeof courtKey.$inferSelect;
export type CourtCredential = { id: string; court: string; name: string; scopes: string[] };

export async function insertCourtKey(tx: Transaction, row: typeof courtKey.$inferInsert): Promise<CourtKeyRow> {
  const [inserted] = await tx.insert(courtKey).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

export async function findCourtKey(reader: Reader, id: string): Promise<CourtKeyRow | undefined> {
  const [found] = await reader.select().from(courtKey).where(eq(courtKey.id, id));
  return found;
}

/** Ends a key; no row when it was already revoked. */
export async function endCourtKey(tx: Transaction, id: string): Promise<CourtKeyRow | undefined> {
  const [revoked] = await tx
    .update(courtKey)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(courtKey.id, id), isNull(courtKey.revokedAt)))
    .returning();
  return revoked;
}

/** The key behind a digest, with the name of its court; none when it is out of force at this moment. */
export async function findCourtCredential(reader: Reader, digest: Buffer): Promise<CourtCredential | undefined> {
  const present = and(
    eq(courtName.courtCode, courtKey.courtCode),
    eq(courtName.isOfficial, true),
    isNull(courtName.validUntil),
  );
  const [found] = await reader
    .select({ id: courtKey.id, court: courtKey.courtCode, name: courtName.name, scopes: courtKey.scopes })
    .from(courtKey)
    .leftJoin(courtName, present)
    .where(
      and(
        eq(courtKey.digest, digest),
        isNull(courtKey.revokedAt),
        sql`coalesce(${courtKey.expiresAt}, 'infinity') > now()`,
      ),
    );
  return found && { ...found, name: found.name ?? found.court };
}

// The statements on listings that write or read one of them.
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { Listing } from "./content.ts";
import { listing, listingCourt } from "./schema.ts";

/** Those of which no period of the same natural key is live. */
export async function insertListings(tx: Transaction, rows: (typeof listing.$inferInsert)[]): Promise<Listing[]> {
  const target = { target: listing.naturalKey, where: sql`ended_at is null` };
  const courts = [...new Set(rows.map(({ courtCode, courtName }) => courtCode ?? courtName))];
  await tx
    .insert(listingCourt)
    .values(courts.map((court) => ({ court })))
    .onConflictDoNothing();
  return tx.insert(listing).values(rows).onConflictDoNothing(target).returning();
}

export async function findListing(reader: Reader, id: string): Promise<Listing | null> {
  const [found] = await reader.select().from(listing).where(eq(listing.id, id));
  return found ?? null;
}

/** Whether any source but `source` has listings. */
export async function hasListingsBeside(reader: Reader, source: string): Promise<boolean> {
  return (await reader.select({ id: listing.id }).from(listing).where(ne(listing.source, source)).limit(1)).length > 0;
}

/** Sets or clears the mark of a live listing; no row when nothing would change. */
export async function setUnderObjection(tx: Transaction, id: string, running: boolean): Promise<Listing | undefined> {
  const [changed] = await tx
    .update(listing)
    .set({ underObjection: running, version: sql`${listing.version} + 1` })
    .where(and(eq(listing.id, id), isNull(listing.endedAt), eq(listing.underObjection, !running)))
    .returning();
  return changed;
}

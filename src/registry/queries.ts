// The statements on subjects, documents and listings that write or read one of them.
import { and, eq, isNull, like, ne, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { Listing } from "./content.ts";
import { type Party, type PartyDocument, type PartyKeys, sealNumber } from "./party.ts";
import { listing, listingCourt, subject, subjectDocument } from "./schema.ts";

/** The subject of a party, made where it is new. Whoever writes the identity document first decides whose it is. */
export async function findOrInsertSubject(
  tx: Transaction,
  keys: PartyKeys,
  party: Party,
  source: string,
): Promise<string> {
  await insertDocument(tx, keys, party.identity, party.subjectId, source);
  const [found] = await tx
    .select({ id: subjectDocument.subjectId })
    .from(subjectDocument)
    .where(eq(subjectDocument.blindIndex, party.identity.blindIndex));
  const id = found?.id ?? party.subjectId;
  if (party.further) await insertDocument(tx, keys, party.further, id, source);
  await tx.insert(subject).values({ id, kind: party.kind }).onConflictDoNothing();
  return id;
}

async function insertDocument(
  tx: Transaction,
  keys: PartyKeys,
  document: PartyDocument,
  subjectId: string,
  source: string,
): Promise<void> {
  const { blindIndex, kind, masked } = document;
  const row = { blindIndex, subjectId, kind, masked, numberSealed: sealNumber(keys, document), source };
  await tx.insert(subjectDocument).values(row).onConflictDoNothing();
}

/** Null where a period of the same natural key is live. */
export async function insertListing(tx: Transaction, row: typeof listing.$inferInsert): Promise<Listing | null> {
  const target = { target: listing.naturalKey, where: sql`ended_at is null` };
  const [inserted] = await tx.insert(listing).values(row).onConflictDoNothing(target).returning();
  const court = row.courtCode ?? row.courtName;
  await tx.insert(listingCourt).values({ court }).onConflictDoNothing();
  return inserted ?? null;
}

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

/** Null where the listing has another version, or has ended otherwise than by a file. */
export async function setEnded(
  tx: Transaction,
  { id, version }: Listing,
  exit: Pick<Listing, "exitOperation" | "exitReason" | "endedBy">,
): Promise<Listing | null> {
  const [ended] = await tx
    .update(listing)
    .set({ ...exit, state: "ended", endedAt: sql`now()`, version: version + 1 })
    .where(
      and(
        eq(listing.id, id),
        eq(listing.version, version),
        or(isNull(listing.endedAt), like(listing.endedBy, "feed:%")),
      ),
    )
    .returning();
  return ended ?? null;
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

// The statements on what courts found of pairs of an asked document and a listing.
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import type { Listing } from "../content.ts";
import { exceptionWindow, listing, subject, subjectDocument } from "../schema.ts";
import { identityFinding } from "./schema.ts";

export type FindingRow = typeof identityFinding.$inferSelect;

/** The version of a published listing goes up with what answers say of it; null where no answer shows it. */
export async function countVersionUp(tx: Transaction, id: string): Promise<Listing | null> {
  const [updated] = await tx
    .update(listing)
    .set({ version: sql`${listing.version} + 1` })
    .where(and(eq(listing.id, id), eq(listing.state, "published")))
    .returning();
  return updated ?? null;
}

/** False where a finding of the pair stands. */
export async function insertFinding(tx: Transaction, row: typeof identityFinding.$inferInsert): Promise<boolean> {
  return (await tx.insert(identityFinding).values(row).onConflictDoNothing().returning()).length > 0;
}

/** No row where it stands no more. */
export async function endFinding(tx: Transaction, id: string, position: number): Promise<FindingRow | undefined> {
  const [ended] = await tx
    .update(identityFinding)
    .set({ untilPosition: position })
    .where(and(eq(identityFinding.id, id), isNull(identityFinding.untilPosition)))
    .returning();
  return ended;
}

/** The finding while it stands, locked. */
export async function lockFinding(tx: Transaction, id: string): Promise<FindingRow | undefined> {
  const standing = and(eq(identityFinding.id, id), isNull(identityFinding.untilPosition));
  const [found] = await tx.select().from(identityFinding).where(standing).for("update");
  return found;
}

/** What stands of the pair. */
export async function findStanding(
  reader: Reader,
  blindIndex: Buffer,
  listingId: string,
): Promise<FindingRow | undefined> {
  const { blindIndex: index, listingId: id, untilPosition } = identityFinding;
  const [found] = await reader
    .select()
    .from(identityFinding)
    .where(and(eq(index, blindIndex), eq(id, listingId), isNull(untilPosition)));
  return found;
}

/** Whose the number is. */
export async function findHolder(reader: Reader, blindIndex: Buffer): Promise<string | null> {
  const [found] = await reader
    .select({ id: subjectDocument.subjectId })
    .from(subjectDocument)
    .where(eq(subjectDocument.blindIndex, blindIndex));
  return found?.id ?? null;
}

/** Takes away the documents that came to a party by this source. */
export async function deleteDocuments(tx: Transaction, source: string): Promise<void> {
  await tx.delete(subjectDocument).where(eq(subjectDocument.source, source));
}

export async function listListingsOf(reader: Reader, subjectId: string): Promise<Listing[]> {
  return reader.select().from(listing).where(eq(listing.subjectId, subjectId));
}

export type Parting = {
  kind: "person" | "organisation";
  subjectId: string;
  listings: readonly Listing[];
  /** The documents that part came by this source, and belong to that one from now on. */
  documents: { from: string; to: string };
};

/** Makes a party of its own of documents and the listings that name them. */
export async function partDocuments(tx: Transaction, { kind, subjectId, listings, documents }: Parting): Promise<void> {
  const ids = listings.map(({ id }) => id);
  await tx.insert(subject).values({ id: subjectId, kind }).onConflictDoNothing();
  const { from, to: source } = documents;
  await tx.update(subjectDocument).set({ subjectId, source }).where(eq(subjectDocument.source, from));
  await tx.update(listing).set({ subjectId }).where(inArray(listing.id, ids));
  await tx.update(exceptionWindow).set({ subjectId }).where(inArray(exceptionWindow.listingId, ids));
}

// The statements on printed papers, and what of a listing stands in one.
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import type { Listing } from "../../registry/index.ts";
import { listing, proceeding, subjectDocument } from "../../registry/schema.ts";
import { paper } from "../schema.ts";

export type PaperRow = typeof paper.$inferSelect;

/** A listing with the document that its paper names, and the months of its term where it has one. */
export type Listed = { listing: Listing; documentKind: string; masked: string; termMonths: number | null };

/** Null where the court has printed another paper of this number, or the same one. */
export async function insertPaper(tx: Transaction, row: typeof paper.$inferInsert): Promise<PaperRow | null> {
  const [inserted] = await tx.insert(paper).values(row).onConflictDoNothing().returning();
  return inserted ?? null;
}

export async function findPaper(reader: Reader, court: string, number: string): Promise<PaperRow | null> {
  const [found] = await reader
    .select()
    .from(paper)
    .where(and(eq(paper.court, court), eq(paper.number, number)));
  return found ?? null;
}

/** In the order in which they were printed. */
export async function listPapers(reader: Reader, subject: string, courts: readonly string[] | null) {
  const visible = courts ? inArray(paper.court, [...courts]) : undefined;
  return reader
    .select()
    .from(paper)
    .where(and(eq(paper.subject, subject), visible))
    .orderBy(asc(paper.id));
}

export async function listPapersNamed(reader: Reader, ids: readonly string[]): Promise<PaperRow[]> {
  return reader
    .select()
    .from(paper)
    .where(inArray(paper.id, [...ids]));
}

export async function findListed(reader: Reader, id: string): Promise<Listed | null> {
  // The longer document is the one that papers name: a unified code, and not the organisation code within it.
  const rows = await reader
    .select({ listing, documentKind: subjectDocument.kind, masked: subjectDocument.masked, term: proceeding.term })
    .from(listing)
    .innerJoin(subjectDocument, eq(subjectDocument.subjectId, listing.subjectId))
    .leftJoin(proceeding, eq(proceeding.listingId, listing.id))
    .where(eq(listing.id, id));
  const [found] = rows.sort((one, other) => other.masked.length - one.masked.length);
  if (!found) return null;
  const { term, ...listed } = found;
  return { ...listed, termMonths: term?.kind === "fixed" ? term.months : null };
}

// The statements of a court's act: the case under its lock, what stands around the listing, and the write with its history.
import { and, desc, eq, inArray, lt, notLike, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { contentColumns, type Listing, type ListingContent } from "./content.ts";
import { listing, listingExit, listingSource, listingVersion, proceeding, subject, subjectDocument } from "./schema.ts";

export type Proceeding = typeof proceeding.$inferSelect;
export type ListingExit = typeof listingExit.$inferSelect;
export type Subject = typeof subject.$inferSelect;

/** A listing with what courts did about it. */
export type Case = { listing: Listing; proceeding: Proceeding | null; exit: ListingExit | null };

/** First key of the advisory locks on cases; any constant that nothing else uses. */
const CASE_LOCK = 7_305_127;

/**
 * Until the transaction's end nobody else acts on any listing of that case. What the law asks of one listing is often a
 * state of another, which no version of a row protects.
 */
export async function lockCase(tx: Transaction, caseNumber: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${CASE_LOCK}, hashtext(${caseNumber}))`);
}

export async function findCase(reader: Reader, id: string): Promise<Case | null> {
  const [found] = await reader
    .select({ listing, proceeding, exit: listingExit })
    .from(listing)
    .leftJoin(proceeding, eq(proceeding.listingId, listing.id))
    .leftJoin(listingExit, eq(listingExit.listingId, listing.id))
    .where(eq(listing.id, id));
  return found ?? null;
}

/** Null where the listing has another version. */
export async function updateListing(
  tx: Transaction,
  { id, version }: Listing,
  change: Partial<Listing>,
): Promise<Listing | null> {
  const [updated] = await tx
    .update(listing)
    .set({ ...change, version: version + 1 })
    .where(and(eq(listing.id, id), eq(listing.version, version)))
    .returning();
  return updated ?? null;
}

export async function insertVersion(tx: Transaction, before: Listing, content: ListingContent): Promise<void> {
  const { id: listingId, version, source, contentHash } = before;
  const values = contentColumns.map((key): [string, unknown] => [listing[key].name, content[key]]);
  const row = { listingId, version, source, contentHash, content: Object.fromEntries<unknown>(values) };
  await tx.insert(listingVersion).values(row);
}

/** The file that brought a listing goes on naming it, with the words it had. */
export async function nameAsFurtherSource(tx: Transaction, before: Listing): Promise<void> {
  const { id: listingId, source, contentHash, loadId } = before;
  if (loadId === null) return;
  await tx.insert(listingSource).values({ listingId, source, contentHash, loadId }).onConflictDoNothing();
}

/** The document that tells most about the party: it is part of the content hash. */
export async function readDocumentKind(reader: Reader, subjectId: string): Promise<string> {
  const [found] = await reader
    .select({ kind: subjectDocument.kind })
    .from(subjectDocument)
    .where(eq(subjectDocument.subjectId, subjectId))
    .orderBy(desc(sql`${subjectDocument.kind} = 'uscc'`), subjectDocument.kind)
    .limit(1);
  return found?.kind ?? "";
}

export async function findSubject(reader: Reader, id: string): Promise<Subject | null> {
  const [found] = await reader.select().from(subject).where(eq(subject.id, id));
  return found ?? null;
}

/** The other listing of a debtor in the same case: of a limit the dishonest one, and the other way round. */
function ofSameDebtor({ subjectId, caseNumber }: Listing, list: Listing["list"], states: Listing["state"][]) {
  return and(
    eq(listing.subjectId, subjectId),
    eq(listing.caseNumber, caseNumber),
    eq(listing.list, list),
    eq(listing.capacity, "debtor"),
    inArray(listing.state, states),
    // Said once more in the words of the two partial indexes.
    or(eq(listing.state, "published"), sql`state in ('draft', 'decided', 'grace')`),
  );
}

export async function isDebtorListed(reader: Reader, limit: Listing): Promise<boolean> {
  const same = ofSameDebtor(limit, "dishonest", ["decided", "grace", "published"]);
  return (await reader.select({ id: listing.id }).from(listing).where(same).limit(1)).length > 0;
}

/** The debtor's limit in the same case that is in one of these states. */
export async function findDebtorLimit(
  reader: Reader,
  dishonest: Listing,
  states: Listing["state"][],
): Promise<Listing | null> {
  const [found] = await reader
    .select()
    .from(listing)
    .where(ofSameDebtor(dishonest, "consumption_limit", states));
  return found ?? null;
}

/** The ended periods of the same natural key that were once decided; what a file ended says nothing of the law. */
export async function listEarlierPeriods(reader: Reader, { naturalKey }: Listing): Promise<Listing[]> {
  return reader
    .select()
    .from(listing)
    .where(
      and(
        eq(listing.naturalKey, naturalKey),
        sql`ended_at is not null`,
        eq(listing.state, "ended"),
        notLike(listing.endedBy, "feed:%"),
      ),
    );
}

/** Decided listings of a court whose term is over, the longest overdue first, from `after` on. */
export async function listTermsOver(
  reader: Reader,
  { today, after, limit }: { today: string; after: Listing | null; limit: number },
): Promise<Listing[]> {
  const { answersUntil, id } = listing;
  return reader
    .select()
    .from(listing)
    .where(
      and(
        // In the words of its partial index.
        sql`term_kind = 'fixed' and source = 'court' and state in ('decided', 'grace', 'published')`,
        lt(answersUntil, today),
        after === null ? undefined : sql`(${answersUntil}, ${id}) > (${after.answersUntil}::date, ${after.id}::uuid)`,
      ),
    )
    .orderBy(answersUntil, id)
    .limit(limit);
}

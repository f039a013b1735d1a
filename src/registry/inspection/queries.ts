// The statements of looking into listings: former versions, the sealed numbers of a party, and the search.
import { and, asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import type { Reader } from "../../platform/database.ts";
import type { Case } from "../act-queries.ts";
import type { Listing, ListingContent } from "../content.ts";
import { contentOf } from "../log-queries.ts";
import { listing, listingExit, listingVersion, proceeding, subjectDocument } from "../schema.ts";

export type VersionRow = Omit<typeof listingVersion.$inferSelect, "content"> & { content: ListingContent };

/** The former versions of a listing, the first one first. */
export async function listVersions(reader: Reader, listingId: string): Promise<VersionRow[]> {
  const rows = await reader
    .select()
    .from(listingVersion)
    .where(eq(listingVersion.listingId, listingId))
    .orderBy(asc(listingVersion.version));
  return rows.map((row) => ({ ...row, content: contentOf(row.content) }));
}

export type DocumentRow = typeof subjectDocument.$inferSelect;

export async function listDocuments(reader: Reader, subjectId: string): Promise<DocumentRow[]> {
  const { kind, masked } = subjectDocument;
  return reader.select().from(subjectDocument).where(eq(subjectDocument.subjectId, subjectId)).orderBy(kind, masked);
}

/** The parties that have one of these numbers. */
export async function findSubjects(reader: Reader, indexes: readonly Buffer[]): Promise<string[]> {
  const { subjectId, blindIndex } = subjectDocument;
  const rows = await reader
    .selectDistinct({ subjectId })
    .from(subjectDocument)
    .where(inArray(blindIndex, [...indexes]));
  return rows.map((row) => row.subjectId);
}

export type Sought = {
  /** Null: of every court. */
  courts: readonly string[] | null;
  list: Listing["list"] | undefined;
  /** In its normal form. */
  caseNumber: string | undefined;
  nameKeys: readonly string[] | undefined;
  subjectIds: readonly string[] | undefined;
};

/** Newest first. By party through the partial indexes of its states, otherwise through what the courts are competent for. */
export async function searchCases(reader: Reader, sought: Sought, limit: number): Promise<Case[]> {
  const { courts, list, caseNumber, nameKeys, subjectIds } = sought;
  const competent = sql`coalesce(${listing.competentCourt}, ${listing.courtCode})`;
  return reader
    .select({ listing, proceeding, exit: listingExit })
    .from(listing)
    .leftJoin(proceeding, eq(proceeding.listingId, listing.id))
    .leftJoin(listingExit, eq(listingExit.listingId, listing.id))
    .where(
      and(
        courts ? inArray(competent, [...courts]) : undefined,
        list ? eq(listing.list, list) : undefined,
        caseNumber === undefined ? undefined : eq(listing.caseNumber, caseNumber),
        nameKeys ? sql`${listing.nameKeys} && ${sql.param([...nameKeys])}::text[]` : undefined,
        subjectIds
          ? and(
              inArray(listing.subjectId, [...subjectIds]),
              // In the words of the three indexes.
              or(
                sql`${listing.state} = 'published'`,
                sql`${listing.state} in ('draft', 'decided', 'grace')`,
                sql`${listing.state} = 'ended'`,
              ),
            )
          : undefined,
      ),
    )
    .orderBy(desc(listing.id))
    .limit(limit);
}

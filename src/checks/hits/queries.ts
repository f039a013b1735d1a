// SQL on hits as courts read them: who was shown their listings, without anything of the agency's matter.
import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import type { Reader } from "../../platform/database.ts";
import { listing } from "../../registry/schema.ts";
import { hit } from "../schema.ts";

const shown = {
  listingId: hit.listingId,
  checkId: hit.checkId,
  agencyId: hit.agencyId,
  agency: agency.name,
  purpose: hit.purpose,
  grade: hit.grade,
  checkedAt: hit.checkedAt,
};

export type HitRow = {
  listingId: string;
  checkId: string;
  agencyId: string;
  agency: string;
  purpose: string;
  grade: "exact" | "conflict" | "probable";
  checkedAt: Date;
};

/** The hits of one listing before `before` (the id of a check), newest first. */
export async function listHitsOfListing(
  reader: Reader,
  listingId: string,
  before: string | null,
  limit: number,
): Promise<HitRow[]> {
  return reader
    .select(shown)
    .from(hit)
    .innerJoin(agency, eq(agency.id, hit.agencyId))
    .where(and(eq(hit.listingId, listingId), before === null ? undefined : lt(hit.checkId, before)))
    .orderBy(desc(hit.checkId))
    .limit(limit);
}

export type HitPosition = { checkId: string; listingId: string };

/** The hits of all listings of these courts (null: of every court), newest first; a check may have found several. */
export async function listHitsOfCourts(
  reader: Reader,
  courts: readonly string[] | null,
  before: HitPosition | null,
  limit: number,
): Promise<HitRow[]> {
  const competent = sql`coalesce(${listing.competentCourt}, ${listing.courtCode})`;
  return reader
    .select(shown)
    .from(hit)
    .innerJoin(listing, eq(listing.id, hit.listingId))
    .innerJoin(agency, eq(agency.id, hit.agencyId))
    .where(
      and(
        courts ? inArray(competent, [...courts]) : undefined,
        before ? sql`(${hit.checkId}, ${hit.listingId}) < (${before.checkId}, ${before.listingId})` : undefined,
      ),
    )
    .orderBy(desc(hit.checkId), desc(hit.listingId))
    .limit(limit);
}

// The statements that courts read listings with.
import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Reader } from "../platform/database.ts";
import type { Case } from "./act-queries.ts";
import type { Listing } from "./content.ts";
import { listing, listingExit, proceeding, subjectDocument } from "./schema.ts";

/** What is left for a court to do: each is the condition of a list of its own. */
export const courtTasks = ["publication", "second_look", "shield", "lift_limit", "expiry", "assignment"] as const;
export type CourtTask = (typeof courtTasks)[number];

export type ListingFilter = {
  court: string;
  list?: Listing["list"] | undefined;
  state?: Listing["state"] | undefined;
  /** In its normal form. */
  caseNumber?: string | undefined;
  task?: CourtTask | undefined;
  /** What the places begin with that the court assigns; null where it assigns none. */
  region?: string | null | undefined;
};

/** A page of what a court is competent for, newest first. */
export async function listCases(
  reader: Reader,
  { court, list, state, caseNumber, task, region = null }: ListingFilter,
  { today, before, limit }: { today: string; before: string | null; limit: number },
): Promise<Case[]> {
  const conditions = [
    task === "assignment"
      ? unassignedIn(region)
      : sql`coalesce(${listing.competentCourt}, ${listing.courtCode}) = ${court}`,
    list ? eq(listing.list, list) : undefined,
    state ? eq(listing.state, state) : undefined,
    caseNumber === undefined ? undefined : eq(listing.caseNumber, caseNumber),
    task && task !== "assignment" ? conditionOf(task, today) : undefined,
    before === null ? undefined : lt(listing.id, before),
  ];
  return reader
    .select({ listing, proceeding, exit: listingExit })
    .from(listing)
    .leftJoin(proceeding, eq(proceeding.listingId, listing.id))
    .leftJoin(listingExit, eq(listingExit.listingId, listing.id))
    .where(and(...conditions))
    .orderBy(desc(listing.id))
    .limit(limit);
}

/** Live listings that stand in no court's list, newest first. */
export async function listUnassigned(
  reader: Reader,
  { region, before, limit }: { region: string; before: string | null; limit: number },
): Promise<Listing[]> {
  return reader
    .select()
    .from(listing)
    .where(and(unassignedIn(region), before === null ? undefined : lt(listing.id, before)))
    .orderBy(desc(listing.id))
    .limit(limit);
}

/** In the words of its partial index. */
function unassignedIn(region: string | null): SQL {
  if (region === null) return sql`false`;
  return sql`${listing.courtCode} is null and ${listing.competentCourt} is null and ${listing.endedAt} is null
    and starts_with(coalesce(${listing.areaName}, ${listing.courtName}), ${region})`;
}

function conditionOf(task: Exclude<CourtTask, "assignment">, today: string): SQL {
  switch (task) {
    case "publication":
      return sql`(${listing.state} = 'decided' or ${listing.state} = 'grace' and ${proceeding.graceEndsOn} < ${today})`;
    case "second_look":
      return sql`${listingExit.needsSecondLook} and ${listingExit.secondLookAt} is null`;
    case "shield":
      return sql`${listingExit.wasPublic} and ${listingExit.shieldedOn} is null`;
    case "lift_limit":
      return sql`${listing.endedAt} is null
        and exists (select from listing_exit e where e.limit_to_lift = ${listing.id})`;
    case "expiry":
      return sql`${listing.endedAt} is null and ${listing.answersUntil} < ${today}`;
  }
}

export type DocumentMask = Pick<typeof subjectDocument.$inferSelect, "subjectId" | "kind" | "masked">;

/** The documents of these parties as people may see them. */
export async function listDocumentMasks(reader: Reader, subjectIds: readonly string[]): Promise<DocumentMask[]> {
  if (subjectIds.length === 0) return [];
  const { subjectId, kind, masked } = subjectDocument;
  return reader
    .select({ subjectId, kind, masked })
    .from(subjectDocument)
    .where(inArray(subjectId, [...subjectIds]))
    .orderBy(kind, masked);
}

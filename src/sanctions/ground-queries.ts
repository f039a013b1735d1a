// SQL that reads again what a sanction is to rest on, at the moment of recording it.
import { and, asc, eq, gte, inArray, isNull, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { identityFinding } from "../registry/findings/schema.ts";
import { listing, subjectDocument } from "../registry/schema.ts";

export type LiveListing = {
  id: string;
  subjectId: string;
  numberAgrees: boolean;
  nameAgrees: boolean;
  nameIsFound: boolean;
};

/**
 * Keeps the listing as it is until the transaction's end, if it is live: whoever ends it comes before, and false is
 * returned, or after, and finds what rests on it.
 */
export async function holdListing(tx: Transaction, id: string, today: string): Promise<boolean> {
  const held = await tx
    .select({ id: listing.id })
    .from(listing)
    .where(liveOf([id], today))
    .for("share");
  return held.length > 0;
}

/**
 * Those of the listings that answer today, and whether they still are the party's whose number and names were asked: by
 * their own words, or because a court has found that the party has these names too.
 */
export async function readLive(
  reader: Reader,
  ids: readonly string[],
  { subjectIndex, nameKeys }: { subjectIndex: Buffer; nameKeys: readonly string[] },
  today: string,
): Promise<LiveListing[]> {
  const numberAgrees = sql<boolean>`exists (
    select from ${subjectDocument}
    where ${eq(subjectDocument.subjectId, listing.subjectId)} and ${eq(subjectDocument.blindIndex, subjectIndex)}
  )`;
  const nameAgrees = sql<boolean>`${listing.nameKeys} && ${sql.param([...nameKeys], listing.nameKeys)}`;
  const nameIsFound = sql<boolean>`exists (
    select from ${identityFinding}
    where ${eq(identityFinding.blindIndex, subjectIndex)} and ${eq(identityFinding.listingId, listing.id)}
      and ${isNull(identityFinding.untilPosition)} and ${eq(identityFinding.finding, "same")}
      and ${identityFinding.nameKeys} && ${sql.param([...nameKeys], identityFinding.nameKeys)}
  )`;
  return reader
    .select({ id: listing.id, subjectId: listing.subjectId, numberAgrees, nameAgrees, nameIsFound })
    .from(listing)
    .where(liveOf(ids, today))
    .orderBy(asc(listing.id));
}

/** As a check sees it: published, and its last day has not passed. */
function liveOf(ids: readonly string[], today: string) {
  const answers = or(isNull(listing.answersUntil), gte(listing.answersUntil, today));
  return and(inArray(listing.id, [...ids]), eq(listing.state, "published"), answers);
}

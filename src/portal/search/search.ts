// The public's search, of pages and of other portals alike: the same listings, the same masks, the same bounds.
import { COURT_CODE, listCourtsNamed } from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database, Sql } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { createFrequentPieces } from "./frequent-pieces.ts";
import { findShown, type FoundPlace, listFound } from "./queries.ts";
import { type SearchRequest, soughtBy } from "./request.ts";
import { type PublicListing, type PublicPage, publicView } from "./resource.ts";

/** Whatever is asked, nobody is shown more of it than this: a search is no way to copy the list. */
export const RESULTS_MAX = 100;

/**
 * Of the sessions that searches are made on: planning each anew costs three times as much as finding, and the plans of
 * their statements do not depend on what is sought.
 */
export const SEARCH_SESSION = { plan_cache_mode: "force_generic_plan" };

export type Search = (asked: SearchRequest) => Promise<PublicPage>;

export function createSearch({ db, sql, ring }: { db: Database; sql: Sql; ring: KeyRing }): Search {
  const frequentPieces = createFrequentPieces();
  return async ({ cursor, limit, ...asked }) => {
    const { court } = asked;
    const courts = court === undefined || COURT_CODE.test(court) ? [] : await listCourtsNamed(db, court);
    const sought = soughtBy(ring, { ...asked, limit }, { courts, common: await frequentPieces.read(sql) });
    const pages = pagesOf(ring.cursorKey, `public search ${JSON.stringify(asked)}`);
    const after = pages.after(cursor);
    const found = { most: RESULTS_MAX, after: after === null ? null : placeIn(after), limit: limit + 1 };
    const { rows, isCut } = await listFound(sql, sought, found);
    const { page, ...rest } = pages.cut(rows, limit, ({ rank, publishedOn, id }) => `${rank} ${publishedOn} ${id}`);
    return { data: page.map(publicView), ...rest, isCut };
  };
}

/** `not-found` for what is not published, not any more, or never was: the same words and the same way to them. */
export async function readPublished(sql: Sql, given: string): Promise<PublicListing> {
  const id = uuidOf("lst", given);
  const row = id === null ? null : await findShown(sql, id);
  if (!row) throw new AppError("not-found");
  return publicView(row);
}

/** Signed by us: it has the form that it was written in. */
function placeIn(position: string): FoundPlace {
  const [rank = "", publishedOn = "", id = ""] = position.split(" ");
  return { rank: Number(rank), publishedOn, id };
}

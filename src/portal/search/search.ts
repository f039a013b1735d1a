// The public's search, of pages and of other portals alike: the same listings, the same masks, the same bounds.
import { COURT_CODE, listCourtsNamed } from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database, Sql } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { createFrequentPieces } from "./frequent-pieces.ts";
import { findShown, type FoundPlace, isWalked, listFound } from "./queries.ts";
import { PAGE_ROWS_MAX, type SearchRequest, soughtBy } from "./request.ts";
import { type PublicListing, type PublicPage, publicView } from "./resource.ts";

/** Whatever is asked, nobody is shown more of it than this: a search is no way to copy the list. */
export const RESULTS_MAX = 40;
/** Of what nearly every organisation has in its name: any more of it would tell nothing but to narrow the search. */
export const COMMON_RESULTS_MAX = PAGE_ROWS_MAX;

/**
 * The connections that searches are made on. Planning each anew costs three times as much as finding, and the plans of
 * their statements do not depend on what is sought. What a plan without values may find looks worth parallel workers and
 * compiled code, which take ten times as long to start as the search. None waits behind a slow one while another
 * connection is free.
 */
export const SEARCH_POOL = {
  pipelined: 1,
  settings: { plan_cache_mode: "force_generic_plan", max_parallel_workers_per_gather: "0", jit: "off" },
};

export type Search = (asked: SearchRequest) => Promise<PublicPage>;

export function createSearch({ db, sql, ring }: { db: Database; sql: Sql; ring: KeyRing }): Search {
  const frequentPieces = createFrequentPieces();
  return async ({ cursor, limit, ...asked }) => {
    const { court } = asked;
    const courts = court === undefined || COURT_CODE.test(court) ? [] : await listCourtsNamed(db, court);
    const sought = soughtBy(ring, { ...asked, limit }, { courts, common: await frequentPieces.read(sql) });
    const pages = pagesOf(ring.cursorKey, `public search ${JSON.stringify(asked)}`);
    const after = pages.after(cursor);
    const most = isWalked(sought) ? COMMON_RESULTS_MAX : RESULTS_MAX;
    const place = after === null ? null : placeIn(after);
    const { rows, isCut } = await listFound(sql, sought, { most, after: place, limit: limit + 1 });
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

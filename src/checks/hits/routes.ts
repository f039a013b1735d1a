// Hits over HTTP: a court sees which agency was shown its listings, for which purpose and when, and nothing of the matter.
import { findPurpose } from "../../agencies/index.ts";
import { type CourtActor, type Door, requireJurisdiction, visibleCourts } from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, parseAs, type Router, type z } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { competentCourt, findListing } from "../../registry/index.ts";
import { CourtHitsQuery, getHits, getListingHits, type Hit, hitOperations, ListingHitsQuery } from "./operations.ts";
import { type HitPosition, type HitRow, listHitsOfCourts, listHitsOfListing } from "./queries.ts";

export { hitOperations } from "./operations.ts";

const NOT_KEPT = { "Cache-Control": "no-store" };

export type HitRoutesOptions = { db: Database; ring: KeyRing; door: Door };

export function hitRoutes({ db, ring, door }: HitRoutesOptions): Router {
  const router = newRouter();
  for (const operation of hitOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/listings/:id/hits", door.requireCourt(getListingHits), async (c) => {
    const { cursor, limit } = parseAs(ListingHitsQuery, c.req.query());
    const id = await requireListing(c.var.actor, c.req.param("id"));
    const pages = pagesOf(ring.cursorKey, `hits of ${id}`);
    const rows = await listHitsOfListing(db, id, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ checkId }) => checkId);
    return c.json({ data: page.map(hitView), ...rest }, 200, NOT_KEPT);
  });

  router.get("/hits", door.requireCourt(getHits), async (c) => {
    const { actor } = c.var;
    const { cursor, limit, court } = parseAs(CourtHitsQuery, c.req.query());
    const visible = await visibleCourts(db, actor);
    if (court !== undefined && visible?.includes(court) === false) throw new AppError("not-found");
    const pages = pagesOf(ring.cursorKey, `hits ${actor.court} ${court}`);
    const before = pages.after(cursor);
    const courts = court === undefined ? visible : [court];
    const rows = await listHitsOfCourts(db, courts, before === null ? null : positionIn(before), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ checkId, listingId }) => `${checkId} ${listingId}`);
    return c.json({ data: page.map(hitView), ...rest }, 200, NOT_KEPT);
  });

  return router;

  async function requireListing(actor: CourtActor, given: string): Promise<string> {
    const id = uuidOf("lst", given);
    const listing = id === null ? null : await findListing(db, id);
    if (!listing) throw new AppError("not-found");
    await requireJurisdiction(db, actor, competentCourt(listing), "see");
    return listing.id;
  }
}

function hitView({ listingId, agencyId, agency, purpose, grade, checkedAt }: HitRow): z.infer<typeof Hit> {
  return {
    listing: publicId("lst", listingId),
    agency: { id: publicId("agy", agencyId), name: agency },
    purpose: { code: purpose, title: findPurpose(purpose)?.title ?? purpose },
    grade,
    checkedAt: shanghaiTime(checkedAt),
  };
}

/** Signed by us: it has the form that it was written in. */
function positionIn(position: string): HitPosition {
  const [checkId = "", listingId = ""] = position.split(" ");
  return { checkId, listingId };
}

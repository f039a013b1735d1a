// Looking into listings over HTTP: versions, audit trail, whole numbers, search.
import type { Door } from "../../courts/index.ts";
import { pageOfTrail } from "../../courts/trail/index.ts";
import type { Database } from "../../platform/database.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { listingIdOf, readDocuments, requireSeen } from "../reading.ts";
import { summaryView } from "../resource.ts";
import {
  BODY_KIB_MAX,
  FOUND_ROWS_MAX,
  getTrail,
  getVersions,
  postReveal,
  postSearch,
  Reveal,
  Search,
} from "./operations.ts";
import { revealListing } from "./reveal.ts";
import { searchListings } from "./search.ts";
import { readVersions } from "./versions.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type InspectionRoutesOptions = { db: Database; ring: KeyRing; door: Door };

export function inspectionRoutes({ db, ring, door }: InspectionRoutesOptions): Router {
  const router = newRouter();

  router.get("/listings/:id/versions", door.requireCourt(getVersions), async (c) => {
    const { listing } = await requireSeen(db, c.var.actor, listingIdOf(c.req.param("id")));
    return c.json({ data: await readVersions(db, listing) }, 200, NOT_KEPT);
  });

  router.get("/listings/:id/audit", door.requireCourt(getTrail), async (c) => {
    const { listing } = await requireSeen(db, c.var.actor, listingIdOf(c.req.param("id")));
    const page = await pageOfTrail({ db, ring }, publicId("lst", listing.id), c.req.query());
    return c.json(page, 200, NOT_KEPT);
  });

  router.post("/listings/:id/reveal", door.requireCourt(postReveal), async (c) => {
    const id = listingIdOf(c.req.param("id"));
    const { reason } = await readBody(c, Reveal, BODY_BYTES_MAX);
    const revealed = await db.transaction((tx) => revealListing(tx, ring, c.var.actor, { id, reason }));
    return c.json(revealed, 200, NOT_KEPT);
  });

  router.post("/listings/search", door.requireCourt(postSearch), async (c) => {
    const question = await readBody(c, Search, BODY_BYTES_MAX);
    const found = await db.transaction(async (tx) =>
      readDocuments(tx, await searchListings(tx, ring, c.var.actor, question, FOUND_ROWS_MAX + 1)),
    );
    const data = found.slice(0, FOUND_ROWS_MAX).map((each) => summaryView(each, each.documents));
    return c.json({ data, hasMore: found.length > FOUND_ROWS_MAX }, 200, NOT_KEPT);
  });

  return router;
}

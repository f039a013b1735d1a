// Hits over HTTP: a court sees which agency was shown its listings, for which purpose and when, and nothing of the matter.
import { findPurpose } from "../../agencies/index.ts";
import {
  type CourtActor,
  courtReaders,
  type Door,
  forCourt,
  requireJurisdiction,
  visibleCourts,
} from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { jsonResponse, newRouter, parseAs, problems, type Router, z } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { pageOf } from "../../platform/operation.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { shanghaiTime } from "../../platform/time.ts";
import { competentCourt, findListing } from "../../registry/index.ts";
import { grades } from "../codes.ts";
import { type HitPosition, type HitRow, listHitsOfCourts, listHitsOfListing } from "./queries.ts";

const PAGE_ROWS_MAX = 200;
const NOT_KEPT = { "Cache-Control": "no-store" };

const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
};
const ListingHitsQuery = z.strictObject(page);
const CourtHitsQuery = z.strictObject({
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
  ...page,
});

const Hit = z
  .object({
    listing: z.string(),
    agency: z.object({ id: z.string(), name: z.string() }),
    purpose: z.object({ code: z.string(), title: z.string() }),
    grade: z.enum(grades),
    checkedAt: z.iso.datetime({ offset: true }),
  })
  .openapi("Hit");

const access = ["unauthenticated", "scope", "authority", "register-unavailable"] as const;
const security = forCourt(courtReaders, "listings:read");
/** What a party learns later (`src/remedies/who-asked.ts`), the court that enforces against it sees at once. */
const description =
  "By agency, purpose and time; the agency's matter and officer are its own. The delay after which a party learns of a " +
  "check protects the check from the party, and the court is none: it sees every hit at once.";

const getListingHits = {
  operationId: "listHitsOfListing",
  method: "get" as const,
  path: "/listings/{id}/hits",
  tags: ["listings"],
  summary: "本条名单信息的命中情况 · Who was shown a listing, newest first",
  description,
  security,
  request: {
    params: z.object({ id: z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }),
    query: ListingHitsQuery,
  },
  responses: {
    200: jsonResponse("A page", pageOf(Hit)),
    ...problems(...access, "validation", "invalid-cursor", "not-found"),
  },
};

const getHits = {
  operationId: "listHits",
  method: "get" as const,
  path: "/hits",
  tags: ["listings"],
  summary: "本院名单信息的命中情况 · Who was shown the listings of a court and of those below it, newest first",
  description,
  security,
  request: { query: CourtHitsQuery },
  responses: {
    200: jsonResponse("A page", pageOf(Hit)),
    ...problems(...access, "validation", "invalid-cursor", "not-found"),
  },
};

export const hitOperations = [getListingHits, getHits];

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

// The description of the operations with which courts read who was shown their listings.
import { courtReaders, forCourt } from "../../courts/index.ts";
import { jsonResponse, problems, z } from "../../platform/http.ts";
import { pageOf } from "../../platform/operation.ts";
import { grades } from "../codes.ts";

const PAGE_ROWS_MAX = 200;

const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
};
export const ListingHitsQuery = z.strictObject(page);
export const CourtHitsQuery = z.strictObject({
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
  ...page,
});

export const Hit = z
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

export const getListingHits = {
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

export const getHits = {
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

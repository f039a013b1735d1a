// The description of every operation on listings: addresses, shapes, who may, and what may go wrong.
import { courtOfficers, courtReaders, forCourt } from "../courts/index.ts";
import { receiptResponses } from "../audit/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../platform/http.ts";
import { bodyProblems, etag, ifMatch, pageOf } from "../platform/operation.ts";
import { NewDraft } from "./act-request.ts";
import { type CourtAct, courtActs } from "./court-acts.ts";
import { draftFormOperations } from "./forms/operations.ts";
import { inspectionOperations } from "./inspection/operations.ts";
import { courtTasks } from "./listing-queries.ts";
import { ListingAsOf, ListingResource, ListingSummary } from "./resource.ts";
import { listingStates, lists } from "./schema.ts";

export { capacities } from "./bars.ts";
export { courtTasks } from "./listing-queries.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 256;

const tags = ["listings"];
const access = ["unauthenticated", "scope", "authority", "register-unavailable"] as const;
const body = [...bodyProblems, "cross-site", "person-not-named", "jurisdiction"] as const;
const bodySize = `At most ${BODY_KIB_MAX} KiB`;

const ofListing = z.object({ id: z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const ListQuery = z.strictObject({
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
  list: z.enum(lists).optional(),
  state: z.enum(listingStates).optional(),
  caseNumber: z.string().max(200).optional(),
  task: z
    .enum(courtTasks)
    .optional()
    .openapi({
      description:
        "What is left to do: to publish, to look at again, to shield, to lift, whose term is over; for the supreme court " +
        "and the high courts, to assign: what names no court by its case number, by the province that the list gives",
    }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

export const AsOfQuery = z.strictObject({
  asOf: z.iso
    .datetime({ offset: true, abort: true })
    .refine((text) => Date.parse(text) <= Date.now(), { params: { code: "out_of_range" } })
    .optional()
    .openapi({ description: "A moment of the past" }),
});

export const ReceiptQuery = z.strictObject({
  version: z.coerce.number().int().min(1).optional().openapi({ description: "Of the listing; without it the newest" }),
});

export const getListings = {
  operationId: "listListings",
  method: "get" as const,
  path: "/listings",
  tags,
  summary: "本院的名单信息 · The listings of a court, newest first",
  security: forCourt(courtReaders, "listings:read"),
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(ListingSummary)),
    ...problems(...access, "validation", "invalid-cursor", "not-found"),
  },
};

export const getListing = {
  operationId: "getListing",
  method: "get" as const,
  path: "/listings/{id}",
  tags,
  summary: "一条名单信息 · One listing with what its court did about it",
  description:
    "For its court and the courts above. A draft comes with everything that forbids to decide it today. With `asOf`, the " +
    "listing as the register showed it then, by the change that made it so; `not-found` before it was first shown.",
  security: forCourt(courtReaders, "listings:read"),
  request: { params: ofListing, query: AsOfQuery },
  responses: {
    200: { ...jsonResponse("The listing", z.union([ListingResource, ListingAsOf])), headers: etag },
    ...problems(...access, "validation", "not-found"),
  },
};

export const getListingReceipt = {
  operationId: "getListingReceipt",
  method: "get" as const,
  path: "/listings/{id}/receipt",
  tags,
  summary: "下载名单信息变动的回执 · The receipt of a listing's change",
  description:
    "A `c2sp.org/tlog-proof@v1` file that proves, without this service, that the listing came into this version and state " +
    "at that position of the register. It holds the hash of what the listing says, and no name or number.",
  security: forCourt(courtReaders, "listings:read"),
  request: { params: ofListing, query: ReceiptQuery },
  responses: { ...receiptResponses, ...problems(...access, "validation", "not-found", "erased") },
};

export const postListings = {
  operationId: "draftListings",
  method: "post" as const,
  path: "/listings",
  tags,
  summary: "草拟 · Draw up drafts",
  description:
    "Several parties of one case in one form, each with a listing, a limit, or both; all of it or nothing. Sent twice, the second is `conflict`: a party has one live listing in a case.",
  security: forCourt(courtOfficers, "listings:write"),
  request: { body: jsonBody(NewDraft, bodySize) },
  responses: {
    201: jsonResponse("The drafts, in the order of the form", z.object({ data: z.array(ListingSummary) })),
    ...problems(...access, ...body, "not-found", "conflict", "act-refused"),
  },
};

const describeAct = (act: CourtAct) => ({
  operationId: act.operationId,
  method: "post" as const,
  path: `/listings/{id}/${act.name}`,
  tags,
  summary: act.summary,
  ...(act.description === undefined ? {} : { description: act.description }),
  security: forCourt(act.roles, act.scope),
  request: {
    params: ofListing,
    headers: ifMatch("the listing"),
    body: jsonBody(act.body, bodySize),
  },
  responses: {
    200: { ...jsonResponse("The listing as it is now", ListingResource), headers: etag },
    ...problems(
      ...access,
      ...body,
      "not-found",
      "conflict",
      "act-refused",
      "precondition-failed",
      "precondition-required",
    ),
  },
});

/** Each act with the operation that takes it. */
export const actOperations = courtActs.map((act) => ({ act, operation: describeAct(act) }));

export const listingOperations = [
  getListings,
  getListing,
  getListingReceipt,
  postListings,
  ...actOperations.map(({ operation }) => operation),
  ...inspectionOperations,
  ...draftFormOperations,
];

// The description of every operation on watches.
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { WatchRequest } from "./request.ts";
import { WatchResource, WatchResults } from "./resource.ts";

const PAGE_ROWS_MAX = 200;

const tags = ["watches"];
const security = [{ apiKey: ["watches:write"] }];
const access = ["unauthenticated", "scope", "register-unavailable"] as const;
const watchId = z.object({ id: z.string().openapi({ example: "wat_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
export const ListQuery = z.strictObject({
  state: z.enum(["live", "ended"]).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

export const postWatches = {
  operationId: "watchParties",
  method: "post" as const,
  path: "/watches",
  tags,
  summary: "关注当事人 · Watch up to 1,000 parties",
  description:
    "The agency is told (`listing.listed`, `listing.ended`) when a party comes onto a list of the purpose and off it, by " +
    "number and an agreeing name. Whether it is listed now is for a check to say. One bad item is an item with its problem.",
  security,
  request: { body: jsonBody(WatchRequest, "At most 2 MiB") },
  responses: {
    200: jsonResponse("One result an item", WatchResults),
    ...problems(...access, ...bodyProblems, "purpose-not-permitted"),
  },
};

export const getWatches = {
  operationId: "listWatches",
  method: "get" as const,
  path: "/watches",
  tags,
  summary: "本单位的关注 · The agency's watches, newest first",
  security,
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(WatchResource)),
    ...problems(...access, "validation", "invalid-cursor"),
  },
};

export const getWatch = {
  operationId: "getWatch",
  method: "get" as const,
  path: "/watches/{id}",
  tags,
  summary: "一项关注 · One watch of the agency's own",
  security,
  request: { params: watchId },
  responses: { 200: jsonResponse("The watch", WatchResource), ...problems(...access, "not-found") },
};

export const deleteWatch = {
  operationId: "withdrawWatch",
  method: "delete" as const,
  path: "/watches/{id}",
  tags,
  summary: "取消关注 · Withdraw a watch",
  description: "With its end the party is erased from the watch. Again it changes nothing.",
  security,
  request: { params: watchId },
  responses: { 200: jsonResponse("The watch as it is now", WatchResource), ...problems(...access, "not-found") },
};

export const watchOperations = [postWatches, getWatches, getWatch, deleteWatch];

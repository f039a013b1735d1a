// The description of the public's search for other portals.
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { SearchRequest } from "./request.ts";
import { PublicPage } from "./resource.ts";
import { COMMON_RESULTS_MAX, RESULTS_MAX } from "./search.ts";

/** Of every answer that was counted. */
const headers = z.object({
  "RateLimit-Policy": z.string().openapi({ example: '"search-minute";q=300;w=60' }),
  RateLimit: z.string().openapi({ example: '"search-minute";r=299;t=60' }),
});

export const postSearch = {
  operationId: "searchPublished",
  method: "post" as const,
  path: "/public/search",
  tags: ["public"],
  summary: "公开查询 · The public's search, for other credit portals",
  description:
    "What the page / finds, with the same masks and bounds: listings that are published at this moment, the whole name " +
    `first, at most ${RESULTS_MAX} of them, and ${COMMON_RESULTS_MAX} by what most organisations have in their names. It says nothing about whoever is not on a list, and an empty page is no ` +
    "certificate of credit. An agency that decides something asks with POST /v1/checks.",
  security: [{ apiKey: ["portal:search"] }],
  request: { body: jsonBody(SearchRequest) },
  responses: {
    200: { ...jsonResponse("A page", PublicPage), headers },
    ...problems(
      ...bodyProblems,
      "unauthenticated",
      "scope",
      "invalid-cursor",
      "quota-exceeded",
      "register-unavailable",
    ),
  },
};

export const searchOperations = [postSearch];

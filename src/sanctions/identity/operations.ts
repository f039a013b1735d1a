// The description of every operation on identity requests: addresses, shapes, who may, and what may go wrong.
import { courtReaders, forCourt, forOverseers } from "../../courts/index.ts";
import { trailOperation } from "../../courts/trail/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, etag, ifMatch, pageOf } from "../../platform/operation.ts";
import {
  AskedIdentityRequest,
  IdentityAnswer,
  IdentityRequestView,
  NewIdentityRequest,
  OverseenIdentityRequest,
  Reason,
  RevealedParty,
} from "./resource.ts";

export { findings } from "./rules.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 16;

const tags = ["identity"];
const bodySize = `At most ${BODY_KIB_MAX} KiB`;
const access = ["unauthenticated", "scope", "not-found", "register-unavailable"] as const;
const courtAccess = [...access, "authority"] as const;
const courtBody = [...courtAccess, ...bodyProblems, "cross-site", "jurisdiction", "conflict"] as const;
const ofRequest = z.object({ id: z.string().openapi({ example: "idr_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

/** Judges answer: a machine decides nothing. */
const deciders = forCourt(["judge", "president"]);

export const ListQuery = z.strictObject({
  state: z.enum(["open", "answered"]).optional(),
  overdue: z.enum(["true"]).optional().openapi({ description: "Only what should have been answered" }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

export const postRequest = {
  operationId: "askIdentity",
  method: "post" as const,
  path: "/identity-requests",
  tags,
  summary: "请求法院核实身份 · Ask the court whether the party of an open match is the listed one",
  description:
    "For a `conflict` or `probable` match of a check of one's own. The court has three working days; until it has answered " +
    "the matter goes on and nothing is sanctioned. Of one document and one listing there is one request: whoever asks " +
    "again joins it (200), and what is settled is answered at once.",
  security: [{ apiKey: ["sanctions:write"] }],
  request: { body: jsonBody(NewIdentityRequest, bodySize) },
  responses: {
    200: jsonResponse("The request that there was", AskedIdentityRequest),
    201: jsonResponse("The new request", AskedIdentityRequest),
    ...problems(
      "unauthenticated",
      "scope",
      "register-unavailable",
      ...bodyProblems,
      "erased",
      "conflict",
      "listing-ended",
    ),
  },
};

export const getAskedRequests = {
  operationId: "listAskedIdentityRequests",
  method: "get" as const,
  path: "/identity-requests/asked",
  tags,
  summary: "本单位的身份核实请求 · What the agency asked, newest first",
  security: [{ apiKey: ["sanctions:read"] }],
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(AskedIdentityRequest)),
    ...problems("unauthenticated", "scope", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const getAskedRequest = {
  operationId: "getAskedIdentityRequest",
  method: "get" as const,
  path: "/identity-requests/asked/{id}",
  tags,
  summary: "本单位的一件身份核实请求 · One request that the agency asked",
  security: [{ apiKey: ["sanctions:read"] }],
  request: { params: ofRequest },
  responses: { 200: jsonResponse("The request", AskedIdentityRequest), ...problems(...access) },
};

export const getRedress = {
  operationId: "getRedressPaper",
  method: "get" as const,
  path: "/identity-requests/asked/{id}/redress",
  tags,
  summary: "打印身份核实证明（交当事人） · The paper for whoever is not the listed party",
  description:
    "A page for A4 with the redress code, to be handed over. At `/verify` the code says which court found on which day that " +
    "the holder of the document is not the listed party, and nothing else. `not-found` where no such finding stands.",
  security: [{ apiKey: ["sanctions:read"] }],
  request: { params: ofRequest },
  responses: {
    200: { description: "The paper, ready to print", content: { "text/html": { schema: z.string() } } },
    ...problems(...access),
  },
};

export const getRequests = {
  operationId: "listIdentityRequests",
  method: "get" as const,
  path: "/identity-requests",
  tags,
  summary: "身份核实请求 · Identity requests of one's court and the courts below it, oldest first",
  security: forCourt(courtReaders, "listings:read"),
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(IdentityRequestView)),
    ...problems("unauthenticated", "scope", "authority", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const getRequestTrail = trailOperation({
  operationId: "listAuditOfIdentityRequest",
  of: "/identity-requests/{id}",
  params: ofRequest,
  tags,
  summary:
    "身份核实请求的办理留痕 · Who asked, looked at the number, answered or took back, when and why, newest first",
  security: forCourt(courtReaders),
});

export const getRequest = {
  operationId: "getIdentityRequest",
  method: "get" as const,
  path: "/identity-requests/{id}",
  tags,
  summary: "一件身份核实请求 · One identity request",
  security: forCourt(courtReaders, "listings:read"),
  request: { params: ofRequest },
  responses: {
    200: { ...jsonResponse("The request", IdentityRequestView), headers: etag },
    ...problems(...courtAccess),
  },
};

export const postReveal = {
  operationId: "revealIdentity",
  method: "post" as const,
  path: "/identity-requests/{id}/reveal",
  tags,
  summary: "查看完整姓名、证件号码（留痕） · Names and number of whoever was asked about, to compare them",
  description: "The reason is on the audit trail.",
  security: deciders,
  request: { params: ofRequest, body: jsonBody(Reason, bodySize) },
  responses: { 200: jsonResponse("Whom the agency asked about", RevealedParty), ...problems(...courtBody) },
};

export const postAnswer = {
  operationId: "answerIdentity",
  method: "post" as const,
  path: "/identity-requests/{id}/answer",
  tags,
  summary: "答复身份核实请求 · Same, different, or unable to tell",
  description:
    "`same` gives the party the document, and checks of it are exact from then on. `different` is remembered for this " +
    "document and this listing, for every agency: what was left open is clear; never what number and name agree on. " +
    "`unable` changes no answer.",
  security: deciders,
  request: { params: ofRequest, headers: ifMatch("the request"), body: jsonBody(IdentityAnswer, bodySize) },
  responses: {
    200: { ...jsonResponse("The request as it is now", IdentityRequestView), headers: etag },
    ...problems(...courtBody, "precondition-failed", "precondition-required", "temporary-reduced-capacity"),
  },
};

export const postRevocation = {
  operationId: "revokeIdentityAnswer",
  method: "post" as const,
  path: "/identity-requests/{id}/revoke",
  tags,
  summary: "撤销有误的答复 · Take back a finding that was a mistake",
  description:
    "Checks answer as before at once, the redress code confirms nothing any more, and the agencies are told.",
  security: deciders,
  request: { params: ofRequest, headers: ifMatch("the request"), body: jsonBody(Reason, bodySize) },
  responses: {
    200: { ...jsonResponse("The request as it is now", IdentityRequestView), headers: etag },
    ...problems(...courtBody, "precondition-failed", "precondition-required", "temporary-reduced-capacity"),
  },
};

export const getOverseenRequests = {
  operationId: "listIdentityRequestsOfAll",
  method: "get" as const,
  path: "/oversight/identity-requests",
  tags,
  summary: "各法院身份核实请求 · Identity requests of every court, for the credit authority and the assessor",
  description: "Court, agencies and days; nothing of the party.",
  security: forOverseers,
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page, oldest first", pageOf(OverseenIdentityRequest)),
    ...problems("unauthenticated", "authority", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const identityOperations = [
  getOverseenRequests,
  postRequest,
  getAskedRequests,
  getAskedRequest,
  getRedress,
  getRequests,
  getRequest,
  getRequestTrail,
  postReveal,
  postAnswer,
  postRevocation,
];

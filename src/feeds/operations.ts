// The description of every operation on loads: addresses, shapes, headers and what may go wrong.
import { receiptResponses } from "../audit/index.ts";
import { courtOfficers, courtReaders, forCourt, type Security, type StaffRole } from "../courts/index.ts";
import { trailOperation } from "../courts/trail/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../platform/http.ts";
import { bodyProblems, pageOf } from "../platform/operation.ts";
import {
  DifferenceResource,
  LoadResource,
  NewLoad,
  ReasonedDecision,
  Release,
  RollbackResource,
  SourceResource,
} from "./resource.ts";

export const PARTIAL_UPLOAD = "application/partial-upload";
const PAGE_ROWS_MAX = 200;

export const PageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

/** An agency's key, or whoever is signed in at the court whose list it is. */
const securityOf = (roles: readonly StaffRole[]): Security => [{ apiKey: ["feeds:write"] }, ...forCourt(roles)];
const security = securityOf(courtOfficers);
const reading = securityOf(courtReaders);
/** What decides on the listings of many is a judge's. */
const deciding = securityOf(["judge", "president"]);
const tags = ["loads"];

const sourceParam = z.string().openapi({ description: "The source whose list it is", example: "xiamen" });
const ofSource = z.object({ source: sourceParam });
const ofLoad = z.object({
  source: sourceParam,
  id: z.string().openapi({ example: "lod_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
});

const access = ["unauthenticated", "scope", "authority", "not-found", "register-unavailable"] as const;
const writing = [...access, "cross-site", "jurisdiction"] as const;

const offset = z.int().min(0).openapi({ description: "Bytes of the file that are safe on disk" });
const complete = z
  .enum(["?0", "?1"])
  .openapi({ description: "Whether the whole file is here (a boolean of RFC 9651)" });
const uploadHeaders = z.object({
  "Upload-Offset": offset,
  "Upload-Complete": complete,
  "Upload-Length": z.int().openapi({ description: "Bytes that were stated" }),
});

export const getSources = {
  operationId: "listSources",
  method: "get" as const,
  path: "/feeds",
  tags,
  summary: "报送来源 · The sources of one's agency, or of one's court and the courts below it",
  security: reading,
  responses: {
    200: jsonResponse("By name", z.object({ data: z.array(SourceResource) })),
    ...problems("unauthenticated", "scope", "authority", "register-unavailable"),
  },
};

export const postLoad = {
  operationId: "beginLoad",
  method: "post" as const,
  path: "/feeds/{source}/loads",
  tags,
  summary: "开始报送一批名单数据 · Begin a load",
  description:
    "Says what file comes, and gives it an address to be uploaded to. Needs a key with the scope `feeds:write` of the " +
    "agency that the source belongs to, or a session at the court whose list it is. A source has one load at a time that is under way or waits for a decision.",
  security,
  request: { params: ofSource, body: jsonBody(NewLoad, "At most 16 KiB") },
  responses: {
    201: {
      ...jsonResponse("The load, which waits for its file", LoadResource),
      headers: uploadHeaders.extend({ Location: z.string().openapi({ description: "Where the file goes" }) }),
    },
    ...problems(...writing, ...bodyProblems, "load-under-way", "load-refused", "insufficient-storage"),
  },
};

export const patchLoad = {
  operationId: "uploadLoad",
  method: "patch" as const,
  path: "/feeds/{source}/loads/{id}",
  tags,
  summary: "上传（续传）文件内容 · Add bytes to the file of a load",
  description:
    "Resumable upload as in draft-ietf-httpbis-resumable-upload: append requests with `Upload-Offset`, `HEAD` for the " +
    "offset, its media type and problem types. Uploads are begun by the POST above and not by its creation request; " +
    "interim responses and DELETE are not offered. A connection that is cut keeps what arrived. A second request on " +
    "the same upload ends the first. The load is imported when all stated bytes are there; an upload that nobody " +
    "goes on with for 24 hours fails.",
  security,
  request: {
    params: ofLoad,
    headers: z.object({
      "Upload-Offset": z.int().min(0).openapi({ description: "Where these bytes belong; the offset that HEAD names" }),
      "Upload-Complete": z
        .enum(["?0", "?1"])
        .optional()
        .openapi({ description: "`?1`: nothing comes after this body, and the stated length is checked" }),
    }),
    body: {
      required: true as const,
      description: "The next bytes of the file: any number, chunked or with Content-Length",
      content: { [PARTIAL_UPLOAD]: { schema: z.string().openapi({ format: "binary" }) } },
    },
  },
  responses: {
    204: { description: "The bytes are safe on disk", headers: uploadHeaders },
    ...problems(
      ...writing,
      "unsupported-media-type",
      "validation",
      "conflict",
      "upload-offset",
      "upload-completed",
      "upload-length",
      "insufficient-storage",
    ),
  },
};

export const headLoad = {
  operationId: "headLoad",
  method: "head" as const,
  path: "/feeds/{source}/loads/{id}",
  tags,
  summary: "查询上传位置 · Where the upload continues",
  description: "Ends a request that is still writing this upload, so that the offset it names stays the offset.",
  security: reading,
  request: { params: ofLoad },
  responses: {
    200: { description: "The headers say where the next byte belongs", headers: uploadHeaders },
    ...problems(...access),
  },
};

export const getLoad = {
  operationId: "getLoad",
  method: "get" as const,
  path: "/feeds/{source}/loads/{id}",
  tags,
  summary: "查看一批数据的进度与结果 · One load: its state, progress and outcome",
  security: reading,
  request: { params: ofLoad },
  responses: { 200: jsonResponse("The load", LoadResource), ...problems(...access) },
};

export const getLoads = {
  operationId: "listLoads",
  method: "get" as const,
  path: "/feeds/{source}/loads",
  tags,
  summary: "某来源的各批数据 · The loads of a source, newest first",
  security: reading,
  request: {
    params: ofSource,
    query: PageQuery,
  },
  responses: {
    200: jsonResponse("A page", pageOf(LoadResource)),
    ...problems(...access, "invalid-cursor", "validation"),
  },
};

export const getDifference = {
  operationId: "getLoadDifference",
  method: "get" as const,
  path: "/feeds/{source}/loads/{id}/difference",
  tags,
  summary: "按法院列示的变动 · What the load changes, or would change, by court",
  security: reading,
  request: { params: ofLoad },
  responses: { 200: jsonResponse("The difference", DifferenceResource), ...problems(...access) },
};

/** Of the people of a court: a system knows its own. */
export const getLoadTrail = trailOperation({
  operationId: "listAuditOfLoad",
  of: "/feeds/{source}/loads/{id}",
  tags,
  summary: "一批数据的办理留痕 · Who sent, released or discarded a load, when and why, newest first",
  security: forCourt(courtReaders),
  params: ofLoad,
});

export const getRejections = {
  operationId: "getLoadRejections",
  method: "get" as const,
  path: "/feeds/{source}/loads/{id}/rejections",
  tags,
  summary: "下载不合格的行 · The rejected rows: line, column, code and reason",
  description: "JSON Lines, or CSV where Accept names text/csv. No value of the file is in it.",
  security: reading,
  request: { params: ofLoad },
  responses: {
    200: {
      description: "One line for each fault; a row may have several",
      content: {
        "application/jsonl": { schema: z.string() },
        "text/csv": { schema: z.string() },
      },
    },
    ...problems(...access, "conflict"),
  },
};

export const getLoadReceipt = {
  operationId: "getLoadReceipt",
  method: "get" as const,
  path: "/feeds/{source}/loads/{id}/receipt",
  tags,
  summary: "下载数据生效（回退）的回执 · The receipt of a load's activation or roll-back",
  description:
    "A `c2sp.org/tlog-proof@v1` file that proves, without this service, which file became active, between which positions " +
    "of the register, and to which state it led; of a load that was rolled back, the roll-back.",
  security: reading,
  request: { params: ofLoad },
  responses: { ...receiptResponses, ...problems(...access, "erased") },
};

const decided = jsonResponse("The load as decided", LoadResource);
const underWay = jsonResponse("The decision is taken and being applied: read the load again", LoadResource);
const decisionProblems = problems(...writing, ...bodyProblems, "conflict", "same-person", "load-refused");

export const postRelease = {
  operationId: "releaseLoad",
  method: "post" as const,
  path: "/feeds/{source}/loads/{id}/release",
  tags,
  summary: "放行 · Let a held or ready load into the register",
  description: "A held load is released by another operator than the one who began it.",
  security: deciding,
  request: { params: ofLoad, body: jsonBody(Release) },
  responses: { 200: decided, 202: underWay, ...decisionProblems },
};

export const postDiscard = {
  operationId: "discardLoad",
  method: "post" as const,
  path: "/feeds/{source}/loads/{id}/discard",
  tags,
  summary: "作废 · Throw a held or ready load away, or give an upload up",
  security,
  request: { params: ofLoad, body: jsonBody(ReasonedDecision) },
  responses: { 200: decided, 202: underWay, ...decisionProblems },
};

export const postRollback = {
  operationId: "rollBackLoad",
  method: "post" as const,
  path: "/feeds/{source}/loads/{id}/rollback",
  tags,
  summary: "回退 · Undo the last active load of the source",
  description:
    "What a court did since stands, and is named in the difference. A roll-back that lists anybody again needs another " +
    "operator than those who began and released the load.",
  security: deciding,
  request: { params: ofLoad, body: jsonBody(ReasonedDecision) },
  responses: {
    200: jsonResponse("The load and what was undone", RollbackResource),
    202: underWay,
    ...decisionProblems,
  },
};

export const loadOperations = [
  getSources,
  postLoad,
  getLoads,
  getLoad,
  headLoad,
  patchLoad,
  getDifference,
  getLoadTrail,
  getRejections,
  getLoadReceipt,
  postRelease,
  postDiscard,
  postRollback,
];

// The description of every operation on checks: one party, a batch, and an agency's own record.
import { SANDBOX } from "../agencies/index.ts";
import { receiptResponses } from "../audit/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import { bodyProblems, pageOf } from "../platform/operation.ts";
import { isCalendarDate } from "../platform/time.ts";
import { CheckAnswer } from "./answer.ts";
import { BatchAnswer } from "./batch.ts";
import { RecordedCheck } from "./record.ts";
import { BatchRequest, CheckRequest } from "./request.ts";

const PAGE_ROWS_MAX = 200;

/** A key of the sandbox is answered from documented people. */
const asking = [{ apiKey: ["checks:write"] }, { apiKey: [SANDBOX] }];
const reading = [{ apiKey: ["checks:read"] }];
const refusals = [
  ...bodyProblems,
  "unauthenticated",
  "scope",
  "purpose-not-permitted",
  "quota-exceeded",
  "register-unavailable",
  "temporary-reduced-capacity",
] as const;

export const postCheck = {
  operationId: "check",
  method: "post" as const,
  path: "/checks",
  tags: ["checks"],
  summary: "核查一名当事人 · Check one party",
  description: "Asks the lists of the purpose about one party. The answer is on record before it is given.",
  security: asking,
  request: { body: jsonBody(CheckRequest, "At most 16 KiB") },
  responses: {
    200: jsonResponse("The answer", CheckAnswer),
    ...problems(...refusals, "role-not-permitted", "name-only"),
  },
};

export const postBatch = {
  operationId: "checkBatch",
  method: "post" as const,
  path: "/checks/batch",
  tags: ["checks"],
  summary: "批量核查 · Check up to 1,000 parties",
  description: "Answers each party in order. A bad item is an item with its problem; the rest are answered.",
  security: asking,
  request: { body: jsonBody(BatchRequest, "At most 2 MiB") },
  responses: { 200: jsonResponse("One result an item", BatchAnswer), ...problems(...refusals) },
};

const checkId = z.object({ id: z.string().openapi({ example: "chk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const getCheck = {
  operationId: "getCheck",
  method: "get" as const,
  path: "/checks/{id}",
  tags: ["checks"],
  summary: "查看本单位的一笔核查 · One check of the agency's own",
  security: reading,
  request: { params: checkId },
  responses: {
    200: jsonResponse("The check as it was answered, its number masked", RecordedCheck),
    ...problems("unauthenticated", "scope", "not-found", "register-unavailable"),
  },
};

export const getReceipt = {
  operationId: "getReceipt",
  method: "get" as const,
  path: "/checks/{id}/receipt",
  tags: ["checks"],
  summary: "下载核查回执 · The receipt of a check",
  description:
    "A `c2sp.org/tlog-proof@v1` file that proves, without this service, what was answered and when. Whoever holds it can " +
    "test a guess of the party's name and number: give it only to those who may know them.",
  security: reading,
  request: { params: checkId },
  responses: {
    ...receiptResponses,
    ...problems("unauthenticated", "scope", "not-found", "erased", "register-unavailable"),
  },
};

export const ChecksQuery = z.strictObject({
  batch: z
    .string()
    .refine((id) => uuidOf("bat", id) !== null)
    .optional()
    .openapi({ description: "Only those of this batch" }),
  until: z
    .string()
    .refine(isCalendarDate, { params: { code: "bad_date" } })
    .optional()
    .openapi({ description: "The last day (Asia/Shanghai); default: today", example: "2026-11-22" }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

export const getChecks = {
  operationId: "listChecks",
  method: "get" as const,
  path: "/checks",
  tags: ["checks"],
  summary: "本单位的核查记录 · The agency's own checks, newest first",
  security: reading,
  request: {
    query: ChecksQuery,
  },
  responses: {
    200: jsonResponse("A page", pageOf(RecordedCheck)),
    ...problems("invalid-cursor", "unauthenticated", "scope", "validation", "register-unavailable"),
  },
};

export const checkOperations = [postCheck, postBatch, getCheck, getReceipt, getChecks];

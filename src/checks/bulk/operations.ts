// The description of the operations on files of questions.
import { jsonResponse, problems, z } from "../../platform/http.ts";
import { pageOf } from "../../platform/operation.ts";
import { requestFields } from "../request.ts";
import { OPEN_MAX } from "./bulk.ts";
import { BulkCheck } from "./resource.ts";
import { BulkSubject } from "./row.ts";
import { columnNames, ROWS_MAX } from "./rows.ts";

export const FILE_BYTES_MAX = 256 * 1024 * 1024;

export { columnNames };

const tags = ["checks"];
const asking = [{ apiKey: ["checks:write"] }];
const reading = [{ apiKey: ["checks:read"] }];
const access = ["unauthenticated", "scope", "register-unavailable"] as const;
const ofBulk = z.object({ id: z.string().openapi({ example: "blk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const BulkQuery = z.strictObject(requestFields);

export const postBulkCheck = {
  operationId: "bulkCheck",
  method: "post" as const,
  path: "/bulk-checks",
  tags,
  summary: "大批量核查（后台办理） · Check up to a million parties in the background",
  description:
    `JSON Lines, each line a \`BulkSubject\`, or CSV in UTF-8 with the columns ${columnNames.join(", ")}; plain or with ` +
    `\`Content-Encoding: gzip\`; at most ${ROWS_MAX.toLocaleString("en")} rows and ${FILE_BYTES_MAX / 1024 ** 2} MiB as ` +
    "sent. A bad row is a result with its problem; the rest are asked. Every row is recorded once, also when the " +
    `service restarts meanwhile. An agency may have ${OPEN_MAX} files that are not finished.`,
  security: asking,
  request: {
    query: BulkQuery,
    body: {
      required: true as const,
      content: {
        "application/jsonl": { schema: BulkSubject },
        "text/csv": { schema: z.string() },
      },
    },
  },
  responses: {
    202: {
      ...jsonResponse("Taken in: poll it", BulkCheck),
      headers: z.object({
        Location: z.string().openapi({ description: "The operation" }),
        "Retry-After": z.string().openapi({ description: "Seconds" }),
      }),
    },
    ...problems(
      ...access,
      "validation",
      "purpose-not-permitted",
      "content-too-large",
      "unsupported-media-type",
      "conflict",
      "insufficient-storage",
    ),
  },
};

export const getBulkChecks = {
  operationId: "listBulkChecks",
  method: "get" as const,
  path: "/bulk-checks",
  tags,
  summary: "本单位的大批量核查 · The agency's own, newest first",
  security: reading,
  request: {
    query: z.strictObject({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: jsonResponse("A page", pageOf(BulkCheck)), ...problems(...access, "validation", "invalid-cursor") },
};

export const getBulkCheck = {
  operationId: "getBulkCheck",
  method: "get" as const,
  path: "/bulk-checks/{id}",
  tags,
  summary: "大批量核查的进度 · Where one stands",
  security: reading,
  request: { params: ofBulk },
  responses: { 200: jsonResponse("The operation", BulkCheck), ...problems(...access, "not-found") },
};

export const getBulkResults = {
  operationId: "getBulkResults",
  method: "get" as const,
  path: "/bulk-checks/{id}/results",
  tags,
  summary: "下载大批量核查结果 · Results, one line a row",
  description:
    "JSON Lines, or CSV with `Accept: text/csv`, where no cell begins like a formula. Each line names the row by its " +
    "line in the file and by its `reference`, and never repeats a name or number. What is there so far is given at " +
    "any time.",
  security: reading,
  request: { params: ofBulk },
  responses: {
    200: {
      description: "The results",
      content: { "application/jsonl": { schema: z.string() }, "text/csv": { schema: z.string() } },
    },
    ...problems(...access, "not-found"),
  },
};

export const postBulkCancel = {
  operationId: "cancelBulkCheck",
  method: "post" as const,
  path: "/bulk-checks/{id}/cancel",
  tags,
  summary: "取消大批量核查 · Cancel: what was asked stands, the rest is not asked",
  security: asking,
  request: { params: ofBulk },
  responses: {
    200: jsonResponse("The operation; one that runs ends after the rows it is at", BulkCheck),
    ...problems(...access, "not-found", "conflict"),
  },
};

export const bulkOperations = [postBulkCheck, getBulkChecks, getBulkCheck, getBulkResults, postBulkCancel];

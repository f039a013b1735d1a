// The description of every operation on feedback and sanctions: addresses, shapes, who may, and what may go wrong.
import { receiptResponses } from "../audit/index.ts";
import { courtReaders, forCourt, forOverseers } from "../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../platform/http.ts";
import { uuidOf } from "../platform/id.ts";
import { bodyProblems, etag, ifMatch, pageOf } from "../platform/operation.ts";
import { sanctionStates } from "./lifecycle.ts";
import { LiftSanction, NewFeedback, NewFeedbackBatch, NoticeOrder } from "./request.ts";
import { CourtSanctionView, FeedbackView, ListingSanctionView, OverseenTaskView } from "./resource.ts";
import { SanctionView, TaskDetail, TaskView } from "./resource.ts";
import { taskStates } from "./task-queries.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 32;
export const BATCH_MIB_MAX = 4;

const tags = ["sanctions"];
const reading = [{ apiKey: ["sanctions:read"] }];
const writing = [{ apiKey: ["sanctions:write"] }];
const access = ["unauthenticated", "scope", "not-found", "register-unavailable"] as const;
const body = [...bodyProblems, ...access] as const;
const groundProblems = [
  "answer-expired",
  "identity-not-confirmed",
  "measure-not-offered",
  "listing-ended",
  "conditions-not-confirmed",
  "erased",
] as const;
const reportProblems = [
  ...groundProblems,
  "notice-required",
  "sanction-in-force",
  "feedback-given",
  "conflict",
] as const;

const ofTask = z.object({ id: z.string().openapi({ example: "tsk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofSanction = z.object({ id: z.string().openapi({ example: "san_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofListing = z.object({ id: z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
};
const paper = { "text/html": { schema: z.string() } };

export const TaskQuery = z.strictObject({
  state: z
    .enum(taskStates)
    .optional()
    .openapi({ description: "`overdue` are those of the open ones whose day has passed" }),
  check: z
    .string()
    .refine((id) => uuidOf("chk", id) !== null)
    .optional()
    .openapi({ description: "The task in which this check counts" }),
  ...page,
});
export const SanctionQuery = z.strictObject({ state: z.enum(sanctionStates).optional(), ...page });
export const PageQuery = z.strictObject(page);

export const getTasks = {
  operationId: "listFeedbackTasks",
  method: "get" as const,
  path: "/feedback-tasks",
  tags,
  summary: "待反馈任务 · What the agency owes an answer to, oldest first",
  description:
    "One task for each party, purpose and matter in which a check called for a decision, however often it was made.",
  security: reading,
  request: { query: TaskQuery },
  responses: {
    200: jsonResponse("A page", pageOf(TaskView)),
    ...problems("unauthenticated", "scope", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const getTask = {
  operationId: "getFeedbackTask",
  method: "get" as const,
  path: "/feedback-tasks/{id}",
  tags,
  summary: "一项反馈任务 · One task with the last answer, its reports and its sanctions",
  security: reading,
  request: { params: ofTask },
  responses: { 200: jsonResponse("The task", TaskDetail), ...problems(...access) },
};

export const postFeedback = {
  operationId: "giveFeedback",
  method: "post" as const,
  path: "/feedback-tasks/{id}/feedback",
  tags,
  summary: "反馈办理结果 · Report what was done about a hit",
  description:
    "The listing is read again: gone meanwhile, nothing may rest on it. The same report again is the one that is there " +
    "(200). Another one names the report that it `replaces`, and what becomes of its sanctions.",
  security: writing,
  request: { params: ofTask, body: jsonBody(NewFeedback, `At most ${BODY_KIB_MAX} KiB`) },
  responses: {
    200: jsonResponse("The task, on which this report stands already", TaskDetail),
    201: jsonResponse("The task, settled", TaskDetail),
    ...problems(...body, ...reportProblems, "precondition-failed"),
  },
};

const Refused = z.object({
  status: z.literal("refused"),
  task: z.string().nullable(),
  problem: z
    .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
    .loose(),
});
const Recorded = z.object({ status: z.enum(["recorded", "unchanged"]), task: z.string(), feedback: FeedbackView });
export const BatchResults = z
  .object({ results: z.array(z.discriminatedUnion("status", [Recorded, Refused])) })
  .openapi("FeedbackResults");

export const postFeedbackBatch = {
  operationId: "giveFeedbackBatch",
  method: "post" as const,
  path: "/feedback",
  tags,
  summary: "批量反馈 · Report on up to 1,000 tasks",
  description:
    "One result an item, in order. An item that is refused costs itself; sent again, the others are `unchanged`.",
  security: writing,
  request: { body: jsonBody(NewFeedbackBatch, `At most ${BATCH_MIB_MAX} MiB`) },
  responses: {
    200: jsonResponse("One result an item", BatchResults),
    ...problems(...bodyProblems, "unauthenticated", "scope", "register-unavailable"),
  },
};

export const postNotice = {
  operationId: "draftNotice",
  method: "post" as const,
  path: "/feedback-tasks/{id}/notice",
  tags,
  summary: "打印惩戒告知书（送达前） · Print the notice that is served before a sanction is recorded",
  description: "Refused wherever the sanction would be. Nothing is decided by printing it.",
  security: writing,
  request: { params: ofTask, body: jsonBody(NoticeOrder, `At most ${BODY_KIB_MAX} KiB`) },
  responses: { 200: { description: "The notice", content: paper }, ...problems(...body, ...groundProblems) },
};

export const getSanctions = {
  operationId: "listSanctions",
  method: "get" as const,
  path: "/sanctions",
  tags,
  summary: "本单位的惩戒措施 · The agency's own sanctions, newest first",
  security: reading,
  request: { query: SanctionQuery },
  responses: {
    200: jsonResponse("A page", pageOf(SanctionView)),
    ...problems("unauthenticated", "scope", "register-unavailable", "validation", "invalid-cursor"),
  },
};

const oneSanction = { ...jsonResponse("The sanction", SanctionView), headers: etag };

export const getSanction = {
  operationId: "getSanction",
  method: "get" as const,
  path: "/sanctions/{id}",
  tags,
  summary: "一项惩戒措施 · One sanction",
  security: reading,
  request: { params: ofSanction },
  responses: { 200: oneSanction, ...problems(...access) },
};

export const postLift = {
  operationId: "liftActiveSanction",
  method: "post" as const,
  path: "/sanctions/{id}/lift",
  tags,
  summary: "解除惩戒措施 · Lift a sanction that is in force",
  security: writing,
  request: {
    params: ofSanction,
    headers: ifMatch("the sanction"),
    body: jsonBody(LiftSanction, `At most ${BODY_KIB_MAX} KiB`),
  },
  responses: {
    200: oneSanction,
    ...problems(...body, "conflict", "precondition-failed", "precondition-required"),
  },
};

export const getSanctionReceipt = {
  operationId: "getSanctionReceipt",
  method: "get" as const,
  path: "/sanctions/{id}/receipt",
  tags,
  summary: "惩戒（解除）回执 · The receipt of the last act on a sanction",
  description:
    "A `c2sp.org/tlog-proof@v1` file that proves, without this service, what was recorded: imposed, or lifted.",
  security: reading,
  request: { params: ofSanction },
  responses: { ...receiptResponses, ...problems(...access, "erased") },
};

export const getNotice = {
  operationId: "getNotice",
  method: "get" as const,
  path: "/sanctions/{id}/notice",
  tags,
  summary: "惩戒告知书 · The notice of a sanction, again",
  security: reading,
  request: { params: ofSanction },
  responses: { 200: { description: "The notice", content: paper }, ...problems(...access, "conflict", "erased") },
};

export const getListingSanctions = {
  operationId: "listSanctionsOnListing",
  method: "get" as const,
  path: "/listings/{id}/sanctions",
  tags,
  summary: "依据某条名单信息实施的惩戒 · What agencies did because of a listing, without their matters",
  security: forCourt(courtReaders, "listings:read"),
  request: { params: ofListing, query: PageQuery },
  responses: {
    200: jsonResponse("A page", pageOf(ListingSanctionView)),
    ...problems(...access, "authority", "validation", "invalid-cursor"),
  },
};

export const CourtSanctionQuery = z.strictObject({
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
  ...page,
});

export const getCourtSanctions = {
  operationId: "listSanctionsOfCourt",
  method: "get" as const,
  path: "/court/sanctions",
  tags,
  summary: "依据本院名单信息实施的惩戒 · What agencies did because of the listings of a court and of those below it",
  description: "Newest first, once for each listing that it rests on; the agencies' matters are their own.",
  security: forCourt(courtReaders, "listings:read"),
  request: { query: CourtSanctionQuery },
  responses: {
    200: jsonResponse("A page", pageOf(CourtSanctionView)),
    ...problems(...access, "authority", "validation", "invalid-cursor"),
  },
};

export const OverseenTaskQuery = z.strictObject({
  state: z.enum(["open", "overdue"]).default("overdue"),
  ...page,
});

export const getOverseenTasks = {
  operationId: "listFeedbackTasksOfAll",
  method: "get" as const,
  path: "/oversight/feedback-tasks",
  tags,
  summary: "各单位待反馈任务 · What agencies owe an answer to, for the credit authority and the assessor",
  description: "Agency, purpose and days; nothing of the agency's own matter.",
  security: forOverseers,
  request: { query: OverseenTaskQuery },
  responses: {
    200: jsonResponse("A page, oldest first", pageOf(OverseenTaskView)),
    ...problems("unauthenticated", "authority", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const sanctionOperations = [
  getOverseenTasks,
  getTasks,
  getTask,
  postFeedback,
  postFeedbackBatch,
  postNotice,
  getSanctions,
  getSanction,
  postLift,
  getSanctionReceipt,
  getNotice,
  getListingSanctions,
  getCourtSanctions,
];

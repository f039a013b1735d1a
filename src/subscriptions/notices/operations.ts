// The description of every operation on notices, publications and take-downs.
import { type accountRoles } from "../../courts/schema.ts";
import { courtOfficers, courtReaders, forCourt, type Security, STAFF_SESSION, textField } from "../../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { uuidOf } from "../../platform/id.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { isCalendarDate } from "../../platform/time.ts";
import { noticeStates } from "./notice-queries.ts";
import { NoticeResource, PublicationResource, TakeDownResource, UnacknowledgedResource } from "./resource.ts";
import { channels } from "./schema.ts";
import { takeDownStates } from "./take-down-queries.ts";

export { takeDownStates } from "./take-down-queries.ts";

const PAGE_ROWS_MAX = 200;
const OPERATOR_LENGTH_MAX = 100;
const RECIPIENT_LENGTH_MAX = 200;
export const ACKNOWLEDGED_MAX = 1_000;
export const BODY_KIB_MAX = 64;

const tags = ["notices"];
const bodySize = `At most ${BODY_KIB_MAX} KiB`;
const agencyAccess = ["unauthenticated", "scope", "register-unavailable"] as const;
const courtAccess = ["unauthenticated", "scope", "authority", "register-unavailable"] as const;
const courtBody = [...bodyProblems, "cross-site", "person-not-named", "jurisdiction"] as const;

const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
};
const day = z
  .string()
  .refine(isCalendarDate, { params: { code: "bad_date" } })
  .openapi({ example: "2026-11-23" });
const operator = textField(OPERATOR_LENGTH_MAX).openapi({ description: "The officer who acts" });
const idOf = (prefix: "ntc" | "tdn" | "lst", example: string) =>
  z.object({ id: z.string().openapi({ example: `${prefix}_${example}` }) });
const noticeId = z.string().refine((id) => uuidOf("ntc", id) !== null);

export const NoticeQuery = z.strictObject({
  state: z.enum(noticeStates).optional(),
  listing: z
    .string()
    .refine((id) => uuidOf("lst", id) !== null)
    .optional(),
  ...page,
});
export const Acknowledgement = z.strictObject({ operator }).openapi("Acknowledgement");
export const Acknowledgements = z
  .strictObject({ operator, notices: z.array(noticeId).min(1).max(ACKNOWLEDGED_MAX) })
  .openapi("Acknowledgements");

export const getNotices = {
  operationId: "listNotices",
  method: "get" as const,
  path: "/notices",
  tags,
  summary: "本单位收到的名单变动通知 · What the agency was told of listings that it was shown, newest first",
  description:
    "Whoever was shown a listing is told once of its end and of each correction. `open` waits to be acknowledged; lifting " +
    "a sanction that rests on the listing acknowledges its end, too.",
  security: [{ apiKey: ["events:read"] }],
  request: { query: NoticeQuery },
  responses: {
    200: jsonResponse("A page", pageOf(NoticeResource)),
    ...problems(...agencyAccess, "validation", "invalid-cursor"),
  },
};

export const postAcknowledgement = {
  operationId: "acknowledgeNotice",
  method: "post" as const,
  path: "/notices/{id}/acknowledge",
  tags,
  summary: "确认收悉 · Acknowledge a notice",
  description: "Sent again it changes nothing: the first officer stands.",
  security: [{ apiKey: ["sanctions:write"] }],
  request: { params: idOf("ntc", "01jd8m2v0q7f4t9s6k3n5r8w2x"), body: jsonBody(Acknowledgement, bodySize) },
  responses: {
    200: jsonResponse("The notice as it is now", NoticeResource),
    ...problems(...agencyAccess, ...bodyProblems, "not-found"),
  },
};

export const postAcknowledgements = {
  operationId: "acknowledgeNotices",
  method: "post" as const,
  path: "/notices/acknowledge",
  tags,
  summary: "批量确认收悉 · Acknowledge up to 1,000 notices",
  description: "Those that are not the agency's are left out of the answer.",
  security: [{ apiKey: ["sanctions:write"] }],
  request: { body: jsonBody(Acknowledgements, bodySize) },
  responses: {
    200: jsonResponse("The notices as they are now", z.object({ data: z.array(NoticeResource) })),
    ...problems(...agencyAccess, ...bodyProblems),
  },
};

const unacknowledged = {
  state: z.enum(["open", "overdue", "due_unknown"]).default("open"),
  ...page,
};
export const CourtUnacknowledgedQuery = z.strictObject({
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
  ...unacknowledged,
});
export const UnacknowledgedQuery = z.strictObject(unacknowledged);

export const getUnacknowledged = {
  operationId: "listUnacknowledgedRemovals",
  method: "get" as const,
  path: "/unacknowledged-removals",
  tags,
  summary: "未确认收悉的移出 · Removals that an agency was told of and has not acknowledged, newest first",
  security: forCourt(courtReaders, "listings:read"),
  request: { query: CourtUnacknowledgedQuery },
  responses: {
    200: jsonResponse("A page, of the court and those below it", pageOf(UnacknowledgedResource)),
    ...problems(...courtAccess, "validation", "invalid-cursor", "not-found"),
  },
};

const overseers: (typeof accountRoles)[number][] = ["credit_authority", "assessor"];
const forOverseers: Security = [{ [STAFF_SESSION]: overseers }];

export const getAllUnacknowledged = {
  operationId: "listAllUnacknowledgedRemovals",
  method: "get" as const,
  path: "/agencies/unacknowledged-removals",
  tags,
  summary: "各单位未确认收悉的移出 · The same of every court, for the credit authority and assessors",
  security: forOverseers,
  request: { query: UnacknowledgedQuery },
  responses: {
    200: jsonResponse("A page", pageOf(UnacknowledgedResource)),
    ...problems("unauthenticated", "authority", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const NewPublication = z
  .strictObject({
    channel: z.enum(channels),
    recipient: textField(RECIPIENT_LENGTH_MAX).openapi({ description: "The paper, station, board or unit" }),
    agency: z
      .string()
      .refine((id) => uuidOf("agy", id) !== null)
      .optional()
      .openapi({
        description: "Where the recipient is an agency of the register: it is told when it must be taken down",
      }),
    publishedOn: day,
    document: textField(RECIPIENT_LENGTH_MAX).optional().openapi({ description: "Number of the letter or issue" }),
  })
  .openapi("NewPublication");

export const postPublication = {
  operationId: "recordPublication",
  method: "post" as const,
  path: "/listings/{id}/publications",
  tags,
  summary: "登记另行公布或通报 · Record where else a listing was made known",
  description: "Newspapers, boards, credit bureaus, employers (arts. 7 and 8): each is to be taken down when it ends.",
  security: forCourt(courtOfficers, "listings:write"),
  request: { params: idOf("lst", "01jd8m2v0q7f4t9s6k3n5r8w2x"), body: jsonBody(NewPublication, bodySize) },
  responses: {
    201: jsonResponse("Recorded", PublicationResource),
    ...problems(...courtAccess, ...courtBody, "not-found"),
  },
};

export const getPublications = {
  operationId: "listPublications",
  method: "get" as const,
  path: "/listings/{id}/publications",
  tags,
  summary: "另行公布或通报情况 · Where else a listing was made known",
  security: forCourt(courtReaders, "listings:read"),
  request: { params: idOf("lst", "01jd8m2v0q7f4t9s6k3n5r8w2x") },
  responses: {
    200: jsonResponse("All of them", z.object({ data: z.array(PublicationResource) })),
    ...problems(...courtAccess, "not-found"),
  },
};

export const TakeDownQuery = z.strictObject({
  state: z.enum(takeDownStates).default("open"),
  court: z.string().max(20).optional(),
  ...page,
});

export const getTakeDowns = {
  operationId: "listTakeDownTasks",
  method: "get" as const,
  path: "/take-down-tasks",
  tags,
  summary: "待撤下的公开信息 · What is to be taken down where it was made known, newest first",
  description: "`open` includes what is overdue. The days run on clocks of kind `take_down` (`/v1/clocks`).",
  security: forCourt(courtReaders, "listings:read"),
  request: { query: TakeDownQuery },
  responses: {
    200: jsonResponse("A page, of the court and those below it", pageOf(TakeDownResource)),
    ...problems(...courtAccess, "validation", "invalid-cursor", "not-found"),
  },
};

export const TakeDownDone = z.strictObject({ doneOn: day }).openapi("TakeDownDone");

export const postTakeDownDone = {
  operationId: "finishTakeDown",
  method: "post" as const,
  path: "/take-down-tasks/{id}/done",
  tags,
  summary: "已撤下 · It is taken down",
  security: forCourt(courtOfficers, "listings:write"),
  request: { params: idOf("tdn", "01jd8m2v0q7f4t9s6k3n5r8w2x"), body: jsonBody(TakeDownDone, bodySize) },
  responses: {
    200: jsonResponse("The task as it is now", TakeDownResource),
    ...problems(...courtAccess, ...courtBody, "not-found", "conflict"),
  },
};

export const noticeOperations = [
  getNotices,
  postAcknowledgement,
  postAcknowledgements,
  getUnacknowledged,
  getAllUnacknowledged,
  postPublication,
  getPublications,
  getTakeDowns,
  postTakeDownDone,
];

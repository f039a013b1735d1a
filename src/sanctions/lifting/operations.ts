// The description of every operation on lift obligations and reviews of past refusals.
import { courtReaders, forCourt, type Security, STAFF_SESSION, textField } from "../../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { obligationQueries } from "./obligation-queries.ts";
import { CourtObligationView, ObligationView, ReviewView } from "./resource.ts";
import { reviewStates } from "./review-queries.ts";
import { reviewOutcomes } from "./schema.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 16;
const OPERATOR_LENGTH_MAX = 100;
const DOCUMENT_LENGTH_MAX = 100;
const NOTE_LENGTH_MAX = 500;

const tags = ["lifting"];
const reading: Security = [{ apiKey: ["sanctions:read"] }];
const writing: Security = [{ apiKey: ["sanctions:write"] }];
const access = ["unauthenticated", "scope", "register-unavailable"] as const;
const listing = ["invalid-cursor", "validation"] as const;
const bodySize = `At most ${BODY_KIB_MAX} KiB`;
const ofObligation = z.object({ id: z.string().openapi({ example: "lft_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofReview = z.object({ id: z.string().openapi({ example: "rvw_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
};
const obligationState = z.enum(obligationQueries).optional().openapi({
  description: "overdue and due_unknown are among the open ones; absent: all",
});
export const ObligationQuery = z.strictObject({ state: obligationState, ...page });
export const CourtObligationQuery = ObligationQuery.extend({
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
});
export const ReviewQuery = z.strictObject({ state: z.enum(reviewStates).optional(), ...page });

const operator = textField(OPERATOR_LENGTH_MAX).openapi({ description: "The officer who acts" });
const document = textField(DOCUMENT_LENGTH_MAX).openapi({ description: "Number of the document" });
export const NewLift = z
  .strictObject({ operator, liftedOn: z.iso.date(), documentNumber: document, note: textField(NOTE_LENGTH_MAX) })
  .openapi("NewLift");
export const NewClosing = z
  .strictObject({ documentNumber: document, reason: textField(NOTE_LENGTH_MAX) })
  .openapi("NewLiftClosing");
export const NewReview = z
  .strictObject({
    operator,
    outcome: z.enum(reviewOutcomes).openapi({
      description: "reversed: 原决定已撤销或者变更; reconsidered: 已重新办理; upheld: 依据其他事由维持",
    }),
    reviewedOn: z.iso.date(),
    documentNumber: document,
    note: textField(NOTE_LENGTH_MAX).optional(),
  })
  .openapi("NewPastRefusalReview");

export const getObligations = {
  operationId: "listLiftObligations",
  method: "get" as const,
  path: "/lift-obligations",
  tags,
  summary: "待解除惩戒 · Sanctions of the agency's own that are to be lifted, first noted first",
  description:
    "One for each sanction whose last listing has ended. None is ever removed; what became of it is its state.",
  security: reading,
  request: { query: ObligationQuery },
  responses: { 200: jsonResponse("A page", pageOf(ObligationView)), ...problems(...access, ...listing) },
};

export const getObligation = {
  operationId: "getLiftObligation",
  method: "get" as const,
  path: "/lift-obligations/{id}",
  tags,
  summary: "一项待解除惩戒 · One obligation of the agency's own",
  security: reading,
  request: { params: ofObligation },
  responses: { 200: jsonResponse("The obligation", ObligationView), ...problems(...access, "not-found") },
};

export const postLift = {
  operationId: "reportLift",
  method: "post" as const,
  path: "/lift-obligations/{id}/lift",
  tags,
  summary: "报告已解除惩戒 · Report that the sanction is lifted",
  security: writing,
  request: { params: ofObligation, body: jsonBody(NewLift, bodySize) },
  responses: {
    200: jsonResponse("The obligation, settled", ObligationView),
    ...problems(...access, ...bodyProblems, "not-found", "conflict", "precondition-failed"),
  },
};

export const postClosing = {
  operationId: "closeLiftObligation",
  method: "post" as const,
  path: "/lift-obligations/{id}/close",
  tags,
  summary: "法院说明理由，终止解除任务 · The court whose listing it was ends the obligation, with its reason",
  security: forCourt(["judge", "president"]),
  request: { params: ofObligation, body: jsonBody(NewClosing, bodySize) },
  responses: {
    200: jsonResponse("The obligation, closed", CourtObligationView),
    ...problems(
      ...(["unauthenticated", "authority", "cross-site", "register-unavailable"] as const),
      ...bodyProblems,
      "jurisdiction",
      "not-found",
      "conflict",
      "precondition-failed",
    ),
  },
};

export const getCourtObligations = {
  operationId: "listLiftObligationsOfCourt",
  method: "get" as const,
  path: "/court/lift-obligations",
  tags,
  summary:
    "本院名单移出后尚待解除的惩戒 · What agencies still have to lift after listings of one's court, or of courts below it, ended",
  description: "Agency, measure, purpose and days; nothing of the agency's own matter.",
  security: forCourt(courtReaders, "listings:read"),
  request: { query: CourtObligationQuery },
  responses: {
    200: jsonResponse("A page", pageOf(CourtObligationView)),
    ...problems(...access, ...listing, "authority", "not-found"),
  },
};

export const getAllObligations = {
  operationId: "listLiftObligationsOfAll",
  method: "get" as const,
  path: "/oversight/lift-obligations",
  tags,
  summary: "全部待解除惩戒 · What all agencies still have to lift, for the credit authority",
  security: [{ [STAFF_SESSION]: ["credit_authority", "assessor"] }] satisfies Security,
  request: { query: ObligationQuery },
  responses: {
    200: jsonResponse("A page", pageOf(CourtObligationView)),
    ...problems("unauthenticated", "authority", "register-unavailable", ...listing),
  },
};

export const getReviews = {
  operationId: "listPastRefusalReviews",
  method: "get" as const,
  path: "/past-refusal-reviews",
  tags,
  summary: "原拒办事项复查 · Refusals whose listing was revoked or was another party's, first noted first",
  security: reading,
  request: { query: ReviewQuery },
  responses: { 200: jsonResponse("A page", pageOf(ReviewView)), ...problems(...access, ...listing) },
};

export const getReview = {
  operationId: "getPastRefusalReview",
  method: "get" as const,
  path: "/past-refusal-reviews/{id}",
  tags,
  summary: "一项复查 · One review of the agency's own",
  security: reading,
  request: { params: ofReview },
  responses: { 200: jsonResponse("The review", ReviewView), ...problems(...access, "not-found") },
};

export const postReview = {
  operationId: "completePastRefusalReview",
  method: "post" as const,
  path: "/past-refusal-reviews/{id}/complete",
  tags,
  summary: "报告复查结果 · Report what the review came to",
  security: writing,
  request: { params: ofReview, body: jsonBody(NewReview, bodySize) },
  responses: {
    200: jsonResponse("The review, done", ReviewView),
    ...problems(...access, ...bodyProblems, "not-found", "conflict"),
  },
};

export const liftingOperations = [
  getObligations,
  getObligation,
  postLift,
  postClosing,
  getCourtObligations,
  getAllObligations,
  getReviews,
  getReview,
  postReview,
];

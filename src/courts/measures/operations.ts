// The description of every operation on the measures of an agency, for whoever signs in.
import { AgencyMeasureView, CatalogueMeasureView, MeasureProposal } from "../../agencies/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { forSignedIn } from "../access.ts";
import { trailOperation } from "../trail/index.ts";
import { approvers, overseers, proposers, readers } from "./approver.ts";

const PAGE_ROWS_MAX = 200;
const REASON_LENGTH_MAX = 500;

export const ListQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});
export const Withdrawal = z.strictObject({ reason: z.string().trim().min(1).max(REASON_LENGTH_MAX) });

const ofAgency = z.object({ id: z.string().openapi({ example: "agy_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofMeasure = ofAgency.extend({ measureId: z.string().openapi({ example: "ams_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const reading = ["unauthenticated", "authority", "not-found", "register-unavailable"] as const;
const writing = [...reading, "cross-site"] as const;
const measures = { tags: ["measures"] };

export const listMeasuresOperation = {
  ...measures,
  operationId: "listMeasures",
  method: "get" as const,
  path: "/agencies/{id}/measures",
  summary: "单位的惩戒措施 · The measures of an agency, the latest proposal first",
  security: forSignedIn(readers),
  request: { params: ofAgency, query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(AgencyMeasureView)),
    ...problems(...reading, "validation", "invalid-cursor"),
  },
};

export const getMeasureTrail = trailOperation({
  ...measures,
  operationId: "listAuditOfMeasure",
  of: "/agencies/{id}/measures/{measureId}",
  params: ofMeasure,
  summary: "惩戒措施的办理留痕 · Who proposed, approved or withdrew a measure, when and why, newest first",
  security: forSignedIn(readers),
});

export const AwaitingQuery = ListQuery.extend({
  approval: z
    .enum(["credit", "court"])
    .optional()
    .openapi({ description: "Whose approval is still to be given; left out, one of the two" }),
});

const AwaitingMeasure = AgencyMeasureView.extend({ agency: z.string().openapi({ description: "Its name" }) }).openapi(
  "AwaitingMeasure",
);

export const listAwaitingMeasuresOperation = {
  ...measures,
  operationId: "listAwaitingMeasures",
  method: "get" as const,
  path: "/measures/awaiting",
  summary: "待批准的惩戒措施 · The measures of every agency that wait for an approval, the earliest proposal first",
  security: forSignedIn(overseers),
  request: { query: AwaitingQuery },
  responses: {
    200: jsonResponse("A page", pageOf(AwaitingMeasure)),
    ...problems("unauthenticated", "authority", "register-unavailable", "validation", "invalid-cursor"),
  },
};

export const proposeMeasureOperation = {
  ...measures,
  operationId: "proposeMeasure",
  method: "post" as const,
  path: "/agencies/{id}/measures",
  summary: "提出启用惩戒措施 · Propose a measure for an agency",
  description:
    "A measure of the active edition of the catalogue with its legal basis and its item of the national basic list, or a " +
    "`LOCAL-…` one with all its words and its regulation. It is offered in no answer before both approvals.",
  security: forSignedIn(proposers),
  request: { params: ofAgency, body: jsonBody(MeasureProposal, "At most 32 KiB") },
  responses: {
    201: jsonResponse("The measure as proposed", AgencyMeasureView),
    ...problems(...bodyProblems, ...writing),
  },
};

export const approveMeasureOperation = {
  ...measures,
  operationId: "approveMeasure",
  method: "post" as const,
  path: "/agencies/{id}/measures/{measureId}/approve",
  summary: "批准启用惩戒措施 · Approve a measure for the credit authority or the court",
  description:
    "The account's role says for whom: the credit authority, or a court by its president (or a judge with written " +
    "authority). With both approvals it is switched on. Nobody approves what they proposed.",
  security: forSignedIn(approvers),
  request: { params: ofMeasure },
  responses: {
    200: jsonResponse("The measure", AgencyMeasureView),
    ...problems(...writing, "conflict", "same-person"),
  },
};

export const withdrawMeasureOperation = {
  ...measures,
  operationId: "withdrawMeasure",
  method: "post" as const,
  path: "/agencies/{id}/measures/{measureId}/withdraw",
  summary: "停用惩戒措施 · Withdraw a measure: the next answer does not offer it",
  security: forSignedIn(proposers),
  request: { params: ofMeasure, body: jsonBody(Withdrawal) },
  responses: {
    200: jsonResponse("The measure", AgencyMeasureView),
    ...problems(...bodyProblems, ...writing, "conflict"),
  },
};

export const readCatalogueOperation = {
  ...measures,
  operationId: "readCatalogue",
  method: "get" as const,
  path: "/catalogue",
  summary: "惩戒措施目录 · The measures of the active edition, of which one may be proposed",
  security: forSignedIn(proposers),
  responses: {
    200: jsonResponse("The active edition", z.object({ edition: z.string(), data: z.array(CatalogueMeasureView) })),
    ...problems("unauthenticated", "authority", "register-unavailable"),
  },
};

export const measureOperations = [
  listAwaitingMeasuresOperation,
  readCatalogueOperation,
  listMeasuresOperation,
  getMeasureTrail,
  proposeMeasureOperation,
  approveMeasureOperation,
  withdrawMeasureOperation,
];

// The description of the operations by which the credit authority admits agencies.
import { AgencyView } from "../../agencies/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { forSignedIn } from "../access.ts";
import { trailOperation } from "../trail/index.ts";
import { agencyAccountOperations } from "./accounts/operations.ts";
import { keyOperations } from "./keys/operations.ts";
import { AgreementChange, NewAgency, NewPurpose, Reasoned } from "./resource.ts";

const PAGE_ROWS_MAX = 200;

export const AgenciesQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

const tags = ["agencies"];
const seeing = { tags, security: forSignedIn(["credit_authority", "assessor"]) };
const admitting = { tags, security: forSignedIn(["credit_authority"]), method: "post" as const };
const reading = ["unauthenticated", "authority", "register-unavailable"] as const;
const writing = [...reading, ...bodyProblems, "cross-site"] as const;
const ofAgency = z.object({ id: z.string().openapi({ example: "agy_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const changed = jsonResponse("The agency as it is now", AgencyView);

export const getAgencies = {
  ...seeing,
  operationId: "listAgencies",
  method: "get" as const,
  path: "/agencies",
  summary: "共享单位 · Agencies with their agreements and purposes, by name",
  request: { query: AgenciesQuery },
  responses: {
    200: jsonResponse("A page", pageOf(AgencyView)),
    ...problems(...reading, "validation", "invalid-cursor"),
  },
};

export const getAgency = {
  ...seeing,
  operationId: "getAgency",
  method: "get" as const,
  path: "/agencies/{id}",
  summary: "一个共享单位 · One agency",
  request: { params: ofAgency },
  responses: { 200: jsonResponse("The agency", AgencyView), ...problems(...reading, "not-found") },
};

export const getAgencyTrail = trailOperation({
  ...seeing,
  operationId: "listAuditOfAgency",
  of: "/agencies/{id}",
  params: ofAgency,
  summary: "共享单位的办理留痕 · Who admitted, changed or suspended an agency, when and why, newest first",
});

export const postAgency = {
  ...admitting,
  operationId: "admitAgency",
  path: "/agencies",
  summary: "接入共享单位 · Admit an agency with its purposes",
  description: "Its purposes are in force from the first day of the agreement, default today.",
  request: { body: jsonBody(NewAgency) },
  responses: { 201: jsonResponse("The agency", AgencyView), ...problems(...writing, "conflict") },
};

export const postAgreement = {
  ...admitting,
  operationId: "changeAgreement",
  path: "/agencies/{id}/agreement",
  summary: "变更共享协议 · Change the agreement of an agency",
  request: { params: ofAgency, body: jsonBody(AgreementChange) },
  responses: { 200: changed, ...problems(...writing, "not-found") },
};

export const postPurpose = {
  ...admitting,
  operationId: "grantPurpose",
  path: "/agencies/{id}/purposes",
  summary: "核准核查事由 · Grant a purpose, or give it other days",
  request: { params: ofAgency, body: jsonBody(NewPurpose) },
  responses: { 200: changed, ...problems(...writing, "not-found") },
};

export const postPurposeWithdrawal = {
  ...admitting,
  operationId: "withdrawPurpose",
  path: "/agencies/{id}/purposes/{purpose}/withdraw",
  summary: "撤销核查事由 · Withdraw a purpose at once",
  request: { params: ofAgency.extend({ purpose: z.string() }), body: jsonBody(Reasoned) },
  responses: { 200: changed, ...problems(...writing, "not-found") },
};

export const postSuspension = {
  ...admitting,
  operationId: "suspendAgency",
  path: "/agencies/{id}/suspend",
  summary: "暂停共享单位 · Suspend an agency: its keys open nothing from the next request on",
  request: { params: ofAgency, body: jsonBody(Reasoned) },
  responses: { 200: changed, ...problems(...writing, "not-found", "conflict") },
};

export const postResumption = {
  ...admitting,
  operationId: "resumeAgency",
  path: "/agencies/{id}/resume",
  summary: "恢复共享单位 · Let a suspended agency ask again",
  request: { params: ofAgency, body: jsonBody(Reasoned) },
  responses: { 200: changed, ...problems(...writing, "not-found", "conflict") },
};

export const agencyOperations = [
  getAgencies,
  getAgency,
  getAgencyTrail,
  postAgency,
  postAgreement,
  postPurpose,
  postPurposeWithdrawal,
  postSuspension,
  postResumption,
];
export const admissionOperations = [...agencyOperations, ...keyOperations, ...agencyAccountOperations];

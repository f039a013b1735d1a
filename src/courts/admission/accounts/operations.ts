// The description of the operations on the accounts of an agency's people: the credit authority creates its liaison, the
// liaison its officers.
import { jsonBody, jsonResponse, problems, z } from "../../../platform/http.ts";
import { bodyProblems } from "../../../platform/operation.ts";
import { forSignedIn } from "../../access.ts";
import { trailOperation } from "../../trail/index.ts";
import { AccountView, EnrollingView, Reasoned } from "../../accounts/resource.ts";

export const agencyRoles = ["agency_officer", "agency_liaison"] as const;

export const NewAgencyAccount = z
  .strictObject({
    login: z.string().min(1).max(100),
    name: z.string().min(1).max(200),
    role: z.enum(agencyRoles).openapi({ description: "A liaison creates officers only" }),
  })
  .openapi("NewAgencyAccount");

const reading = ["unauthenticated", "authority", "not-found", "register-unavailable"] as const;
const writing = [...reading, ...bodyProblems, "cross-site", "conflict"] as const;
const tags = ["agencies"];
const security = forSignedIn(["agency_liaison", "credit_authority"]);
const ofAgency = z.object({ id: z.string().openapi({ example: "agy_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofAccount = ofAgency.extend({
  accountId: z.string().openapi({ example: "acc_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
});

export const getAccounts = {
  operationId: "listAgencyAccounts",
  method: "get" as const,
  path: "/agencies/{id}/accounts",
  tags,
  summary: "单位人员账号 · The accounts of an agency's people, by login",
  security: forSignedIn(["agency_liaison", "credit_authority", "assessor"]),
  request: { params: ofAgency },
  responses: { 200: jsonResponse("All of them", z.object({ data: z.array(AccountView) })), ...problems(...reading) },
};

export const getAccountTrail = trailOperation({
  operationId: "listAuditOfAgencyAccount",
  of: "/agencies/{id}/accounts/{accountId}",
  params: ofAccount,
  tags,
  summary: "单位人员账号的办理留痕 · Who created, disabled or reset an account, and its refused sign-ins",
  security: getAccounts.security,
});

export const postAccount = {
  operationId: "createAgencyAccount",
  method: "post" as const,
  path: "/agencies/{id}/accounts",
  tags,
  summary: "新增单位人员账号 · An account at an agency",
  security,
  request: { params: ofAgency, body: jsonBody(NewAgencyAccount) },
  responses: {
    201: jsonResponse("The account, with the code for its first sign-in", EnrollingView),
    ...problems(...writing),
  },
};

export const postDisabling = {
  operationId: "disableAgencyAccount",
  method: "post" as const,
  path: "/agencies/{id}/accounts/{accountId}/disable",
  tags,
  summary: "停用单位人员账号 · Disable an account and end its sessions",
  security,
  request: { params: ofAccount, body: jsonBody(Reasoned) },
  responses: { 200: jsonResponse("The account as it is now", AccountView), ...problems(...writing) },
};

export const postReset = {
  operationId: "resetAgencyAccount",
  method: "post" as const,
  path: "/agencies/{id}/accounts/{accountId}/reset",
  tags,
  summary: "重置单位人员账号 · Forget both factors and let them enrol again",
  security,
  request: { params: ofAccount, body: jsonBody(Reasoned) },
  responses: {
    200: jsonResponse("The account, with the code for its next first sign-in", EnrollingView),
    ...problems(...writing),
  },
};

export const agencyAccountOperations = [getAccounts, getAccountTrail, postAccount, postDisabling, postReset];

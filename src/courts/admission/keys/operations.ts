// The description of every operation on an agency's keys, for its liaison and the credit authority.
import { consoleRoles } from "../../../agencies/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../../platform/http.ts";
import { bodyProblems } from "../../../platform/operation.ts";
import { forSignedIn } from "../../access.ts";
import { trailOperation } from "../../trail/index.ts";
import { ApiKeyView, IssuedKeyView, KeyRevocation, KeyRoll, NewApiKey } from "./resource.ts";

const reading = ["unauthenticated", "authority", "not-found", "register-unavailable"] as const;
const writing = [...reading, "cross-site", "conflict"] as const;
const tags = ["agencies"];
const security = forSignedIn(["agency_liaison", "credit_authority"]);
const ofAgency = z.object({ id: z.string().openapi({ example: "agy_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofKey = ofAgency.extend({ keyId: z.string().openapi({ example: "0123456789" }) });
const issued = jsonResponse("The key, shown this once", IssuedKeyView);

export const getKeys = {
  operationId: "listApiKeys",
  method: "get" as const,
  path: "/agencies/{id}/keys",
  tags,
  summary: "单位的密钥 · The keys of an agency, the newest first",
  security: forSignedIn(["agency_liaison", "credit_authority", "assessor"]),
  request: { params: ofAgency },
  responses: { 200: jsonResponse("All of them", z.object({ data: z.array(ApiKeyView) })), ...problems(...reading) },
};

export const getKeyTrail = trailOperation({
  operationId: "listAuditOfApiKey",
  of: "/agencies/{id}/keys/{keyId}",
  params: ofKey,
  tags,
  summary: "密钥的办理留痕 · Who issued, rolled or revoked a key, when and why, newest first",
  security: getKeys.security,
});

export const postKey = {
  operationId: "issueApiKey",
  method: "post" as const,
  path: "/agencies/{id}/keys",
  tags,
  summary: "签发密钥 · Issue a key",
  security,
  request: { params: ofAgency, body: jsonBody(NewApiKey) },
  responses: { 201: issued, ...problems(...bodyProblems, ...writing) },
};

export const postRoll = {
  operationId: "rollApiKey",
  method: "post" as const,
  path: "/agencies/{id}/keys/{keyId}/roll",
  tags,
  summary: "更换密钥 · Issue a successor, with an overlap",
  security,
  request: { params: ofKey, body: jsonBody(KeyRoll) },
  responses: { 201: issued, ...problems(...bodyProblems, ...writing) },
};

export const postRevocation = {
  operationId: "revokeApiKey",
  method: "post" as const,
  path: "/agencies/{id}/keys/{keyId}/revoke",
  tags,
  summary: "吊销密钥 · Revoke a key: the next request that bears it is refused",
  description: "Of a key of the console, it closes the pages of those who ask through it.",
  security,
  request: { params: ofKey, body: jsonBody(KeyRevocation) },
  responses: { 200: jsonResponse("The key", ApiKeyView), ...problems(...bodyProblems, ...writing) },
};

export const postConsoleKey = {
  operationId: "renewConsoleKey",
  method: "post" as const,
  path: "/agencies/{id}/console-keys/{role}",
  tags,
  summary: "重新启用窗口控制台 · Open the console again after its key was revoked",
  security,
  request: {
    params: ofAgency.extend({ role: z.enum(consoleRoles).openapi({ description: "Whose pages" }) }),
  },
  responses: { 201: jsonResponse("Its new key, which nobody is given", ApiKeyView), ...problems(...writing) },
};

export const keyOperations = [getKeys, getKeyTrail, postKey, postRoll, postRevocation, postConsoleKey];

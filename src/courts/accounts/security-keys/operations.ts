// The description of every operation on security keys.
import { jsonBody, jsonResponse, problems, z } from "../../../platform/http.ts";
import { bodyProblems } from "../../../platform/operation.ts";
import { forEverybodySignedIn } from "../../access.ts";
import { Factors, NewSecurityKey } from "../resource.ts";
import { CreationOptions, RequestOptions, SecurityKeyView } from "./resource.ts";

const reading = ["unauthenticated", "authority", "register-unavailable"] as const;
const writing = [
  ...reading,
  ...bodyProblems,
  "cross-site",
  "sign-in-failed",
  "sign-in-paused",
  "temporary-reduced-capacity",
] as const;
const accounts = { tags: ["accounts"], security: forEverybodySignedIn };

const cookie = z.object({
  "Set-Cookie": z.string().openapi({ description: "The session's token is another from here on: `__Host-sid`" }),
});

export const challengeOperation = {
  operationId: "readSignInChallenge",
  method: "post" as const,
  path: "/sessions/challenge",
  tags: ["accounts"],
  summary: "安全密钥登录：取得质询 · What a security key signs on signing in",
  description:
    "For `navigator.credentials.get`. Asks for no name, so it tells of none. Good for five minutes, and for one sign-in.",
  security: [],
  responses: { 200: jsonResponse("The options", RequestOptions), ...problems("register-unavailable") },
};

export const listSecurityKeysOperation = {
  ...accounts,
  operationId: "listSecurityKeys",
  method: "get" as const,
  path: "/account/security-keys",
  summary: "安全密钥 · One's own security keys",
  responses: {
    200: jsonResponse("Those that open the account", z.object({ data: z.array(SecurityKeyView) })),
    ...problems(...reading),
  },
};

export const securityKeyOptionsOperation = {
  ...accounts,
  operationId: "readSecurityKeyOptions",
  method: "get" as const,
  path: "/account/security-keys/options",
  summary: "登记安全密钥：取得参数 · What a browser asks a new key",
  description: "For `navigator.credentials.create`. Good for five minutes, for this account, and once.",
  responses: { 200: jsonResponse("The options", CreationOptions), ...problems(...reading) },
};

export const addSecurityKeyOperation = {
  ...accounts,
  operationId: "addSecurityKey",
  method: "post" as const,
  path: "/account/security-keys",
  summary: "登记安全密钥 · Add a security key",
  description: "Asks for both factors again. From then on the key stands in the place of the code; the app goes on.",
  request: { body: jsonBody(NewSecurityKey) },
  responses: {
    201: { ...jsonResponse("The key", SecurityKeyView), headers: cookie },
    ...problems(...writing, "security-key-refused", "conflict"),
  },
};

export const removeSecurityKeyOperation = {
  ...accounts,
  operationId: "removeSecurityKey",
  method: "post" as const,
  path: "/account/security-keys/{id}/removal",
  summary: "移除安全密钥 · Remove a security key",
  description: "Asks for both factors again; the app or a recovery code does for a key that is lost.",
  request: {
    params: z.object({ id: z.string().openapi({ example: "hwk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }),
    body: jsonBody(Factors),
  },
  responses: { 204: { description: "Done", headers: cookie }, ...problems(...writing, "not-found") },
};

export const securityKeyOperations = [
  challengeOperation,
  listSecurityKeysOperation,
  securityKeyOptionsOperation,
  addSecurityKeyOperation,
  removeSecurityKeyOperation,
];

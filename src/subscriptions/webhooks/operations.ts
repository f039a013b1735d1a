// The description of every operation on webhooks: addresses, shapes, and what may go wrong.
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, etag, ifMatch, pageOf } from "../../platform/operation.ts";
import { deliveryStates } from "./schema.ts";
import {
  Delivery,
  NewWebhook,
  SecretRotation,
  Webhook,
  WebhookAct,
  WebhookChange,
  WebhookEnabling,
  WebhookReplay,
  WebhookWithSecret,
} from "./resource.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 16;

const tags = ["webhooks"];
const security = [{ apiKey: ["webhooks:write"] }];
const access = ["unauthenticated", "scope", "register-unavailable"] as const;
const bodySize = `At most ${BODY_KIB_MAX} KiB`;
const ofWebhook = z.object({ id: z.string().openapi({ example: "whk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ofDelivery = z.object({ id: z.string().openapi({ example: "dlv_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const postWebhook = {
  operationId: "createWebhook",
  method: "post" as const,
  path: "/webhooks",
  tags,
  summary: "登记推送地址 · Set up an endpoint that is told what happens",
  description:
    "Events are sent as Standard Webhooks (standardwebhooks.com): `POST` with the event as the feed has it, signed with " +
    "HMAC-SHA-256 (`v1`, the secret in this answer) and Ed25519 (`v1a`, the public key). Whatever answers 2xx within 15 " +
    "seconds has it. Everything else is tried again, ten times in three days; then the endpoint is disabled, and what it " +
    "was not told waits. At least once, and of events about the same thing the earlier first.",
  security,
  request: { body: jsonBody(NewWebhook, bodySize) },
  responses: {
    201: { ...jsonResponse("The endpoint, with its secret this once", WebhookWithSecret), headers: etag },
    ...problems(...access, ...bodyProblems, "conflict"),
  },
};

export const getWebhooks = {
  operationId: "listWebhooks",
  method: "get" as const,
  path: "/webhooks",
  tags,
  summary: "本单位的推送地址 · The agency's endpoints, at most 20",
  security,
  responses: { 200: jsonResponse("All of them", z.object({ data: z.array(Webhook) })), ...problems(...access) },
};

export const getWebhook = {
  operationId: "getWebhook",
  method: "get" as const,
  path: "/webhooks/{id}",
  tags,
  summary: "一个推送地址 · One endpoint and how it does",
  security,
  request: { params: ofWebhook },
  responses: {
    200: { ...jsonResponse("The endpoint", Webhook), headers: etag },
    ...problems(...access, "not-found"),
  },
};

export const patchWebhook = {
  operationId: "changeWebhook",
  method: "patch" as const,
  path: "/webhooks/{id}",
  tags,
  summary: "修改推送地址 · Change address, description or types",
  description: "What waits goes to the new address.",
  security,
  request: { params: ofWebhook, headers: ifMatch("the endpoint"), body: jsonBody(WebhookChange, bodySize) },
  responses: {
    200: { ...jsonResponse("The endpoint", Webhook), headers: etag },
    ...problems(...access, ...bodyProblems, "not-found", "precondition-failed", "precondition-required"),
  },
};

export const deleteWebhook = {
  operationId: "removeWebhook",
  method: "delete" as const,
  path: "/webhooks/{id}",
  tags,
  summary: "移除推送地址 · Remove an endpoint with its keys",
  description: "What waits is not sent any more; the feed has it all the same.",
  security,
  request: { params: ofWebhook, body: jsonBody(WebhookAct, bodySize) },
  responses: { 204: { description: "Removed" }, ...problems(...access, ...bodyProblems, "not-found") },
};

/** What is done to an endpoint, each with the endpoint as the answer. */
const describeAct = <Body extends z.ZodType, Answer extends z.ZodType>(
  name: string,
  words: { operationId: string; summary: string; description: string },
  body: Body,
  answer: Answer,
) => ({
  ...words,
  method: "post" as const,
  path: `/webhooks/{id}/${name}`,
  tags,
  security,
  request: { params: ofWebhook, body: jsonBody(body, bodySize) },
  responses: {
    200: { ...jsonResponse("The endpoint", answer), headers: etag },
    ...problems(...access, ...bodyProblems, "not-found", "conflict", "invalid-cursor", "events-gone"),
  },
});

export const rotateSecret = describeAct(
  "rotate-secret",
  {
    operationId: "rotateWebhookSecret",
    summary: "更换签名密钥 · New keys, with an overlap",
    description: "Until the old keys end every message carries the signatures of both.",
  },
  SecretRotation,
  WebhookWithSecret,
);

export const enableWebhook = describeAct(
  "enable",
  {
    operationId: "enableWebhook",
    summary: "启用 · Go on with everything that the endpoint was not told",
    description:
      "From the first attempt on, in order. What happened so long ago that it is no longer kept is `events-gone`, unless " +
      "`skipGone` says to leave it out.",
  },
  WebhookEnabling,
  Webhook,
);

export const disableWebhook = describeAct(
  "disable",
  {
    operationId: "disableWebhook",
    summary: "停用 · Send nothing until it is enabled again",
    description: "What happens meanwhile waits.",
  },
  WebhookAct,
  Webhook,
);

export const replayWebhook = describeAct(
  "replay",
  {
    operationId: "replayWebhook",
    summary: "重新推送 · Send everything after a token once more",
    description: "The ids are those of the first time, so a receiver that keeps them knows what it has had.",
  },
  WebhookReplay,
  Webhook,
);

export const testWebhook = {
  operationId: "testWebhook",
  method: "post" as const,
  path: "/webhooks/{id}/test",
  tags,
  summary: "测试 · Send an event of no consequence now, and see what comes of it",
  description:
    "Its type is `webhook.test`. One attempt, also to an endpoint that is disabled; a failure has no effect.",
  security,
  request: { params: ofWebhook, body: jsonBody(WebhookAct, bodySize) },
  responses: {
    200: jsonResponse("The delivery with its attempt", Delivery),
    ...problems(...access, ...bodyProblems, "not-found", "temporary-reduced-capacity"),
  },
};

export const DeliveriesQuery = z.strictObject({
  state: z.enum(deliveryStates).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

export const getDeliveries = {
  operationId: "listDeliveries",
  method: "get" as const,
  path: "/webhooks/{id}/deliveries",
  tags,
  summary: "推送记录 · What was sent to an endpoint and what came of it, newest first",
  security,
  request: { params: ofWebhook, query: DeliveriesQuery },
  responses: {
    200: jsonResponse("A page", pageOf(Delivery)),
    ...problems(...access, "validation", "invalid-cursor", "not-found"),
  },
};

export const getDelivery = {
  operationId: "getDelivery",
  method: "get" as const,
  path: "/deliveries/{id}",
  tags,
  summary: "一次推送 · One delivery with every attempt",
  security,
  request: { params: ofDelivery },
  responses: { 200: jsonResponse("The delivery", Delivery), ...problems(...access, "not-found") },
};

export const resendDelivery = {
  operationId: "resendDelivery",
  method: "post" as const,
  path: "/deliveries/{id}/resend",
  tags,
  summary: "再次推送 · Send a delivery again, with all its attempts",
  security,
  request: { params: ofDelivery, body: jsonBody(WebhookAct, bodySize) },
  responses: {
    202: jsonResponse("The delivery, which is due now", Delivery),
    ...problems(...access, ...bodyProblems, "not-found", "conflict"),
  },
};

export const webhookOperations = [
  postWebhook,
  getWebhooks,
  getWebhook,
  patchWebhook,
  deleteWebhook,
  rotateSecret,
  enableWebhook,
  disableWebhook,
  replayWebhook,
  testWebhook,
  getDeliveries,
  getDelivery,
  resendDelivery,
];

// The description of the operations that look back.
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { AsOfRequest, ReplayRequest } from "./request.ts";
import { AsOfAnswer, Replay } from "./resource.ts";

const refusals = [...bodyProblems, "unauthenticated", "scope", "register-unavailable"] as const;

export const postAsOf = {
  operationId: "checkAsOf",
  method: "post" as const,
  path: "/checks/as-of",
  tags: ["checks"],
  summary: "查询历史时点的核查结果 · What a check would have answered at a moment of the past",
  description:
    "For auditors: a key with the scope `audit:read`. The question is on the audit trail. A change counts from the moment " +
    "at which it took its position; those of a large load could be seen some seconds later.",
  security: [{ apiKey: ["audit:read"] }],
  request: { body: jsonBody(AsOfRequest, "At most 16 KiB") },
  responses: {
    200: jsonResponse("The answer of then", AsOfAnswer),
    ...problems(...refusals, "role-not-permitted", "name-only"),
  },
};

export const postReplay = {
  operationId: "replayCheck",
  method: "post" as const,
  path: "/checks/{id}/replay",
  tags: ["checks"],
  summary: "复核既往核查 · Ask a recorded check again, and see what has changed since",
  description:
    "The recorded answer is made again from the history of the register, and the question is asked anew: a check of its " +
    "own, under the same purpose and case reference, that names the first as `previousCheckId`.",
  security: [{ apiKey: ["checks:read", "checks:write"] }],
  request: {
    params: z.object({ id: z.string().openapi({ example: "chk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }),
    body: jsonBody(ReplayRequest, "At most 16 KiB"),
  },
  responses: {
    200: jsonResponse("Both answers and what lies between them", Replay),
    ...problems(
      ...refusals,
      "purpose-not-permitted",
      "not-found",
      "erased",
      "quota-exceeded",
      "temporary-reduced-capacity",
    ),
  },
};

export const replayOperations = [postAsOf, postReplay];

// The description of every operation on alerts.
import { STAFF_SESSION, textField } from "../../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { MisuseAlertView } from "./resource.ts";
import { alertStates } from "./schema.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 16;
const REASON_LENGTH_MAX = 500;

const tags = ["misuse"];
const overseeing = [{ [STAFF_SESSION]: ["credit_authority"] }];
const signedIn = ["unauthenticated", "authority", "register-unavailable"] as const;
const ofAlert = z.object({ id: z.string().openapi({ example: "mis_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const AlertQuery = z.strictObject({
  state: z.enum(alertStates).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});
export const AlertDecision = z.strictObject({ reason: textField(REASON_LENGTH_MAX) }).openapi("MisuseAlertDecision");

export const getOwnAlerts = {
  operationId: "listOwnMisuseAlerts",
  method: "get" as const,
  path: "/misuse-alerts",
  tags,
  summary: "本单位核查使用异常提示 · What was unusual in the agency's own checks, newest first",
  security: [{ apiKey: ["checks:read"] }],
  request: { query: AlertQuery },
  responses: {
    200: jsonResponse("A page", pageOf(MisuseAlertView)),
    ...problems("unauthenticated", "scope", "validation", "invalid-cursor", "register-unavailable"),
  },
};

export const getAllAlerts = {
  operationId: "listMisuseAlerts",
  method: "get" as const,
  path: "/oversight/misuse-alerts",
  tags,
  summary: "各单位核查使用异常提示 · Those of all agencies, and checks of canaries, of which agencies do not learn",
  security: overseeing,
  request: { query: AlertQuery },
  responses: {
    200: jsonResponse("A page", pageOf(MisuseAlertView)),
    ...problems(...signedIn, "validation", "invalid-cursor"),
  },
};

const decision = (operationId: string, path: string, summary: string) => ({
  operationId,
  method: "post" as const,
  path,
  tags,
  summary,
  security: overseeing,
  request: { params: ofAlert, body: jsonBody(AlertDecision, `At most ${BODY_KIB_MAX} KiB`) },
  responses: {
    200: jsonResponse("The alert", MisuseAlertView),
    ...problems(...signedIn, ...bodyProblems, "cross-site", "not-found", "conflict"),
  },
});

export const postAcknowledgement = decision(
  "acknowledgeMisuseAlert",
  "/oversight/misuse-alerts/{id}/acknowledge",
  "已知悉，正在核实 · Somebody looks into it; what holds the key back stays",
);

export const postClosing = decision(
  "closeMisuseAlert",
  "/oversight/misuse-alerts/{id}/close",
  "核实完毕，解除限制 · It is over, and nothing holds the key back any more",
);

export const misuseOperations = [getOwnAlerts, getAllAlerts, postAcknowledgement, postClosing];

// The description of what an agency may read of itself with its key.
import { jsonResponse, problems, z } from "../platform/http.ts";
import { AgencyMeasureView, AgencyView } from "./resource.ts";

const reading = {
  method: "get" as const,
  security: [{ apiKey: ["checks:read"] }],
};
const access = problems("unauthenticated", "scope", "register-unavailable");

export const getOwnAgency = {
  ...reading,
  operationId: "getOwnAgency",
  path: "/agency",
  tags: ["agencies"],
  summary: "本单位 · The agency of the key, with its agreement and its purposes",
  responses: { 200: jsonResponse("The agency", AgencyView), ...access },
};

export const getOwnMeasures = {
  ...reading,
  operationId: "listOwnMeasures",
  path: "/measures",
  tags: ["measures"],
  summary: "本单位今日启用的惩戒措施 · The measures that are switched on for the agency today",
  responses: { 200: jsonResponse("By code", z.object({ data: z.array(AgencyMeasureView) })), ...access },
};

export const agencyOperations = [getOwnAgency, getOwnMeasures];

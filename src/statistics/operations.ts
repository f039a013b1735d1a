// The description of every operation on statistics.
import { courtReaders, forCourt, STAFF_SESSION } from "../courts/index.ts";
import { jsonResponse, problems, z } from "../platform/http.ts";
import { AgencyStatisticsView, CourtStatisticsView, OpenStatisticsView, OwnStatisticsView } from "./resource.ts";
import { AgencyUsageView } from "./usage-resource.ts";
import { USAGE_DAYS } from "./usage.ts";
import { CELL_MIN } from "./withholding.ts";

/** Of one request: each month is read and assessed by itself. */
export const MONTHS_MAX = 24;

const Month = z
  .string()
  .regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/)
  .openapi({ description: "A month of Asia/Shanghai, not after the running one", example: "2026-10" });

export const MonthQuery = z.strictObject({ month: Month });
export const OpenQuery = z.strictObject({
  month: Month.optional().openapi({ description: "A closed month; the last one where it is left out" }),
});
export const RangeQuery = z.strictObject({
  from: Month.openapi({ description: `The first month; at most ${MONTHS_MAX} in all` }),
  to: Month.openapi({ description: "The last month, counted" }),
});

const shared = { tags: ["statistics"], method: "get" as const };
const reading = ["validation", "register-unavailable"] as const;

/** JSON, or CSV for office programs where `Accept` names it. */
const tableOf = <S extends z.ZodType>(description: string, schema: S) => ({
  description: `${description}. CSV where Accept names text/csv: one line for each number`,
  content: { "application/json": { schema }, "text/csv": { schema: z.string() } },
});

export const getAgencies = {
  ...shared,
  operationId: "readAgencyStatistics",
  path: "/statistics/agencies",
  summary: "各单位月度统计与考核 · Agencies by month, with what their figures come to in points",
  description:
    "For the credit authority and the assessor. Every rule that gave or took points is named with its figures.",
  security: [{ [STAFF_SESSION]: ["credit_authority", "assessor"] }],
  request: { query: MonthQuery },
  responses: {
    200: tableOf("The month", AgencyStatisticsView),
    ...problems(...reading, "unauthenticated", "authority"),
  },
};

export const getOwn = {
  ...shared,
  operationId: "readOwnStatistics",
  path: "/statistics/own",
  summary: "本单位月度统计与考核 · One's own months",
  description: "What the credit authority sees of the agency whose key asks.",
  security: [{ apiKey: ["checks:read"] }],
  request: { query: RangeQuery },
  responses: {
    200: tableOf("The months, the earliest first", OwnStatisticsView),
    ...problems(...reading, "unauthenticated", "scope"),
  },
};

export const getCourts = {
  ...shared,
  operationId: "readCourtStatistics",
  path: "/statistics/courts",
  summary: "法院月度统计 · One's own court and those below it by month",
  security: forCourt(courtReaders, "clocks:read"),
  request: { query: MonthQuery },
  responses: {
    200: tableOf("The month", CourtStatisticsView),
    ...problems(...reading, "unauthenticated", "scope", "authority"),
  },
};

export const getOpen = {
  ...shared,
  operationId: "readOpenStatistics",
  path: "/statistics/open",
  summary: "公开统计 · Open figures of a closed month",
  description:
    `Summed over all agencies and all courts. Numbers from 1 to ${CELL_MIN - 1} are withheld, and with them as many others of ` +
    "the same figure as it takes that no subtraction finds them.",
  security: [],
  request: { query: OpenQuery },
  responses: { 200: tableOf("The month", OpenStatisticsView), ...problems(...reading, "not-found") },
};

export const getUsage = {
  ...shared,
  operationId: "readUsage",
  path: "/usage",
  summary: "本单位用量与额度 · What the agency has asked and may still ask",
  description: `Today by key, with limits and what remains of them, and the last ${USAGE_DAYS} days. Days are those of Asia/Shanghai.`,
  security: [{ apiKey: ["checks:read"] }],
  responses: {
    200: jsonResponse("Usage and limits", AgencyUsageView),
    ...problems("unauthenticated", "scope", "register-unavailable"),
  },
};

export const statisticsOperations = [getAgencies, getOwn, getCourts, getOpen, getUsage];

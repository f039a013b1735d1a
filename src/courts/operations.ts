// The description of every operation on courts.
import { jsonResponse, problems, z } from "../platform/http.ts";
import { forCourt } from "./access.ts";
import type { CourtNameRow, NamedCourt } from "./court-queries.ts";
import { courtLevels } from "./schema.ts";
import { trailOperation } from "./trail/index.ts";

const day = z.iso.date().nullable();

const CourtView = z
  .object({
    code: z.string().openapi({ description: "As case numbers have it", example: "闽0203" }),
    name: z.string(),
    level: z.enum(courtLevels),
    region: z.string().nullable(),
    higherCourt: z.string().nullable().openapi({ description: "Where reconsideration goes", example: "闽02" }),
    validFrom: day,
    validUntil: day,
    successor: z.string().nullable().openapi({ description: "Who took over the matters of a closed court" }),
  })
  .openapi("Court");

const NamedCourtView = CourtView.extend({
  names: z.array(z.object({ name: z.string(), official: z.boolean(), validFrom: day, validUntil: day })),
}).openapi("CourtWithNames");

const ofCourt = z.object({ code: z.string().openapi({ example: "闽0203" }) });
const courts = { tags: ["courts"], method: "get" as const, security: [] };

export const listCourts = {
  ...courts,
  operationId: "listCourts",
  path: "/courts",
  summary: "法院目录 · The courts, by code",
  responses: {
    200: jsonResponse("Every court", z.object({ data: z.array(CourtView) })),
    ...problems("register-unavailable"),
  },
};

export const getCourt = {
  ...courts,
  operationId: "getCourt",
  path: "/courts/{code}",
  summary: "一个法院及其名称沿革 · A court, with its names through time",
  request: { params: ofCourt },
  responses: { 200: jsonResponse("The court", NamedCourtView), ...problems("not-found", "register-unavailable") },
};

export const getCourtTrail = trailOperation({
  operationId: "listAuditOfCourt",
  of: "/courts/{code}",
  params: ofCourt,
  tags: courts.tags,
  summary: "法院的查找留痕 · Who searched the listings of a court's jurisdiction, when and by what, newest first",
  security: forCourt(["president", "auditor"]),
});

export const courtTableOperations = [listCourts, getCourt, getCourtTrail];

export function courtView(row: NamedCourt): z.infer<typeof CourtView> {
  const { code, name, level, region, higherCode, validFrom, validUntil, successorCode } = row;
  const dates = { validFrom, validUntil };
  return { code, name: name ?? code, level, region, higherCourt: higherCode, ...dates, successor: successorCode };
}

export function namedCourtView(row: NamedCourt, names: CourtNameRow[]): z.infer<typeof NamedCourtView> {
  const view = ({ name, isOfficial, validFrom, validUntil }: CourtNameRow) => {
    return { name, official: isOfficial, validFrom, validUntil };
  };
  return { ...courtView(row), names: names.map(view) };
}

// The description of the list of deadlines.
import { courtReaders, forCourt } from "../access.ts";
import { clockNames, ClockView } from "../clock-view.ts";
import { jsonResponse, problems, z } from "../../platform/http.ts";
import { pageOf } from "../../platform/operation.ts";

const PAGE_ROWS_MAX = 200;

export const ListQuery = z.strictObject({
  state: z.enum(["open", "overdue", "due_unknown"]).default("open"),
  kind: z.enum(clockNames).optional(),
  subject: z
    .string()
    .regex(/^(?:lst|obj|idr|tdn)_[0-9a-z]{26}$/)
    .optional()
    .openapi({ description: "A listing, an objection, an identity request or a take-down", example: "lst_…" }),
  court: z.string().max(20).optional().openapi({ description: "One's own court, or one below it", example: "闽0203" }),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

/** A deadline that runs, with what is left of it. */
const RunningClock = ClockView.extend({
  workingDaysLeft: z.int().nullable().openapi({
    description:
      "Working days after today through the last day; negative once it has passed; null while no notice says",
  }),
}).openapi("RunningClock");

export const getClocks = {
  operationId: "listClocks",
  method: "get" as const,
  path: "/clocks",
  tags: ["clocks"],
  summary: "期限 · Deadlines that run, what was due first first",
  description:
    "Overdue ones come first; what no holiday notice covers yet comes last, without a last day. A time that ran for " +
    "somebody's good and is over is not listed.",
  security: forCourt(courtReaders, "clocks:read"),
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(RunningClock)),
    ...problems(
      "invalid-cursor",
      "unauthenticated",
      "scope",
      "authority",
      "not-found",
      "validation",
      "register-unavailable",
    ),
  },
};

export const clockOperations = [getClocks];

// Deadlines over HTTP: a court's own and those of the courts below it, what was due first first.
import { courtReaders, forCourt } from "../access.ts";
import { duties } from "../clock-record.ts";
import { listClocks } from "../clock-queries.ts";
import { clockNames, ClockView, clockView } from "../clock-view.ts";
import type { Door } from "../door.ts";
import { visibleCourts } from "../jurisdiction.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { jsonResponse, newRouter, parseAs, problems, type Router, z } from "../../platform/http.ts";
import { pageOf } from "../../platform/operation.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";

const PAGE_ROWS_MAX = 200;

const ListQuery = z.strictObject({
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

const getClocks = {
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
    200: jsonResponse("A page", pageOf(ClockView)),
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

export type ClockRoutesOptions = { db: Database; ring: KeyRing; door: Door; now: Now };

export function clockRoutes({ db, ring, door, now }: ClockRoutesOptions): Router {
  const router = newRouter();
  for (const operation of clockOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/clocks", door.requireCourt(getClocks), async (c) => {
    const { cursor, limit, court, ...given } = parseAs(ListQuery, c.req.query());
    const at = now();
    const visible = await visibleCourts(db, c.var.actor);
    if (court !== undefined && visible?.includes(court) === false) throw new AppError("not-found");
    const filter = { ...given, courts: court === undefined ? visible : [court], duties, today: shanghaiDate(at) };
    const pages = pagesOf(ring.cursorKey, `clocks ${c.var.actor.court} ${JSON.stringify({ ...given, court })}`);
    const after = pages.after(cursor);
    const rows = await listClocks(db, filter, after === null ? null : positionIn(after), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => `${row.dueOn ?? ""} ${row.id}`);
    const data = page.map((row) => clockView(row, at));
    return c.json({ data, ...rest }, 200, { "Cache-Control": "no-store" });
  });

  return router;
}

/** Signed by us: it has the form that it was written in. */
function positionIn(position: string): { dueOn: string | null; id: string } {
  const [dueOn = "", id = ""] = position.split(" ");
  return { dueOn: dueOn === "" ? null : dueOn, id };
}

// Deadlines over HTTP: a court's own and those of the courts below it, what was due first first.
import { readCalendar } from "../calendar.ts";
import { duties } from "../clock-record.ts";
import { listClocks } from "../clock-queries.ts";
import { clockView } from "../clock-view.ts";
import type { Door } from "../door.ts";
import { visibleCourts } from "../jurisdiction.ts";
import { workingDaysLeft } from "../working-calendar.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, parseAs, type Router } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { clockOperations, getClocks, ListQuery } from "./operations.ts";

export { clockOperations } from "./operations.ts";

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
    const calendar = await readCalendar(db);
    const left = (dueOn: string | null) => (dueOn === null ? null : workingDaysLeft(calendar, shanghaiDate(at), dueOn));
    const data = page.map((row) => ({ ...clockView(row, at), workingDaysLeft: left(row.dueOn) }));
    return c.json({ data, ...rest }, 200, { "Cache-Control": "no-store" });
  });

  return router;
}

/** Signed by us: it has the form that it was written in. */
function positionIn(position: string): { dueOn: string | null; id: string } {
  const [dueOn = "", id = ""] = position.split(" ");
  return { dueOn: dueOn === "" ? null : dueOn, id };
}

// Notices over HTTP: agencies read and acknowledge them; courts see who has not, say where else a listing was made known,
// and report what they took down there.
import { type Caller, type Callers, requireScope, type Scope } from "../../agencies/index.ts";
import { type CourtActor, type Door, visibleCourts } from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, parseAs, type RequestContext, type Router, type z } from "../../platform/http.ts";
import { type IdPrefix, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { acknowledgeNotices } from "./notice.ts";
import { listNotices, listUnacknowledged, type UnacknowledgedFilter } from "./notice-queries.ts";
import * as operations from "./operations.ts";
import { noticeView, publicationView, takeDownView, unacknowledgedView } from "./resource.ts";
import { finishTakeDown, readPublications, recordPublication } from "./take-down.ts";
import { listTakeDowns } from "./take-down-queries.ts";

export { noticeOperations } from "./operations.ts";

const BODY_BYTES_MAX = operations.BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type NoticeRoutesOptions = { db: Database; ring: KeyRing; callers: Callers; door: Door; now: Now };

export function noticeRoutes(options: NoticeRoutesOptions): Router {
  const router = newRouter();
  for (const operation of operations.noticeOperations) router.openAPIRegistry.registerPath(operation);
  addAgencyRoutes(router, options);
  addUnacknowledgedRoutes(router, options);
  addTakeDownRoutes(router, options);
  return router;
}

function addAgencyRoutes(router: Router, { db, ring, callers, now }: NoticeRoutesOptions): void {
  router.get("/notices", async (c) => {
    const { agencyId } = await callerOf(c, "events:read");
    const { cursor, limit, listing, state } = parseAs(operations.NoticeQuery, c.req.query());
    const today = shanghaiDate(now());
    const filter = { state, today, listingId: listing && (uuidOf("lst", listing) ?? undefined) };
    const pages = pagesOf(ring.cursorKey, `notices ${agencyId} ${state} ${listing}`);
    const rows = await listNotices(db, agencyId, filter, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ id }) => id);
    return c.json({ data: page.map((row) => noticeView(row, today)), ...rest }, 200, NOT_KEPT);
  });

  router.post("/notices/acknowledge", async (c) => {
    const caller = await callerOf(c, "sanctions:write");
    const { operator, notices } = await readBody(c, operations.Acknowledgements, BODY_BYTES_MAX);
    const ids = notices.flatMap((id) => uuidOf("ntc", id) ?? []);
    const today = shanghaiDate(now());
    const rows = await db.transaction((tx) => acknowledgeNotices(tx, caller, ids, { operator, now: now() }));
    return c.json({ data: rows.map((row) => noticeView(row, today)) }, 200, NOT_KEPT);
  });

  router.post("/notices/:id/acknowledge", async (c) => {
    const caller = await callerOf(c, "sanctions:write");
    const { operator } = await readBody(c, operations.Acknowledgement, BODY_BYTES_MAX);
    const id = requireId("ntc", c.req.param("id"));
    const [row] = await db.transaction((tx) => acknowledgeNotices(tx, caller, [id], { operator, now: now() }));
    if (!row) throw new AppError("not-found");
    return c.json(noticeView(row, shanghaiDate(now())), 200, NOT_KEPT);
  });

  async function callerOf(c: RequestContext, scope: Scope): Promise<Caller> {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, scope);
    return caller;
  }
}

function addUnacknowledgedRoutes(router: Router, { db, ring, door, now }: NoticeRoutesOptions): void {
  router.get("/unacknowledged-removals", door.requireCourt(operations.getUnacknowledged), async (c) => {
    const { court, ...given } = parseAs(operations.CourtUnacknowledgedQuery, c.req.query());
    const courts = await courtsOf(db, c.var.actor, court);
    return c.json(await readPage(`unacknowledged ${c.var.actor.court} ${court}`, courts, given), 200, NOT_KEPT);
  });

  router.get("/agencies/unacknowledged-removals", door.requireSession(operations.getAllUnacknowledged), async (c) => {
    const given = parseAs(operations.UnacknowledgedQuery, c.req.query());
    return c.json(await readPage("unacknowledged everywhere", null, given), 200, NOT_KEPT);
  });

  async function readPage(
    name: string,
    courts: string[] | null,
    { state, cursor, limit }: z.infer<typeof operations.UnacknowledgedQuery>,
  ) {
    const today = shanghaiDate(now());
    const filter: UnacknowledgedFilter = { courts, state, today };
    const pages = pagesOf(ring.cursorKey, `${name} ${state}`);
    const rows = await listUnacknowledged(db, filter, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ id }) => id);
    return { data: page.map((row) => unacknowledgedView(row, today)), ...rest };
  }
}

function addTakeDownRoutes(router: Router, { db, ring, door, now }: NoticeRoutesOptions): void {
  router.post("/listings/:id/publications", door.requireCourt(operations.postPublication), async (c) => {
    const { actor } = c.var;
    const listingId = requireId("lst", c.req.param("id"));
    const { agency, document, ...given } = await readBody(c, operations.NewPublication, BODY_BYTES_MAX);
    const agencyId = agency === undefined ? null : uuidOf("agy", agency);
    const publication = { ...given, agencyId, document: document ?? null };
    const row = await db.transaction((tx) => recordPublication(tx, actor, listingId, publication, now()));
    return c.json(publicationView(row), 201, NOT_KEPT);
  });

  router.get("/listings/:id/publications", door.requireCourt(operations.getPublications), async (c) => {
    const rows = await readPublications(db, c.var.actor, requireId("lst", c.req.param("id")));
    return c.json({ data: rows.map(publicationView) }, 200, NOT_KEPT);
  });

  router.get("/take-down-tasks", door.requireCourt(operations.getTakeDowns), async (c) => {
    const { actor } = c.var;
    const { cursor, limit, court, state } = parseAs(operations.TakeDownQuery, c.req.query());
    const today = shanghaiDate(now());
    const filter = { courts: await courtsOf(db, actor, court), state, today };
    const pages = pagesOf(ring.cursorKey, `take-downs ${actor.court} ${court} ${state}`);
    const rows = await listTakeDowns(db, filter, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ task }) => task.id);
    return c.json({ data: page.map((row) => takeDownView(row, today)), ...rest }, 200, NOT_KEPT);
  });

  router.post("/take-down-tasks/:id/done", door.requireCourt(operations.postTakeDownDone), async (c) => {
    const { actor } = c.var;
    const id = requireId("tdn", c.req.param("id"));
    const done = await readBody(c, operations.TakeDownDone, BODY_BYTES_MAX);
    const row = await db.transaction((tx) => finishTakeDown(tx, actor, id, done, now()));
    return c.json(takeDownView(row, shanghaiDate(now())), 200, NOT_KEPT);
  });
}

/** The courts whose matters are asked for: those that the actor sees, or one of them. */
async function courtsOf(db: Database, actor: CourtActor, court: string | undefined): Promise<string[] | null> {
  const visible = await visibleCourts(db, actor);
  if (court === undefined) return visible;
  if (visible?.includes(court) === false) throw new AppError("not-found");
  return [court];
}

function requireId(prefix: IdPrefix, given: string): string {
  const id = uuidOf(prefix, given);
  if (id === null) throw new AppError("not-found");
  return id;
}

// Lift obligations and reviews over HTTP: for the agency that owes them, the courts whose listings they were, and oversight.
import { type Callers, requireScope, type Scope } from "../../agencies/index.ts";
import { type Door, visibleCourts } from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, parseAs, type RequestContext, type Router } from "../../platform/http.ts";
import { type IdPrefix, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { closeObligation, liftObligation } from "./obligation.ts";
import { findObligationCase, listObligationCases, type ObligationFilter } from "./obligation-queries.ts";
import {
  BODY_KIB_MAX,
  CourtObligationQuery,
  getAllObligations,
  getCourtObligations,
  liftingOperations,
  NewClosing,
  NewLift,
  NewReview,
  ObligationQuery,
  postClosing,
  ReviewQuery,
} from "./operations.ts";
import { courtObligationView, obligationView, reviewView } from "./resource.ts";
import { completeReview } from "./review.ts";
import { findReviewCase, listReviewCases } from "./review-queries.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type LiftingRoutesOptions = { db: Database; ring: KeyRing; callers: Callers; door: Door; now: Now };
type Page = { cursor?: string | undefined; limit: number };

export function liftingRoutes(options: LiftingRoutesOptions): Router {
  const router = newRouter();
  for (const operation of liftingOperations) router.openAPIRegistry.registerPath(operation);
  addAgencyRoutes(router, options);
  addReviewRoutes(router, options);
  addCourtRoutes(router, options);
  return router;
}

function addAgencyRoutes(router: Router, options: LiftingRoutesOptions): void {
  const { db, callers, now } = options;

  router.get("/lift-obligations", async (c) => {
    const { agencyId } = await callerOf(c, callers, "sanctions:read");
    const { state, ...page } = parseAs(ObligationQuery, c.req.query());
    return c.json(await pageOfObligations(options, { agencyId, state }, page, obligationView), 200, NOT_KEPT);
  });

  router.get("/lift-obligations/:id", async (c) => {
    const { agencyId } = await callerOf(c, callers, "sanctions:read");
    const found = await findObligationCase(db, idOf("lft", c.req.param("id")));
    if (found?.obligation.agencyId !== agencyId) throw new AppError("not-found");
    return c.json(obligationView(found, shanghaiDate(now())), 200, NOT_KEPT);
  });

  router.post("/lift-obligations/:id/lift", async (c) => {
    const { agencyId, keyId } = await callerOf(c, callers, "sanctions:write");
    const { operator, liftedOn, documentNumber: document, note } = await readBody(c, NewLift, BODY_BYTES_MAX);
    const id = idOf("lft", c.req.param("id"));
    const at = now();
    const settled = await db.transaction((tx) =>
      liftObligation(tx, { agencyId, keyId, operator }, id, { liftedOn, document, note }, at),
    );
    return c.json(obligationView(settled, shanghaiDate(at)), 200, NOT_KEPT);
  });
}

function addReviewRoutes(router: Router, { db, ring, callers, now }: LiftingRoutesOptions): void {
  router.get("/past-refusal-reviews", async (c) => {
    const { agencyId } = await callerOf(c, callers, "sanctions:read");
    const { state, cursor, limit } = parseAs(ReviewQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `past-refusal-reviews ${agencyId} ${state ?? ""}`);
    const today = shanghaiDate(now());
    const rows = await listReviewCases(db, { agencyId, state, today }, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.review.id);
    const data = page.map((row) => reviewView(row, today));
    return c.json({ data, ...rest }, 200, NOT_KEPT);
  });

  router.get("/past-refusal-reviews/:id", async (c) => {
    const { agencyId } = await callerOf(c, callers, "sanctions:read");
    const found = await findReviewCase(db, agencyId, idOf("rvw", c.req.param("id")));
    if (!found) throw new AppError("not-found");
    return c.json(reviewView(found, shanghaiDate(now())), 200, NOT_KEPT);
  });

  router.post("/past-refusal-reviews/:id/complete", async (c) => {
    const { agencyId, keyId } = await callerOf(c, callers, "sanctions:write");
    const { operator, documentNumber: document, ...given } = await readBody(c, NewReview, BODY_BYTES_MAX);
    const id = idOf("rvw", c.req.param("id"));
    const at = now();
    const done = await db.transaction((tx) =>
      completeReview(tx, { agencyId, keyId, operator }, id, { ...given, document }, at),
    );
    return c.json(reviewView(done, shanghaiDate(at)), 200, NOT_KEPT);
  });
}

function addCourtRoutes(router: Router, options: LiftingRoutesOptions): void {
  const { db, door, now } = options;

  router.get("/court/lift-obligations", door.requireCourt(getCourtObligations), async (c) => {
    const { state, court, ...page } = parseAs(CourtObligationQuery, c.req.query());
    const visible = await visibleCourts(db, c.var.actor);
    if (court !== undefined && visible?.includes(court) === false) throw new AppError("not-found");
    const courts = court === undefined ? visible : [court];
    return c.json(await pageOfObligations(options, { courts, state }, page, courtObligationView), 200, NOT_KEPT);
  });

  router.get("/oversight/lift-obligations", door.requireSession(getAllObligations), async (c) => {
    const { state, ...page } = parseAs(ObligationQuery, c.req.query());
    return c.json(await pageOfObligations(options, { courts: null, state }, page, courtObligationView), 200, NOT_KEPT);
  });

  router.post("/lift-obligations/:id/close", door.requireCourt(postClosing), async (c) => {
    const { documentNumber: document, reason } = await readBody(c, NewClosing, BODY_BYTES_MAX);
    const id = idOf("lft", c.req.param("id"));
    const at = now();
    const { actor } = c.var;
    const closed = await db.transaction((tx) => closeObligation(tx, actor, id, { document, reason }, at));
    return c.json(courtObligationView(closed, shanghaiDate(at)), 200, NOT_KEPT);
  });
}

async function pageOfObligations<View>(
  { db, ring, now }: LiftingRoutesOptions,
  whose: Omit<ObligationFilter, "today">,
  { cursor, limit }: Page,
  view: (found: Awaited<ReturnType<typeof listObligationCases>>[number], today: string) => View,
) {
  const pages = pagesOf(ring.cursorKey, `lift-obligations ${JSON.stringify(whose)}`);
  const today = shanghaiDate(now());
  const rows = await listObligationCases(db, { ...whose, today }, pages.after(cursor), limit + 1);
  const { page, ...rest } = pages.cut(rows, limit, (row) => row.obligation.id);
  return { data: page.map((row) => view(row, today)), ...rest };
}

async function callerOf(c: RequestContext, callers: Callers, scope: Scope) {
  const caller = await callers.findFresh(c.req.header("authorization"));
  requireScope(caller, scope);
  return caller;
}

function idOf(prefix: IdPrefix, given: string | undefined): string {
  const id = uuidOf(prefix, given ?? "");
  if (id === null) throw new AppError("not-found");
  return id;
}

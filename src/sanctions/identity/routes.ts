// Identity requests over HTTP: an agency asks and reads its own, the court looks, compares, answers and takes back.
import { type Caller, type Callers, requireScope, type Scope } from "../../agencies/index.ts";
import { type Door, visibleCourts } from "../../courts/index.ts";
import { pageOfTrail } from "../../courts/trail/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database, Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { readVersion, versionTag } from "../../platform/etag.ts";
import { newRouter, parseAs, type RequestContext, type Router } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { PAPER_HEADERS } from "../../ui/index.ts";
import { answerIdentity, revokeAnswer, type Target } from "./answer.ts";
import { requireAnswering } from "./court.ts";
import { askIdentity } from "./identity-request.ts";
import {
  BODY_KIB_MAX,
  getAskedRequests,
  getOverseenRequests,
  getRequest,
  getRequests,
  getRequestTrail,
  identityOperations,
  ListQuery,
  postAnswer,
  postRequest,
  postReveal,
  postRevocation,
} from "./operations.ts";
import { findAskedRequest, findRequest, listAsked, listAskers, listRequests } from "./queries.ts";
import { issueRedress } from "./redress.ts";
import { printRedress } from "./redress-page.ts";
import {
  askedRequestView,
  IdentityAnswer,
  identityRequestView,
  NewIdentityRequest,
  overseenRequestView,
  Reason,
  revealedView,
} from "./resource.ts";
import { revealParty } from "./reveal.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type IdentityRoutesOptions = {
  db: Database;
  ring: KeyRing;
  callers: Callers;
  door: Door;
  now: Now;
  /** The court that is asked where the competent one has nobody here. */
  liaison: string | null;
  demonstration: boolean;
  /** The address that is printed; null for the one that was asked under. */
  publicUrl: string | null;
};

export function identityRoutes(options: IdentityRoutesOptions): Router {
  const router = newRouter();
  for (const operation of identityOperations) router.openAPIRegistry.registerPath(operation);
  addAgencyRoutes(router, options);
  addReadingRoutes(router, options);
  addActRoutes(router, options);
  return router;
}

function addAgencyRoutes(router: Router, options: IdentityRoutesOptions): void {
  const { db, ring, callers, now, liaison, demonstration, publicUrl } = options;
  const agencyCaller = async (c: RequestContext, scope: Scope): Promise<Caller> => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, scope);
    return caller;
  };

  router.post(postRequest.path, async (c) => {
    const { agencyId } = await agencyCaller(c, "sanctions:write");
    const { checkId, listingId, note = null, ...given } = await readBody(c, NewIdentityRequest, BODY_BYTES_MAX);
    const at = now();
    const asking = { ...given, note, agencyId, checkId: uuidIn("chk", checkId), listingId: uuidIn("lst", listingId) };
    const { found, isNew } = await db.transaction(async (tx) => {
      const { request, isNew } = await askIdentity(tx, { ring, now: at, liaison }, asking);
      return { found: await requireAsked(tx, agencyId, request.id), isNew };
    });
    return c.json(askedRequestView(ring, found, at), isNew ? 201 : 200, NOT_KEPT);
  });

  router.get(getAskedRequests.path, async (c) => {
    const { agencyId } = await agencyCaller(c, "sanctions:read");
    const at = now();
    const { cursor, limit, filter } = parseQuery(c.req.query(), at);
    const pages = pagesOf(ring.cursorKey, `asked identity requests ${agencyId} ${JSON.stringify(filter)}`);
    const rows = await listAsked(db, agencyId, filter, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ request }) => request.id);
    return c.json({ data: page.map((row) => askedRequestView(ring, row, at)), ...rest }, 200, NOT_KEPT);
  });

  router.get("/identity-requests/asked/:id", async (c) => {
    const { agencyId } = await agencyCaller(c, "sanctions:read");
    const found = await requireAsked(db, agencyId, requestIdOf(c.req.param("id")));
    return c.json(askedRequestView(ring, found, now()), 200, NOT_KEPT);
  });

  router.get("/identity-requests/asked/:id/redress", async (c) => {
    const { agencyId, keyId } = await agencyCaller(c, "sanctions:read");
    const id = requestIdOf(c.req.param("id"));
    const actor = `agency:${publicId("agy", agencyId)}/${keyId}`;
    const redress = await db.transaction((tx) => issueRedress(tx, ring, actor, { agencyId, id }));
    const address = publicUrl ?? new URL(c.req.url).origin;
    return c.html(await printRedress(redress, { address, demonstration }), 200, { ...NOT_KEPT, ...PAPER_HEADERS });
  });
}

function addReadingRoutes(router: Router, { db, ring, door, now }: IdentityRoutesOptions): void {
  router.get(getRequests.path, door.requireCourt(getRequests), async (c) => {
    const at = now();
    const { cursor, limit, filter } = parseQuery(c.req.query(), at);
    const courts = await visibleCourts(db, c.var.actor);
    const pages = pagesOf(ring.cursorKey, `identity requests ${c.var.actor.court} ${JSON.stringify(filter)}`);
    const rows = await listRequests(db, { ...filter, courts }, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ request }) => request.id);
    const ids = page.map(({ request }) => request.id);
    const askers = Map.groupBy(await listAskers(db, ids), ({ requestId }) => requestId);
    const data = page.map((row) => identityRequestView(ring, row, askers.get(row.request.id) ?? [], at));
    return c.json({ data, ...rest }, 200, NOT_KEPT);
  });

  router.get(getOverseenRequests.path, door.requireSession(getOverseenRequests), async (c) => {
    const at = now();
    const { cursor, limit, filter } = parseQuery(c.req.query(), at);
    const pages = pagesOf(ring.cursorKey, `all identity requests ${JSON.stringify(filter)}`);
    const rows = await listRequests(db, { ...filter, courts: null }, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ request }) => request.id);
    const ids = page.map(({ request }) => request.id);
    const askers = Map.groupBy(await listAskers(db, ids), ({ requestId }) => requestId);
    const data = page.map((row) => overseenRequestView(row, askers.get(row.request.id) ?? [], at));
    return c.json({ data, ...rest }, 200, NOT_KEPT);
  });

  router.get("/identity-requests/:id/audit", door.requireCourt(getRequestTrail), async (c) => {
    const id = requestIdOf(c.req.param("id"));
    const found = await findRequest(db, id);
    if (!found) throw new AppError("not-found");
    await requireAnswering(db, c.var.actor, found, "see");
    return c.json(await pageOfTrail({ db, ring }, publicId("idr", id), c.req.query()), 200, NOT_KEPT);
  });

  router.get("/identity-requests/:id", door.requireCourt(getRequest), async (c) => {
    const id = requestIdOf(c.req.param("id"));
    const found = await findRequest(db, id);
    if (!found) throw new AppError("not-found");
    await requireAnswering(db, c.var.actor, found, "see");
    const view = identityRequestView(ring, found, await listAskers(db, [id]), now());
    return c.json(view, 200, { ...NOT_KEPT, ETag: versionTag(view.version) });
  });
}

function addActRoutes(router: Router, { db, ring, door, now }: IdentityRoutesOptions): void {
  router.post("/identity-requests/:id/reveal", door.requireCourt(postReveal), async (c) => {
    const id = requestIdOf(c.req.param("id"));
    const { reason } = await readBody(c, Reason, BODY_BYTES_MAX);
    const { request, party } = await db.transaction((tx) => revealParty(tx, ring, c.var.actor, { id, reason }));
    return c.json(revealedView(request, party), 200, NOT_KEPT);
  });

  router.post("/identity-requests/:id/answer", door.requireCourt(postAnswer), async (c) => {
    const target = targetOf(c.req.param("id"), c.req.header("if-match"));
    const answer = await readBody(c, IdentityAnswer, BODY_BYTES_MAX);
    const view = await act(target, (tx) => answerIdentity(tx, ring, c.var.actor, target, answer));
    return c.json(view, 200, { ...NOT_KEPT, ETag: versionTag(view.version) });
  });

  router.post("/identity-requests/:id/revoke", door.requireCourt(postRevocation), async (c) => {
    const target = targetOf(c.req.param("id"), c.req.header("if-match"));
    const { reason } = await readBody(c, Reason, BODY_BYTES_MAX);
    const view = await act(target, (tx) => revokeAnswer(tx, ring, c.var.actor, target, reason));
    return c.json(view, 200, { ...NOT_KEPT, ETag: versionTag(view.version) });
  });

  const targetOf = (id: string, ifMatch: string | undefined): Target => {
    return { id: requestIdOf(id), version: readVersion(ifMatch), now: now() };
  };

  /** The request as the act leaves it. */
  const act = ({ id, now: at }: Target, take: (tx: Transaction) => Promise<unknown>) =>
    db.transaction(async (tx) => {
      await take(tx);
      const found = await findRequest(tx, id);
      if (!found) throw new Error("a request is gone");
      return identityRequestView(ring, found, await listAskers(tx, [id]), at);
    });
}

async function requireAsked(reader: Reader, agencyId: string, id: string) {
  const found = await findAskedRequest(reader, agencyId, id);
  if (!found) throw new AppError("not-found");
  return found;
}

function requestIdOf(given: string | undefined): string {
  const id = uuidOf("idr", given ?? "");
  if (id === null) throw new AppError("not-found");
  return id;
}

/** Of an id whose form the body's schema has seen. */
function uuidIn(prefix: "chk" | "lst", given: string): string {
  const id = uuidOf(prefix, given);
  if (id === null) throw new Error("an id passed validation that is none");
  return id;
}

function parseQuery(given: Record<string, string>, at: Date) {
  const { cursor, limit, state, overdue } = parseAs(ListQuery, given);
  return { cursor, limit, filter: { state, ...(overdue && { overdueOn: shanghaiDate(at) }) } };
}

// Feedback and sanctions over HTTP: an agency's own tasks, reports and sanctions; and what a court sees of them.
import { type Caller, type Callers, requireScope, type Scope } from "../agencies/index.ts";
import { answerReceipt, readFactReceipt } from "../audit/index.ts";
import { findCheck, recordView } from "../checks/index.ts";
import { type Door, requireJurisdiction } from "../courts/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Database, Reader, Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { readVersion, versionTag } from "../platform/etag.ts";
import { newRouter, parseAs, type RequestContext, type Router } from "../platform/http.ts";
import { type IdPrefix, publicId, uuidOf } from "../platform/id.ts";
import { readBody } from "../platform/json-request.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { languageOf } from "../platform/language.ts";
import { type Now, shanghaiDate } from "../platform/time.ts";
import { findCompetentCourt, findListing } from "../registry/index.ts";
import { PAPER_HEADERS, type Paper, printPaper } from "../ui/index.ts";
import { giveFeedbackBatch, resultView } from "./batch.ts";
import { giveFeedback } from "./feedback.ts";
import { listFeedback } from "./feedback-queries.ts";
import { draftNotice, readNotice } from "./notice/notice.ts";
import {
  BATCH_MIB_MAX,
  BODY_KIB_MAX,
  getListingSanctions,
  PageQuery,
  SanctionQuery,
  sanctionOperations,
  TaskQuery,
} from "./operations.ts";
import { BatchEnvelope, LiftSanction, NewFeedback, NoticeOrder } from "./request.ts";
import { feedbackView, listingSanctionView, sanctionView, taskView } from "./resource.ts";
import { actorOf, liftSanction } from "./sanction.ts";
import {
  findSanctionCase,
  listSanctionCases,
  listSanctionListings,
  listSanctionsOfTask,
  listSanctionsOnListing,
  type SanctionCase,
} from "./sanction-queries.ts";
import { findTaskCase, listTaskCases } from "./task-queries.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;
const BATCH_BYTES_MAX = BATCH_MIB_MAX * 1024 * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type SanctionRoutesOptions = {
  db: Database;
  sql: Sql;
  ring: KeyRing;
  callers: Callers;
  door: Door;
  demonstration: boolean;
  now: Now;
};

export function sanctionRoutes(options: SanctionRoutesOptions): Router {
  const router = newRouter();
  for (const operation of sanctionOperations) router.openAPIRegistry.registerPath(operation);
  addTaskRoutes(router, options);
  addReportRoutes(router, options);
  addSanctionRoutes(router, options);
  addCourtRoute(router, options);
  return router;
}

function addTaskRoutes(router: Router, { db, ring, callers, now }: SanctionRoutesOptions): void {
  router.get("/feedback-tasks", async (c) => {
    const { agencyId } = await callerOf(callers, c, "sanctions:read");
    const { cursor, limit, state } = parseAs(TaskQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `feedback tasks ${agencyId} ${state}`);
    const today = shanghaiDate(now());
    const rows = await listTaskCases(db, { agencyId, state, today }, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ task }) => task.id);
    return c.json({ data: page.map((row) => taskView(ring, row, today)), ...rest }, 200, NOT_KEPT);
  });

  router.get("/feedback-tasks/:id", async (c) => {
    const { agencyId } = await callerOf(callers, c, "sanctions:read");
    return c.json(await readTask(db, ring, agencyId, idIn(c, "tsk"), now()), 200, NOT_KEPT);
  });
}

function addReportRoutes(router: Router, { db, ring, callers, demonstration, now }: SanctionRoutesOptions): void {
  router.post("/feedback-tasks/:id/feedback", async (c) => {
    const caller = await callerOf(callers, c, "sanctions:write");
    const taskId = idIn(c, "tsk");
    const report = await readBody(c, NewFeedback, BODY_BYTES_MAX);
    const { detail, isNew } = await db.transaction(async (tx) => {
      const given = await giveFeedback(tx, ring, caller, taskId, report, now());
      return { ...given, detail: await readTask(tx, ring, caller.agencyId, taskId, now()) };
    });
    return c.json(detail, isNew ? 201 : 200, NOT_KEPT);
  });

  router.post("/feedback", async (c) => {
    const caller = await callerOf(callers, c, "sanctions:write");
    const { items } = await readBody(c, BatchEnvelope, BATCH_BYTES_MAX);
    const language = languageOf(c.req.header("accept-language"));
    const results = await giveFeedbackBatch(db, ring, caller, items, now());
    return c.json({ results: results.map((result) => resultView(result, language)) }, 200, NOT_KEPT);
  });

  router.post("/feedback-tasks/:id/notice", async (c) => {
    const caller = await callerOf(callers, c, "sanctions:write");
    const taskId = idIn(c, "tsk");
    const order = await readBody(c, NoticeOrder, BODY_BYTES_MAX);
    const paper = await db.transaction((tx) => draftNotice(tx, ring, caller, taskId, order, now()));
    return answerPaper(c, paper, demonstration);
  });
}

function addSanctionRoutes(router: Router, options: SanctionRoutesOptions): void {
  const { db, sql, ring, callers, demonstration, now } = options;

  router.get("/sanctions", async (c) => {
    const { agencyId } = await callerOf(callers, c, "sanctions:read");
    const { cursor, limit, state } = parseAs(SanctionQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `sanctions ${agencyId} ${state}`);
    const rows = await listSanctionCases(db, { agencyId, state }, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ sanction }) => sanction.id);
    return c.json({ data: await sanctionViews(db, ring, page), ...rest }, 200, NOT_KEPT);
  });

  router.get("/sanctions/:id", async (c) => answerSanction(c, await ownSanction(c, "sanctions:read")));

  router.post("/sanctions/:id/lift", async (c) => {
    const caller = await callerOf(callers, c, "sanctions:write");
    const id = idIn(c, "san");
    const version = readVersion(c.req.header("if-match"));
    const { operator: liftedBy, ...lift } = await readBody(c, LiftSanction, BODY_BYTES_MAX);
    const lifted = await db.transaction(async (tx) => {
      const { sanction, check } = await requireSanction(tx, caller.agencyId, id);
      if (sanction.version !== version) throw new AppError("precondition-failed");
      return { sanction: await liftSanction(tx, actorOf(caller), sanction, { ...lift, liftedBy }, now()), check };
    });
    return answerSanction(c, lifted);
  });

  router.get("/sanctions/:id/receipt", async (c) => {
    const { sanction } = await ownSanction(c, "sanctions:read");
    const subject = publicId("san", sanction.id);
    return answerReceipt(c, subject, await readFactReceipt(sql, subject));
  });

  router.get("/sanctions/:id/notice", async (c) => {
    const paper = await readNotice(db, ring, await ownSanction(c, "sanctions:read"));
    return answerPaper(c, paper, demonstration);
  });

  async function ownSanction(c: RequestContext, scope: Scope): Promise<SanctionCase> {
    const { agencyId } = await callerOf(callers, c, scope);
    return requireSanction(db, agencyId, idIn(c, "san"));
  }

  async function answerSanction(c: RequestContext, found: SanctionCase) {
    const [view] = await sanctionViews(db, ring, [found]);
    return c.json(view, 200, { ...NOT_KEPT, ETag: versionTag(found.sanction.version) });
  }
}

function addCourtRoute(router: Router, { db, ring, door }: SanctionRoutesOptions): void {
  router.get("/listings/:id/sanctions", door.requireCourt(getListingSanctions), async (c) => {
    const id = idIn(c, "lst");
    const listing = await findListing(db, id);
    if (!listing) throw new AppError("not-found");
    await requireJurisdiction(db, c.var.actor, await findCompetentCourt(db, listing), "see");
    const { cursor, limit } = parseAs(PageQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `sanctions on ${id}`);
    const rows = await listSanctionsOnListing(db, id, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.id);
    return c.json({ data: page.map(listingSanctionView), ...rest }, 200, NOT_KEPT);
  });
}

async function callerOf(callers: Callers, c: RequestContext, scope: Scope): Promise<Caller> {
  const caller = await callers.findFresh(c.req.header("authorization"));
  requireScope(caller, scope);
  return caller;
}

async function readTask(reader: Reader, ring: KeyRing, agencyId: string, id: string, now: Date) {
  const found = await findTaskCase(reader, agencyId, id);
  const answer = found && (await findCheck(reader, agencyId, found.task.lastCheckId));
  if (!found || !answer) throw new AppError("not-found");
  const history = await listFeedback(reader, id);
  const sanctions = await listSanctionsOfTask(reader, id);
  return {
    ...taskView(ring, found, shanghaiDate(now)),
    answer: recordView(ring, answer),
    history: history.map(feedbackView),
    sanctions: await sanctionViews(reader, ring, sanctions),
  };
}

async function requireSanction(reader: Reader, agencyId: string, id: string): Promise<SanctionCase> {
  const found = await findSanctionCase(reader, agencyId, id);
  if (!found) throw new AppError("not-found");
  return found;
}

async function sanctionViews(reader: Reader, ring: KeyRing, cases: readonly SanctionCase[]) {
  const ids = cases.map(({ sanction }) => sanction.id);
  const listings = ids.length === 0 ? [] : await listSanctionListings(reader, ids);
  return cases.map((found) => sanctionView(ring, found, listings));
}

async function answerPaper(c: RequestContext, paper: Paper, demonstration: boolean) {
  return c.html(await printPaper(paper, { demonstration }), 200, { ...PAPER_HEADERS, ...NOT_KEPT });
}

function idIn({ req }: { req: Pick<RequestContext["req"], "param"> }, prefix: IdPrefix): string {
  const id = uuidOf(prefix, req.param("id") ?? "");
  if (id === null) throw new AppError("not-found");
  return id;
}

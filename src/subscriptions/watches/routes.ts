// Watches over HTTP: an agency puts them up, reads its own and withdraws them.
import { type Caller, type Callers, requirePurpose, requireScope } from "../../agencies/index.ts";
import type { Party } from "../../checks/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import {
  jsonBody,
  jsonResponse,
  newRouter,
  parseAs,
  problems,
  type RequestContext,
  type Router,
  z,
} from "../../platform/http.ts";
import { uuidOf } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { languageOf } from "../../platform/language.ts";
import { bodyProblems, pageOf } from "../../platform/operation.ts";
import { problemDocument } from "../../platform/problem.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { findWatch, listWatches } from "./queries.ts";
import { parseWatches, WatchRequest } from "./request.ts";
import { WatchResource, WatchResults, watchView } from "./resource.ts";
import { watchParties, withdrawWatch } from "./watch.ts";

const BODY_BYTES_MAX = 2 * 1024 * 1024;
const PAGE_ROWS_MAX = 200;
const NOT_KEPT = { "Cache-Control": "no-store" };

const tags = ["watches"];
const security = [{ apiKey: ["watches:write"] }];
const access = ["unauthenticated", "scope", "register-unavailable"] as const;
const watchId = z.object({ id: z.string().openapi({ example: "wat_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const ListQuery = z.strictObject({
  state: z.enum(["live", "ended"]).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

const postWatches = {
  operationId: "watchParties",
  method: "post" as const,
  path: "/watches",
  tags,
  summary: "关注当事人 · Watch up to 1,000 parties",
  description:
    "The agency is told (`listing.listed`, `listing.ended`) when a party comes onto a list of the purpose and off it, by " +
    "number and an agreeing name. Whether it is listed now is for a check to say. One bad item is an item with its problem.",
  security,
  request: { body: jsonBody(WatchRequest, "At most 2 MiB") },
  responses: {
    200: jsonResponse("One result an item", WatchResults),
    ...problems(...access, ...bodyProblems, "purpose-not-permitted"),
  },
};

const getWatches = {
  operationId: "listWatches",
  method: "get" as const,
  path: "/watches",
  tags,
  summary: "本单位的关注 · The agency's watches, newest first",
  security,
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(WatchResource)),
    ...problems(...access, "validation", "invalid-cursor"),
  },
};

const getWatch = {
  operationId: "getWatch",
  method: "get" as const,
  path: "/watches/{id}",
  tags,
  summary: "一项关注 · One watch of the agency's own",
  security,
  request: { params: watchId },
  responses: { 200: jsonResponse("The watch", WatchResource), ...problems(...access, "not-found") },
};

const deleteWatch = {
  operationId: "withdrawWatch",
  method: "delete" as const,
  path: "/watches/{id}",
  tags,
  summary: "取消关注 · Withdraw a watch",
  description: "With its end the party is erased from the watch. Again it changes nothing.",
  security,
  request: { params: watchId },
  responses: { 200: jsonResponse("The watch as it is now", WatchResource), ...problems(...access, "not-found") },
};

export const watchOperations = [postWatches, getWatches, getWatch, deleteWatch];

export type WatchRoutesOptions = { db: Database; ring: KeyRing; callers: Callers; now: Now };

export function watchRoutes({ db, ring, callers, now }: WatchRoutesOptions): Router {
  const router = newRouter();
  for (const operation of watchOperations) router.openAPIRegistry.registerPath(operation);

  router.post("/watches", async (c) => {
    const caller = await callerOf(c);
    const today = shanghaiDate(now());
    const { parties, ...input } = parseWatches(await readJson(c, BODY_BYTES_MAX), today);
    await requirePurpose(callers, caller, input.purpose.code);
    const readable = parties.filter((party): party is Party => !("problem" in party));
    const rows = await db.transaction((tx) => watchParties(tx, ring, caller, { ...input, parties: readable }, today));
    const remaining = rows.toReversed();
    const language = languageOf(c.req.header("accept-language"));
    const results = parties.map((party) => {
      if ("problem" in party) {
        const problem = problemDocument(party.problem.code, language, party.problem.detail.faults);
        return { status: "invalid", reference: null, problem };
      }
      const row = remaining.pop();
      if (!row) throw new Error("there are fewer watches than parties");
      return { status: "watched", isNew: row.isNew, ...watchView(ring, row) };
    });
    return c.json({ results }, 200, NOT_KEPT);
  });

  router.get("/watches", async (c) => {
    const { agencyId } = await callerOf(c);
    const { state, cursor, limit } = parseAs(ListQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `watches ${agencyId} ${state}`);
    const rows = await listWatches(db, agencyId, state, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.id);
    return c.json({ data: page.map((row) => watchView(ring, row)), ...rest }, 200, NOT_KEPT);
  });

  router.get("/watches/:id", async (c) => {
    const { agencyId } = await callerOf(c);
    const row = await findWatch(db, agencyId, requireWatchId(c.req.param("id")));
    if (!row) throw new AppError("not-found");
    return c.json(watchView(ring, row), 200, NOT_KEPT);
  });

  router.delete("/watches/:id", async (c) => {
    const caller = await callerOf(c);
    const id = requireWatchId(c.req.param("id"));
    return c.json(watchView(ring, await db.transaction((tx) => withdrawWatch(tx, caller, id))), 200, NOT_KEPT);
  });

  return router;

  async function callerOf(c: RequestContext): Promise<Caller> {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "watches:write");
    return caller;
  }
}

function requireWatchId(given: string): string {
  const id = uuidOf("wat", given);
  if (id === null) throw new AppError("not-found");
  return id;
}

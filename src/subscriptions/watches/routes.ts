// Watches over HTTP: an agency puts them up, reads its own and withdraws them.
import { type Caller, type Callers, requirePurpose, requireScope } from "../../agencies/index.ts";
import type { Party } from "../../checks/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, parseAs, type RequestContext, type Router } from "../../platform/http.ts";
import { uuidOf } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { languageOf } from "../../platform/language.ts";
import { problemDocument } from "../../platform/problem.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { ListQuery, watchOperations } from "./operations.ts";
import { findWatch, listWatches } from "./queries.ts";
import { parseWatches } from "./request.ts";
import { watchView } from "./resource.ts";
import { watchParties, withdrawWatch } from "./watch.ts";

const BODY_BYTES_MAX = 2 * 1024 * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

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

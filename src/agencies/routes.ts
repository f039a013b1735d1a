// What an agency may read of itself with its key: its agreement, and the measures that answers offer it today.
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { answerJson, newRouter, type RequestContext, type Router } from "../platform/http.ts";
import { type Now, shanghaiDate } from "../platform/time.ts";
import { type Callers, requireScope } from "./caller.ts";
import { listMeasuresInForce } from "./measure-queries.ts";
import { agencyOperations } from "./operations.ts";
import { findAgency, listPurposesOf } from "./queries.ts";
import { agencyView, measureView } from "./resource.ts";

export function agencyRoutes({ db, callers, now }: { db: Database; callers: Callers; now: Now }): Router {
  const router = newRouter();
  for (const operation of agencyOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/agency", async (c) => {
    const agencyId = await agencyOf(c);
    const row = await findAgency(db, agencyId);
    if (!row) throw new AppError("not-found");
    return answerJson(agencyView(row, await listPurposesOf(db, [agencyId]), shanghaiDate(now())));
  });

  router.get("/measures", async (c) => {
    const rows = await listMeasuresInForce(db, await agencyOf(c), shanghaiDate(now()));
    return answerJson({ data: rows.map(measureView) });
  });

  return router;

  async function agencyOf(c: RequestContext): Promise<string> {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    return caller.agencyId;
  }
}

// What an agency may read of itself with its key: the measures that answers offer it today.
import type { Database } from "../platform/database.ts";
import { createRoute, jsonResponse, newRouter, problems, type Router, z } from "../platform/http.ts";
import { type Now, shanghaiDate } from "../platform/time.ts";
import { type Callers, requireScope } from "./caller.ts";
import { listMeasuresInForce } from "./measure-queries.ts";
import { AgencyMeasureView, measureView } from "./resource.ts";

const getMeasures = createRoute({
  operationId: "listOwnMeasures",
  method: "get",
  path: "/measures",
  tags: ["measures"],
  summary: "本单位今日启用的惩戒措施 · The measures that are switched on for the agency today",
  security: [{ apiKey: ["checks:read"] }],
  responses: {
    200: jsonResponse("By code", z.object({ data: z.array(AgencyMeasureView) })),
    ...problems("unauthenticated", "scope", "register-unavailable"),
  },
});

export const agencyOperations = [getMeasures];

export function agencyRoutes({ db, callers, now }: { db: Database; callers: Callers; now: Now }): Router {
  const router = newRouter();
  router.openapi(getMeasures, async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    const rows = await listMeasuresInForce(db, caller.agencyId, shanghaiDate(now()));
    return c.json({ data: rows.map(measureView) }, 200, { "Cache-Control": "no-store" });
  });
  return router;
}

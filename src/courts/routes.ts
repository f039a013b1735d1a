// The courts over HTTP: who they are is public; who works there, and signs in, is in accounts.
import { AppError } from "../platform/error.ts";
import { answerJson, newRouter, type Router } from "../platform/http.ts";
import { accountOperations, type AccountRoutesOptions, accountRoutes } from "./accounts/index.ts";
import { findCourt, listCourtNames, listCourts } from "./court-queries.ts";
import { requireJurisdiction } from "./jurisdiction.ts";
import { courtTableOperations, courtView, getCourtTrail, namedCourtView } from "./operations.ts";
import { pageOfTrail } from "./trail/index.ts";

export type CourtRoutesOptions = AccountRoutesOptions;

export const courtOperations = [...accountOperations, ...courtTableOperations];

export function courtRoutes(options: CourtRoutesOptions): Router {
  const router = newRouter();
  for (const operation of courtTableOperations) router.openAPIRegistry.registerPath(operation);
  addTableRoutes(router, options);
  router.route("/", accountRoutes(options));
  return router;
}

function addTableRoutes(router: Router, { db, ring, door }: CourtRoutesOptions): void {
  router.get("/courts", async () => answerJson({ data: (await listCourts(db)).map(courtView) }));

  router.get("/courts/:code", async (c) => {
    const found = await findCourt(db, c.req.param("code"));
    if (!found) throw new AppError("not-found");
    return answerJson(namedCourtView(found, await listCourtNames(db, found.code)));
  });

  router.get("/courts/:code/audit", door.requireCourt(getCourtTrail), async (c) => {
    const found = await findCourt(db, c.req.param("code"));
    if (!found) throw new AppError("not-found");
    await requireJurisdiction(db, c.var.actor, found.code, "see");
    return answerJson(await pageOfTrail({ db, ring }, `court_${found.code}`, c.req.query()));
  });
}

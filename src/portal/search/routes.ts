// The public's search over HTTP, for portals that show it to their own visitors.
import { type Callers, requireScope } from "../../agencies/index.ts";
import { newRouter, parseAs, type Router } from "../../platform/http.ts";
import { readJson } from "../../platform/json-request.ts";
import { createRateLimit, rateLimitFields, type RatePolicy } from "../../platform/rate-limit.ts";
import { postSearch, searchOperations } from "./operations.ts";
import { SearchRequest } from "./request.ts";
import type { Search } from "./search.ts";

const BODY_BYTES_MAX = 4 * 1024;

/** A portal's visitors are a crowd; the key says whose. */
const policies: RatePolicy[] = [
  { name: "search-minute", units: 300, windowSeconds: 60 },
  { name: "search-day", units: 50_000, windowSeconds: 86_400 },
];

export function searchRoutes({ callers, search }: { callers: Callers; search: Search }): Router {
  const router = newRouter();
  const limit = createRateLimit(policies);
  for (const operation of searchOperations) router.openAPIRegistry.registerPath(operation);

  router.post(postSearch.path, async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "portal:search");
    const fields = rateLimitFields(limit.take(caller.agencyId));
    const asked = parseAs(SearchRequest, await readJson(c, BODY_BYTES_MAX));
    return c.json(await search(asked), 200, { "Cache-Control": "no-store", ...fields });
  });

  return router;
}

// The parts of the workbench, each with its own addresses.
import { newRouter, type Router } from "../platform/http.ts";
import type { WorkbenchOptions } from "./area.ts";
import { homePages } from "./home/routes.ts";
import { listingPages } from "./listings/routes.ts";
import { objectionPages } from "./objections/routes.ts";

export function workbenchPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  for (const pages of [homePages, listingPages]) router.route("/", pages(options));
  for (const pages of [objectionPages]) router.route("/", pages(options));
  return router;
}

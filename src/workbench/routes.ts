// The parts of the workbench, each with its own addresses.
import { newRouter, type Router } from "../platform/http.ts";
import type { WorkbenchOptions } from "./area.ts";
import { homePages } from "./home/routes.ts";
import { listingPages } from "./listings/routes.ts";
import { courtPages } from "./courts/routes.ts";
import { dutyPages } from "./duties/routes.ts";
import { identityPages } from "./identity/routes.ts";
import { loadPages } from "./loads/routes.ts";
import { measurePages } from "./measures/routes.ts";
import { objectionPages } from "./objections/routes.ts";
import { staffPages } from "./staff/routes.ts";

export function workbenchPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  for (const pages of [homePages, listingPages]) router.route("/", pages(options));
  for (const pages of [objectionPages, loadPages, identityPages, dutyPages, measurePages, staffPages, courtPages])
    router.route("/", pages(options));
  return router;
}

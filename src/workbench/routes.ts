// The parts of the workbench, each with its own addresses.
import { newRouter, type Router } from "../platform/http.ts";
import type { WorkbenchOptions } from "./area.ts";
import { actPages } from "./acts/routes.ts";
import { decisionPages } from "./decisions/routes.ts";
import { draftingPages } from "./drafting/routes.ts";
import { homePages } from "./home/routes.ts";
import { listingPages } from "./listings/routes.ts";
import { searchPages } from "./search/routes.ts";
import { courtPages } from "./courts/routes.ts";
import { dutyPages } from "./duties/routes.ts";
import { identityPages } from "./identity/routes.ts";
import { loadPages } from "./loads/routes.ts";
import { measurePages } from "./measures/routes.ts";
import { objectionPages } from "./objections/routes.ts";
import { staffPages } from "./staff/routes.ts";

const listingParts = [homePages, listingPages, actPages, draftingPages, decisionPages, searchPages];
const otherParts = [objectionPages, loadPages, identityPages, dutyPages, measurePages, staffPages, courtPages];

export function workbenchPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  for (const pages of [...listingParts, ...otherParts]) router.route("/", pages(options));
  return router;
}

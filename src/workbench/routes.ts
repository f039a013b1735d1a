// The parts of the workbench, each with its own addresses.
import { newRouter, type Router } from "../platform/http.ts";
import type { WorkbenchOptions } from "./area.ts";
import { actPages } from "./acts/routes.ts";
import { decisionPages } from "./decisions/routes.ts";
import { draftingPages } from "./drafting/routes.ts";
import { homePages } from "./home/routes.ts";
import { listingPages } from "./listings/routes.ts";
import { searchPages } from "./search/routes.ts";

const parts = [homePages, listingPages, actPages, draftingPages, decisionPages, searchPages];

export function workbenchPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  for (const pages of parts) router.route("/", pages(options));
  return router;
}

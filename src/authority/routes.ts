// The authority's pages: every part at its place.
import { getAllAlerts } from "../checks/misuse/operations.ts";
import { listAwaitingMeasuresOperation } from "../courts/measures/operations.ts";
import { newRouter, type Router } from "../platform/http.ts";
import { getOverseenRequests } from "../sanctions/identity/operations.ts";
import { getAllObligations } from "../sanctions/lifting/operations.ts";
import { getOverseenTasks } from "../sanctions/operations.ts";
import { getAllUnacknowledged } from "../subscriptions/notices/operations.ts";
import { agencyPages } from "./agencies/routes.ts";
import { figurePages } from "./figures/routes.ts";
import { homeContent, proposalsContent } from "./home-page.ts";
import { misusePages } from "./misuse/routes.ts";
import { overduePages } from "./overdue/routes.ts";
import { type AuthorityPages, frameOf, isAuthority, overseers } from "./pages.ts";

export function authorityPages(pages: AuthorityPages): Router {
  const router = newRouter();
  addHome(router, pages);
  router.route("/", agencyPages(pages));
  router.route("/", overduePages(pages));
  router.route("/", figurePages(pages));
  router.route("/", misusePages(pages));
  return router;
}

function addHome(router: Router, pages: AuthorityPages): void {
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/authority", door.enter(overseers), async (c) => {
    const [tasks, lifts, notices, requests, proposals, alerts] = await Promise.all([
      api.ask(c, getOverseenTasks, { query: { state: "overdue" } }),
      api.ask(c, getAllObligations, { query: { state: "overdue" } }),
      api.ask(c, getAllUnacknowledged, { query: { state: "overdue" } }),
      api.ask(c, getOverseenRequests, { query: { overdue: "true" } }),
      api.ask(c, listAwaitingMeasuresOperation),
      isAuthority(c.var.reader) ? api.ask(c, getAllAlerts, { query: { state: "open" } }) : null,
    ]);
    const content = homeContent({ tasks, lifts, notices, requests, proposals, alerts });
    return show(c, { title: "概览", current: "/authority", content });
  });

  router.get("/authority/measures", door.enter(overseers), async (c) => {
    const { reader } = c.var;
    const proposals = await api.ask(c, listAwaitingMeasuresOperation, { query: { cursor: c.req.query("cursor") } });
    const content = proposalsContent(reader, proposals, isAuthority(reader));
    return show(c, { title: "措施审批", current: "/authority/measures", content });
  });
}

// The console's pages: every part at its place.
import { getOwnAgency } from "../agencies/operations.ts";
import { getOwnAlerts } from "../checks/misuse/operations.ts";
import { newRouter, type Router } from "../platform/http.ts";
import { getObligations, getReviews } from "../sanctions/lifting/operations.ts";
import { getTasks } from "../sanctions/operations.ts";
import { getNotices } from "../subscriptions/notices/operations.ts";
import { batchPages } from "./batches/routes.ts";
import { checkPages } from "./checks/routes.ts";
import type { Administered } from "./administered.ts";
import { liaisons, officers } from "./console-door.ts";
import { figurePages } from "./figures/routes.ts";
import { homeContent } from "./home-page.ts";
import { identityPages } from "./identity/routes.ts";
import { addKeyPages } from "./keys/routes.ts";
import { liftingPages } from "./lifting/routes.ts";
import { addMeasurePages } from "./measures/routes.ts";
import { misusePages } from "./misuse/routes.ts";
import { noticePages } from "./notices/routes.ts";
import { type ConsolePages, frameOf, titlesFor } from "./pages.ts";
import { addPeoplePages } from "./people/routes.ts";
import { sanctionPages } from "./sanctions/routes.ts";
import { taskPages } from "./tasks/routes.ts";
import { watchPages } from "./watches/routes.ts";
import { webhookPages } from "./webhooks/routes.ts";

export function consolePages(pages: ConsolePages): Router {
  const router = newRouter();
  addHome(router, pages);
  // For everybody at the counter
  router.route("/", checkPages(pages));
  router.route("/", batchPages(pages));
  router.route("/", taskPages(pages));
  router.route("/", liftingPages(pages));
  router.route("/", sanctionPages(pages));
  router.route("/", identityPages(pages));
  router.route("/", watchPages(pages));
  router.route("/", noticePages(pages));
  // For liaisons
  const place = ownAgency(pages);
  addMeasurePages(router, { ...place, door: pages.door }, (c) => titlesFor(c, pages));
  addKeyPages(router, place);
  addPeoplePages(router, place);
  router.route("/", webhookPages(pages));
  router.route("/", figurePages(pages));
  router.route("/", misusePages(pages));
  return router;
}

function addHome(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/console", door.enter(officers), async (c) => {
    const isLiaison = liaisons.some((role) => role === c.var.reader.role);
    const [agency, tasks, overdueTasks, lifts, overdueLifts, reviews, notices, alerts] = await Promise.all([
      api.ask(c, getOwnAgency),
      api.ask(c, getTasks, { query: { state: "open" } }),
      api.ask(c, getTasks, { query: { state: "overdue" } }),
      api.ask(c, getObligations, { query: { state: "open" } }),
      api.ask(c, getObligations, { query: { state: "overdue" } }),
      api.ask(c, getReviews, { query: { state: "open" } }),
      api.ask(c, getNotices, { query: { state: "open" } }),
      isLiaison ? api.ask(c, getOwnAlerts, { query: { state: "open" } }) : null,
    ]);
    const titles = new Map(agency.purposes.map(({ code, title }) => [code, title]));
    const home = { agency, tasks, overdueTasks, lifts, overdueLifts, reviews, notices, alerts };
    return show(c, { title: "待办", current: "/console", content: homeContent(home, titles) });
  });
}

/** The liaison's own agency, administered with the session alone. */
function ownAgency(pages: ConsolePages): Administered {
  const at = (part: string) => `/console/${part}`;
  return {
    ...frameOf(pages),
    api: pages.api,
    door: pages.door.session,
    readers: liaisons,
    actors: liaisons,
    base: "/console",
    agencyOf: ({ var: { reader } }) => reader.agency ?? "",
    pathOf: (_, part) => at(part),
    currentOf: at,
  };
}

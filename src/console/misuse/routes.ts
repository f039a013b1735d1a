// Alerts in the console, for the liaison to look into; the credit authority decides on them.
import { getOwnAlerts } from "../../checks/misuse/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { liaisons } from "../console-door.ts";
import { type ConsolePages, frameOf } from "../pages.ts";
import { alertsContent, chosenMisuse } from "./misuse-page.ts";

export function misusePages(pages: ConsolePages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/console/misuse", door.enter(liaisons), async (c) => {
    const { filter, state } = chosenMisuse(c.req.query("state"));
    const alerts = await api.ask(c, getOwnAlerts, { query: { state, cursor: c.req.query("cursor") } });
    return show(c, { title: "异常提示", current: "/console/misuse", content: alertsContent(filter, alerts) });
  });

  return router;
}

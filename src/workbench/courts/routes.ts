// The court table: courts by their codes, and one of them with its names through time.
import { getCourt, getCourtTrail, listCourts } from "../../courts/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { INSIDE_HEADERS, type Reader } from "../../ui/index.ts";
import { everybody, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { trailContent } from "../trail-page.ts";
import { courtContent, COURTS, courtsContent } from "./courts-page.ts";

/** Who watches over the searches in a court's name. */
const watchers = ["president", "auditor"] as const;
const watches = ({ role }: Reader) => watchers.some((known) => known === role);

export function courtPages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(COURTS, door.enter(everybody), async (c) => {
    const { reader } = c.var;
    const { data } = await api.ask(c, listCourts);
    const content = courtsContent(data, c.req.query("name") ?? "", reader.court);
    return c.html(workbenchPage(options, { title: "法院目录", reader, current: COURTS, content }), 200, INSIDE_HEADERS);
  });

  router.get(`${COURTS}/:code`, door.enter(everybody), async (c) => {
    const { reader } = c.var;
    const court = await api.ask(c, getCourt, { params: { code: c.req.param("code") } });
    const page = { title: court.name, reader, current: COURTS, content: courtContent(court, watches(reader)) };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });

  router.get(`${COURTS}/:code/audit`, door.enter(watchers), async (c) => {
    const { reader } = c.var;
    const params = { code: c.req.param("code") };
    const [court, trail] = await Promise.all([
      api.ask(c, getCourt, { params }),
      api.ask(c, getCourtTrail, { params, query: c.req.query() }),
    ]);
    const href = `${COURTS}/${encodeURIComponent(court.code)}`;
    const content = trailContent(trail, { back: { href, label: court.name }, path: `${href}/audit` });
    return c.html(workbenchPage(options, { title: "办理留痕", reader, current: COURTS, content }), 200, INSIDE_HEADERS);
  });

  return router;
}

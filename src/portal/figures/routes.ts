// The open figures as a page.
import { newRouter } from "../../platform/http.ts";
import { readOpenStatisticsOperation } from "../../statistics/index.ts";
import { type OwnApi, Refused, type Site, sitePage } from "../../ui/index.ts";
import { PUBLIC_HEADERS } from "../portal-page.ts";
import { figuresContent } from "./figures-page.ts";

export function figurePages({ api, site }: { api: OwnApi; site: Site }) {
  const router = newRouter();

  router.get("/figures", async (c) => {
    const month = c.req.query("month");
    const statistics = await api.ask(c, readOpenStatisticsOperation, { query: { month } }).catch((error: unknown) => {
      // Of a month that is not closed there is nothing to say, and before the first one nothing at all.
      if (error instanceof Refused && error.refusal.code === "not-found" && !month) return null;
      throw error;
    });
    const content = figuresContent(statistics);
    return c.html(sitePage(site, { title: "公开统计", current: "/figures", content }), 200, PUBLIC_HEADERS);
  });

  return router;
}

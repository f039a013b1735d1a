// Figures on the authority's pages: every agency's month with its points, and the open figures as everybody sees them.
import { newRouter, type Router } from "../../platform/http.ts";
import { getAgencies, getOpen } from "../../statistics/operations.ts";
import { type PageContext, Refused } from "../../ui/index.ts";
import { type AuthorityPages, frameOf, overseers } from "../pages.ts";
import { openContent, statisticsContent } from "./figures-page.ts";

export function figurePages(pages: AuthorityPages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/authority/statistics", door.enter(overseers), async (c) => {
    const month = c.req.query("month") ?? monthOf(new Date());
    const content = statisticsContent(await api.ask(c, getAgencies, { query: { month } }));
    return show(c, { title: "统计与考核", current: "/authority/statistics", content });
  });

  router.get("/authority/figures", door.enter(overseers), async (c) => {
    const { month } = c.req.query();
    const content = openContent(await openFigures(c, month), month ?? monthOf(new Date()));
    return show(c, { title: "公开统计", current: "/authority/figures", content });
  });

  return router;

  /** Null where no such month is closed. */
  async function openFigures(c: PageContext, month: string | undefined) {
    try {
      return await api.ask(c, getOpen, { query: { month } });
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === "not-found") return null;
      throw error;
    }
  }
}

const monthOf = (instant: Date) => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);

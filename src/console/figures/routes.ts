// Figures in the console, for the liaison: usage against quota, and the agency's own months.
import { newRouter, type Router } from "../../platform/http.ts";
import { getOwn, getUsage } from "../../statistics/operations.ts";
import { liaisons } from "../console-door.ts";
import { type ConsolePages, frameOf } from "../pages.ts";
import { figuresContent } from "./figures-page.ts";
import { usageContent } from "./usage-page.ts";

const MONTHS_SHOWN = 6;

export function figurePages(pages: ConsolePages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/console/usage", door.enter(liaisons), async (c) => {
    const content = usageContent(await api.ask(c, getUsage));
    return show(c, { title: "用量", current: "/console/usage", content });
  });

  router.get("/console/statistics", door.enter(liaisons), async (c) => {
    const to = monthOf(new Date());
    const statistics = await api.ask(c, getOwn, { query: { from: monthsBefore(to, MONTHS_SHOWN - 1), to } });
    return show(c, { title: "统计", current: "/console/statistics", content: figuresContent(statistics) });
  });

  return router;
}

const monthOf = (instant: Date) => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);

function monthsBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 - count, 1)).toISOString().slice(0, 7);
}

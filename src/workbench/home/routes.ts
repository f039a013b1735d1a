// The first page of the workbench: what is due, what waits for a decision, and what happened to the court's listings.
import { getHits } from "../../checks/hits/operations.ts";
import { getClocks } from "../../courts/clocks/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { getListings } from "../../registry/operations.ts";
import { getCourtSanctions } from "../../sanctions/operations.ts";
import { INSIDE_HEADERS, type PageContext } from "../../ui/index.ts";
import { everybody, readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { adminHomeContent, homeContent, type HomeFigures } from "./home-page.ts";

const ROWS = 10;
const CLOCK_ROWS = 20;

export function homePages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get("/workbench", door.enter(everybody), async (c) => {
    const { reader } = c.var;
    const isReader = readers.some((role) => role === reader.role);
    const content = isReader ? homeContent(reader, await readFigures(c)) : adminHomeContent(reader);
    return c.html(
      workbenchPage(options, { title: "首页", reader, current: "/workbench", content }),
      200,
      INSIDE_HEADERS,
    );
  });

  return router;

  async function readFigures(c: PageContext): Promise<HomeFigures> {
    const [clocks, drafts, publications, looks, hits, sanctions] = await Promise.all([
      api.ask(c, getClocks, { query: { limit: CLOCK_ROWS } }),
      api.ask(c, getListings, { query: { state: "draft", limit: ROWS } }),
      api.ask(c, getListings, { query: { task: "publication", limit: ROWS } }),
      api.ask(c, getListings, { query: { task: "second_look", limit: ROWS } }),
      api.ask(c, getHits, { query: { limit: ROWS } }),
      api.ask(c, getCourtSanctions, { query: { limit: ROWS } }),
    ]);
    return { clocks, drafts, publications, looks, hits, sanctions };
  }
}

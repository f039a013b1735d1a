// The listings of a court in pages: lists with their filters in the address.
import { newRouter, type Router } from "../../platform/http.ts";
import { getListings } from "../../registry/operations.ts";
import { INSIDE_HEADERS } from "../../ui/index.ts";
import { readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { listContent } from "./list-page.ts";

const HOME = "/workbench/listings";

export function listingPages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(HOME, door.enter(readers), async (c) => {
    const filter = c.req.query();
    const page = await api.ask(c, getListings, { query: filter });
    const { reader } = c.var;
    const content = listContent(page, filter);
    return c.html(workbenchPage(options, { title: "名单信息", reader, current: HOME, content }), 200, INSIDE_HEADERS);
  });

  return router;
}

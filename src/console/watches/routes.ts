// Watches in the console: one's own, a new one, and its end.
import { getOwnAgency } from "../../agencies/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import * as watching from "../../subscriptions/watches/operations.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues, Refused } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { chosenFilter } from "../filter-page.ts";
import { withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf } from "../pages.ts";
import { watchesContent, watchFilters } from "./watch-page.ts";

const current = "/console/watches";

export function watchPages(pages: ConsolePages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const list = async (c: PageContext, reader: Reader, form: FormState) => {
    const { state: given, cursor, done } = c.req.query();
    const state = chosenFilter(watchFilters, given, "live");
    const [agency, watches] = await Promise.all([
      api.ask(c, getOwnAgency),
      api.ask(c, watching.getWatches, { query: { state, cursor } }),
    ]);
    const content = withNotification(done, watchesContent(reader, { agency, watches, state }, form));
    return { title: form.refusal ? "错误：关注" : "关注", current, content };
  };

  router.get("/console/watches", door.enter(officers), async (c) => show(c, await list(c, c.var.reader, emptyForm)));

  router.post("/console/watches", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const body = { ...readValues(form), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: async () => requireWatched(await api.ask(c, watching.postWatches, { body })),
      done: () => "/console/watches?done=watched",
      again: async (state) => frame(c, await list(c, reader, state)),
    });
  });

  router.post("/console/watches/:id/withdraw", door.act(officers), async (c) => {
    await api.ask(c, watching.deleteWatch, { params: { id: c.req.param("id") } });
    return c.redirect("/console/watches?done=withdrawn", 303);
  });

  return router;
}

type Results = { results: ({ status: "watched" } | { status: "invalid"; problem: object })[] };

/** Of a form with one party, a bad item is a bad form. */
function requireWatched({ results: [only] }: Results): void {
  if (only?.status !== "invalid") return;
  throw new Refused({ ...(only.problem as Refused["refusal"]), retryAfter: null });
}

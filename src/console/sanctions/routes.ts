// Sanctions in the console: the list, one of them with its papers, and its lifting.
import { textOf } from "../../platform/form-request.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import * as sanctions from "../../sanctions/operations.ts";
import { sanctionStateWords } from "../../sanctions/words.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { chosenFilter } from "../filter-page.ts";
import { withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf, titlesFor } from "../pages.ts";
import { sanctionContent, sanctionsContent } from "./sanction-page.ts";

const current = "/console/sanctions";

export function sanctionPages(pages: ConsolePages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const one = async (c: PageContext, reader: Reader, id: string, state: FormState) => {
    const found = api.ask(c, sanctions.getSanction, { params: { id } });
    const [sanction, titles] = await Promise.all([found, titlesFor(c, pages)]);
    const content = withNotification(c.req.query("done"), sanctionContent(reader, sanction, titles, state));
    return { title: state.refusal ? "错误：惩戒措施" : "惩戒措施", current, content };
  };

  router.get("/console/sanctions", door.enter(officers), async (c) => {
    const { state: given, cursor } = c.req.query();
    const state = chosenFilter(sanctionStateWords, given, "active");
    const asked = api.ask(c, sanctions.getSanctions, { query: { state, cursor } });
    const [rows, titles] = await Promise.all([asked, titlesFor(c, pages)]);
    return show(c, { title: "惩戒措施", current, content: sanctionsContent(state, rows, titles) });
  });

  router.get("/console/sanctions/:id", door.enter(officers), async (c) =>
    show(c, await one(c, c.var.reader, c.req.param("id"), emptyForm)),
  );

  router.post("/console/sanctions/:id/lift", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    const version = Number(textOf(form, "version"));
    const body = { ...readValues(form), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, sanctions.postLift, { params: { id }, body, version }),
      done: () => `/console/sanctions/${id}?done=lifted`,
      again: async (state) => frame(c, await one(c, reader, id, state)),
    });
  });

  router.get("/console/sanctions/:id/receipt", door.enter(officers), (c) =>
    api.send(c, sanctions.getSanctionReceipt, { params: { id: c.req.param("id") } }),
  );

  router.get("/console/sanctions/:id/notice", door.enter(officers), (c) =>
    api.send(c, sanctions.getNotice, { params: { id: c.req.param("id") } }),
  );

  return router;
}

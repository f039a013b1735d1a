// Identity requests in the console: asked from a check, answered by the court.
import { getCheck } from "../../checks/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import * as identity from "../../sanctions/identity/operations.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { chosenFilter } from "../filter-page.ts";
import { withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf } from "../pages.ts";
import { questionContent, requestContent, requestFilters, requestsContent } from "./identity-page.ts";

const current = "/console/identity";

export function identityPages(pages: ConsolePages): Router {
  const router = newRouter();
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/console/identity", door.enter(officers), async (c) => {
    const { state: given, cursor } = c.req.query();
    const state = chosenFilter(requestFilters, given, "open");
    const requests = await api.ask(c, identity.getAskedRequests, { query: { state, cursor } });
    return show(c, { title: "身份核实请求", current, content: requestsContent(state, requests) });
  });

  router.get("/console/identity/:id", door.enter(officers), async (c) => {
    const request = await api.ask(c, identity.getAskedRequest, { params: { id: c.req.param("id") } });
    const content = withNotification(c.req.query("done"), requestContent(request));
    return show(c, { title: "身份核实请求", current, content });
  });

  router.get("/console/identity/:id/redress", door.enter(officers), (c) =>
    api.send(c, identity.getRedress, { params: { id: c.req.param("id") } }),
  );

  addQuestion(router, pages);
  return router;
}

function addQuestion(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const question = async (c: PageContext, reader: Reader, id: string, state: FormState) => {
    const check = await api.ask(c, getCheck, { params: { id } });
    const asked = { check, listing: c.req.query("listing") ?? "" };
    const title = state.refusal ? "错误：请求核实身份" : "请求核实身份";
    return { title, current, content: questionContent(reader, asked, state) };
  };

  router.get("/console/checks/:id/identity", door.enter(officers), async (c) =>
    show(c, await question(c, c.var.reader, c.req.param("id"), emptyForm)),
  );

  router.post("/console/checks/:id/identity", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const checkId = c.req.param("id");
    const about = { checkId, listingId: c.req.query("listing") ?? "", operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, identity.postRequest, { body: { ...readValues(form, { lists: ["proofs"] }), ...about } }),
      done: ({ id }) => `/console/identity/${id}?done=asked`,
      again: async (state) => frame(c, await question(c, reader, checkId, state)),
    });
  });
}

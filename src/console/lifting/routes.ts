// Lifting in the console: what is owed since a listing ended, each with the form that settles it.
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import * as lifting from "../../sanctions/lifting/operations.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { chosenFilter } from "../filter-page.ts";
import { withNotification } from "../notified-page.ts";
import { type ConsolePages, frameOf, titlesFor } from "../pages.ts";
import { obligationContent, obligationFilters, obligationsContent } from "./lifting-page.ts";
import { reviewContent, reviewFilters, reviewsContent } from "./lifting-page.ts";

export function liftingPages(pages: ConsolePages): Router {
  const router = newRouter();
  addObligations(router, pages);
  addReviews(router, pages);
  return router;
}

function addObligations(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const current = "/console/lifts";
  const one = async (c: PageContext, reader: Reader, id: string, state: FormState) => {
    const found = api.ask(c, lifting.getObligation, { params: { id } });
    const [row, titles] = await Promise.all([found, titlesFor(c, pages)]);
    const content = withNotification(c.req.query("done"), obligationContent(reader, row, titles, state));
    return { title: state.refusal ? "错误：解除惩戒" : "解除惩戒", current, content };
  };

  router.get("/console/lifts", door.enter(officers), async (c) => {
    const { state: given, cursor } = c.req.query();
    const state = chosenFilter(obligationFilters, given, "open");
    const isFirst = state === "open" && cursor === undefined;
    const [rows, overdue, titles] = await Promise.all([
      api.ask(c, lifting.getObligations, { query: { state, cursor } }),
      isFirst ? api.ask(c, lifting.getObligations, { query: { state: "overdue" } }) : null,
      titlesFor(c, pages),
    ]);
    return show(c, { title: "待解除的惩戒", current, content: obligationsContent(state, rows, overdue, titles) });
  });

  router.get("/console/lifts/:id", door.enter(officers), async (c) =>
    show(c, await one(c, c.var.reader, c.req.param("id"), emptyForm)),
  );

  router.post("/console/lifts/:id", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    const body = { ...readValues(form), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, lifting.postLift, { params: { id }, body }),
      done: () => `/console/lifts/${id}?done=lifted`,
      again: async (state) => frame(c, await one(c, reader, id, state)),
    });
  });
}

function addReviews(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const current = "/console/reviews";
  const one = async (c: PageContext, reader: Reader, id: string, state: FormState) => {
    const found = api.ask(c, lifting.getReview, { params: { id } });
    const [row, titles] = await Promise.all([found, titlesFor(c, pages)]);
    const content = withNotification(c.req.query("done"), reviewContent(reader, row, titles, state));
    return { title: state.refusal ? "错误：复查" : "复查", current, content };
  };

  router.get("/console/reviews", door.enter(officers), async (c) => {
    const { state: given, cursor } = c.req.query();
    const state = chosenFilter(reviewFilters, given, "open");
    const asked = api.ask(c, lifting.getReviews, { query: { state, cursor } });
    const [rows, titles] = await Promise.all([asked, titlesFor(c, pages)]);
    return show(c, { title: "原拒办事项复查", current, content: reviewsContent(state, rows, titles) });
  });

  router.get("/console/reviews/:id", door.enter(officers), async (c) =>
    show(c, await one(c, c.var.reader, c.req.param("id"), emptyForm)),
  );

  router.post("/console/reviews/:id", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    const body = { ...readValues(form), operator: operatorOf(reader) };
    return submitForm(c, form, {
      act: () => api.ask(c, lifting.postReview, { params: { id }, body }),
      done: () => `/console/reviews/${id}?done=reviewed`,
      again: async (state) => frame(c, await one(c, reader, id, state)),
    });
  });
}

// What a listing leaves behind elsewhere, as the court sees to it: take-downs, acknowledgements, lifts, publications.
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { getCourtObligations, postClosing } from "../../sanctions/lifting/operations.ts";
import * as notices from "../../subscriptions/notices/operations.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, type Reader, readValues } from "../../ui/index.ts";
import { officers, readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { liftContent, LIFTS, noticeContent, NOTICES, publicationContent } from "./duties-page.ts";
import { TAKE_DOWNS, takeDownContent } from "./duties-page.ts";
import { dutyDoneWords } from "./words.ts";

const PUBLICATIONS = "/workbench/publications/:id{lst_[0-9a-z]+}";
const deciders = ["judge", "president"] as const;

export function dutyPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  addTakeDowns(router, options);
  addNotices(router, options);
  addLifts(router, options);
  addPublications(router, options);
  return router;
}

const holds = (roles: readonly string[], { role }: Reader) => roles.includes(role);
const doneIn = (c: PageContext) => doneOf(dutyDoneWords, c.req.query("done"));
const titled = (title: string, { refusal }: FormState) => (refusal ? `错误：${title}` : title);

function addTakeDowns(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(TAKE_DOWNS, door.enter(readers), async (c) =>
    c.html(await show(c, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  // Where a deadline leads.
  router.get(`${TAKE_DOWNS}/:id{tdn_[0-9a-z]+}`, door.enter(readers), (c) =>
    c.redirect(`${TAKE_DOWNS}#${c.req.param("id")}`, 303),
  );

  router.post(`${TAKE_DOWNS}/:id{tdn_[0-9a-z]+}/done`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.ask(c, notices.postTakeDownDone, { params: { id }, body: readValues(form) }),
      done: () => `${TAKE_DOWNS}?done=done`,
      again: (state) => show(c, reader, { ...state, form: id }),
    });
  });

  async function show(c: PageContext, reader: Reader, state: FormState): Promise<Markup> {
    const { state: chosen = "", cursor } = c.req.query();
    const page = await api.ask(c, notices.getTakeDowns, { query: { state: chosen, cursor } });
    const given = { page, chosen, reader, state, done: doneIn(c) };
    const content = takeDownContent(given, holds(officers, reader));
    return workbenchPage(options, { title: titled("撤下其他公布渠道", state), reader, current: TAKE_DOWNS, content });
  }
}

function addNotices(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(NOTICES, door.enter(readers), async (c) => {
    const { state = "", cursor } = c.req.query();
    const content = noticeContent(await api.ask(c, notices.getUnacknowledged, { query: { state, cursor } }), state);
    const page = { title: "未确认收悉的移出", reader: c.var.reader, current: TAKE_DOWNS, content };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });
}

function addLifts(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(LIFTS, door.enter(readers), async (c) =>
    c.html(await show(c, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.post(`${LIFTS}/:id{lft_[0-9a-z]+}/close`, door.act(deciders), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.ask(c, postClosing, { params: { id }, body: readValues(form) }),
      done: () => `${LIFTS}?done=closed`,
      again: (state) => show(c, reader, { ...state, form: id }),
    });
  });

  async function show(c: PageContext, reader: Reader, state: FormState): Promise<Markup> {
    const { state: chosen = "open", cursor } = c.req.query();
    const page = await api.ask(c, getCourtObligations, { query: { state: chosen, cursor } });
    const given = { page, chosen, reader, state, done: doneIn(c) };
    const content = liftContent(given, holds(deciders, reader));
    return workbenchPage(options, { title: titled("待解除的惩戒", state), reader, current: TAKE_DOWNS, content });
  }
}

function addPublications(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(PUBLICATIONS, door.enter(readers), async (c) =>
    c.html(await show(c, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.post(PUBLICATIONS, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id") ?? "";
    return submitForm(c, form, {
      act: () => api.ask(c, notices.postPublication, { params: { id }, body: readValues(form) }),
      done: () => `/workbench/publications/${id}?done=recorded`,
      again: (state) => show(c, reader, state),
    });
  });

  async function show(c: PageContext, reader: Reader, state: FormState): Promise<Markup> {
    const listing = c.req.param("id") ?? "";
    const { data } = await api.ask(c, notices.getPublications, { params: { id: listing } });
    const given = { listing, publications: data, reader, state };
    const content = publicationContent(given, { mayRecord: holds(officers, reader), done: doneIn(c) });
    return workbenchPage(options, { title: titled("另行公布或者通报", state), reader, current: "", content });
  }
}

// The listings of a court in pages: lists with their filters in the address, one listing with all that is known of it, its
// audit trail, its papers, and the whole number for a reason.
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { getTrail, postReveal } from "../../registry/inspection/operations.ts";
import { getListings } from "../../registry/operations.ts";
import { postPartyCode } from "../../remedies/operations.ts";
import { postPaper } from "../../remedies/papers/operations.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, PAPER_HEADERS, type Reader, readValues } from "../../ui/index.ts";
import { officers, readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { trailContent } from "../trail-page.ts";
import { doneWords } from "../words.ts";
import { detailContent } from "./detail-page.ts";
import { readDetail, readListing } from "./detail.ts";
import { listContent } from "./list-page.ts";
import { PARTY_CODE, partyCodeContent } from "./party-code-page.ts";
import { revealContent } from "./reveal-page.ts";

const HOME = "/workbench/listings";

export function listingPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  addLists(router, options);
  addDetail(router, options);
  addReveal(router, options);
  addPartyCode(router, options);
  return router;
}

function addLists(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(HOME, door.enter(readers), async (c) => {
    const { done, ...filter } = c.req.query();
    const page = await api.ask(c, getListings, { query: filter });
    const content = listContent(page, filter, doneOf(doneWords, done));
    const { reader } = c.var;
    return c.html(workbenchPage(options, { title: "名单信息", reader, current: HOME, content }), 200, INSIDE_HEADERS);
  });

  router.get(`${HOME}/:id/audit`, door.enter(readers), async (c) => {
    const id = c.req.param("id");
    const [listing, trail] = [
      await readListing(api, c, id),
      await api.ask(c, getTrail, { params: { id }, query: c.req.query() }),
    ];
    const content = trailContent(trail, {
      back: { href: `${HOME}/${id}`, label: listing.party.name },
      path: `${HOME}/${id}/audit`,
      untouched: "没有留痕：本条由文件载入，法院尚未办理。",
    });
    const { reader } = c.var;
    return c.html(workbenchPage(options, { title: "办理留痕", reader, current: HOME, content }), 200, INSIDE_HEADERS);
  });
}

function addDetail(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(`${HOME}/:id`, door.enter(readers), async (c) => {
    const done = doneOf(doneWords, c.req.query("done"));
    const page = await showDetail(options, c, { id: c.req.param("id"), reader: c.var.reader, done, state: emptyForm });
    return c.html(page, 200, INSIDE_HEADERS);
  });

  router.post(`${HOME}/:id/papers`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.send(c, postPaper, { body: { ...readValues(form), subject: id } }),
      done: async (paper) =>
        new Response(await paper.text(), {
          headers: { ...PAPER_HEADERS, "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
        }),
      again: (state) => showDetail(options, c, { id, reader, done: null, state: { ...state, form: "paper" } }),
    });
  });
}

function addReveal(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.post(`${HOME}/:id/reveal`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.ask(c, postReveal, { params: { id }, body: readValues(form) }),
      done: async (revealed) => {
        const content = revealContent(id, revealed);
        const page = workbenchPage(options, { title: "完整证件号码", reader, current: HOME, content });
        return c.html(await page, 200, INSIDE_HEADERS);
      },
      again: (state) => showDetail(options, c, { id, reader, done: null, state: { ...state, form: "reveal" } }),
    });
  });
}

function addPartyCode(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.post(`${HOME}/:id/${PARTY_CODE}`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    return submitForm(c, form, {
      act: () => api.ask(c, postPartyCode, { body: { listing: id } }),
      done: async ({ code }) => {
        const content = partyCodeContent(await readListing(api, c, id), code);
        const page = workbenchPage(options, { title: "当事人查询码", reader, current: HOME, content });
        return c.html(await page, 200, INSIDE_HEADERS);
      },
      again: (state) => showDetail(options, c, { id, reader, done: null, state }),
    });
  });
}

type Shown = { id: string; reader: Reader; done: string | null; state: FormState };

async function showDetail(
  options: WorkbenchOptions,
  c: PageContext,
  { id, reader, done, state }: Shown,
): Promise<Markup> {
  const detail = await readDetail(options.api, c, id);
  const title = `${state.refusal ? "错误：" : ""}${detail.listing.party.name}`;
  const content = detailContent(detail, { reader, done, state });
  return workbenchPage(options, { title, reader, current: HOME, content });
}

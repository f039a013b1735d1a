// Drafting in pages: a form is begun by its case number, saved as it is typed, checked, and handed up.
import { textOf } from "../../platform/form-request.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import * as forms from "../../registry/forms/operations.ts";
import { getListings, postListings } from "../../registry/operations.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, type Reader, type Refusal, Refused } from "../../ui/index.ts";
import { officers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import type { ListingRow } from "../listings/list-page.ts";
import { doneWords } from "../words.ts";
import { checkContent, draftingContent } from "./drafting-page.ts";
import { bodyOf, type Fields, fieldsIn, partyCount, stateOf, withoutParty, withParty } from "./form-fields.ts";
import { formContent, type Saved, savingContent } from "./form-page.ts";

const HOME = "/workbench/drafting";
const FORM_BYTES_MAX = 512 * 1024;
const KNOWN_ROWS = 50;

export function draftingPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  addBeginning(router, options);
  addForm(router, options);
  addHandingUp(router, options);
  return router;
}

function addBeginning(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(HOME, door.enter(officers), async (c) => {
    const done = doneOf(doneWords, c.req.query("done"));
    return c.html(await show(c, { reader: c.var.reader, done, state: emptyForm }), 200, INSIDE_HEADERS);
  });

  router.post(HOME, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const begin = async () => {
      const caseNumber = textOf(form, "caseNumber");
      const known = await readKnown(options, c, caseNumber);
      return api.ask(c, forms.postForm, { body: { fields: prefilled(caseNumber, known) } });
    };
    return submitForm(c, form, {
      act: begin,
      done: ({ id }) => `${HOME}/${id}`,
      again: (state) => show(c, { reader, done: null, state }),
    });
  });

  async function show(
    c: PageContext,
    given: { reader: Reader; done: string | null; state: FormState },
  ): Promise<Markup> {
    const { data } = await api.ask(c, forms.getForms);
    const content = draftingContent({ ...given, forms: data });
    return workbenchPage(options, { title: titled("草拟", given.state), reader: given.reader, current: HOME, content });
  }
}

/** What the register says of the case already: the newest listing that says it. */
function prefilled(caseNumber: string, known: readonly ListingRow[]): Fields {
  const said = (member: "handler" | "areaName" | "titleMaker" | "titleDocument" | "filedOn" | "obligation") =>
    known.find((listing) => listing[member] !== null)?.[member] ?? "";
  const fields = {
    caseNumber,
    handler: said("handler"),
    areaName: said("areaName"),
    titleMaker: said("titleMaker"),
    titleDocument: said("titleDocument"),
    filedOn: said("filedOn"),
    "parties/0/obligation": said("obligation"),
    "parties/0/lists": "dishonest\nconsumption_limit",
    count: "1",
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

async function readKnown(
  { api }: WorkbenchOptions,
  c: PageContext,
  caseNumber: string,
): Promise<readonly ListingRow[]> {
  if (caseNumber === "") return [];
  return (await api.ask(c, getListings, { query: { caseNumber, limit: KNOWN_ROWS } })).data;
}

function addForm(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(`${HOME}/:id`, door.enter(officers), async (c) => {
    const id = c.req.param("id");
    const { fields, ...saved } = await api.ask(c, forms.getForm, { params: { id } });
    const done = doneOf(doneWords, c.req.query("done"));
    const shown = { id, fields, saved, reader: c.var.reader, state: stateOf(fields), done };
    return c.html(await showForm(options, c, shown), 200, INSIDE_HEADERS);
  });

  router.post(`${HOME}/:id`, door.act(officers, FORM_BYTES_MAX), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    const [step = "", place = ""] = textOf(form, "do").split(":");
    const given = fieldsIn(form);
    const fields = step === "add" ? withParty(given) : step === "remove" ? withoutParty(given, Number(place)) : given;
    const saved = api.ask(c, forms.putForm, { params: { id }, body: { fields } });
    const act = async () => {
      await saved;
      if (step === "check") await api.ask(c, forms.postTrial, { body: bodyOf(fields) });
    };
    return submitForm(c, form, {
      act,
      done: () => nextPlace(id, step),
      again: async ({ refusal }) => {
        const shown = { id, fields, saved: await saved, reader, state: stateOf(fields, refusal), done: null };
        return showForm(options, c, shown);
      },
    });
  });

  /** For a browser that saves while somebody types: the time, and what is wrong with what is there already. */
  router.post(`${HOME}/:id/saving`, door.act(officers, FORM_BYTES_MAX), async (c) => {
    const { form } = c.var;
    const fields = fieldsIn(form);
    const body = { fields, version: Number(textOf(form, "after")) };
    const params = { id: c.req.param("id") };
    const late = await refusalFrom(() => api.ask(c, forms.putForm, { params, body }));
    if (late && late.code !== "precondition-failed") throw new Refused(late);
    const saved = await api.ask(c, forms.getForm, { params });
    const refusal = await refusalFrom(() => api.ask(c, forms.postTrial, { body: bodyOf(fields) }));
    const shown = stateOf(fields, refusal).refusal;
    const faults = (shown?.errors ?? []).filter(({ code }) => !UNFINISHED.has(code));
    const told = shown && shown.code !== "validation" ? shown.detail : null;
    return c.html(savingContent(saved, faults, told, partyCount(fields)), 200, INSIDE_HEADERS);
  });

  router.post(`${HOME}/:id/discard`, door.act(officers), async (c) => {
    await api.ask(c, forms.deleteForm, { params: { id: c.req.param("id") } });
    return c.redirect(`${HOME}?done=discarded`, 303);
  });
}

/** What is only not there yet is no fault while somebody writes. */
const UNFINISHED = new Set(["required", "too_few", "too_short"]);

function nextPlace(id: string, step: string): string {
  if (step === "check") return `${HOME}/${id}/check`;
  const done = { add: "added", remove: "removed" }[step] ?? "saved";
  return `${HOME}/${id}?done=${done}`;
}

async function refusalFrom(asked: () => Promise<unknown>): Promise<Refusal | null> {
  try {
    await asked();
    return null;
  } catch (error) {
    if (error instanceof Refused && error.refusal.status < 500) return error.refusal;
    throw error;
  }
}

function addHandingUp(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(`${HOME}/:id/check`, door.enter(officers), async (c) => {
    const { reader } = c.var;
    const id = c.req.param("id");
    const { fields, ...saved } = await api.ask(c, forms.getForm, { params: { id } });
    const refusal = await refusalFrom(() => tryOut(options, c, fields));
    if (!refusal) return c.html(await showCheck(c, { id, reader, state: emptyForm }), 200, INSIDE_HEADERS);
    const shown = { id, fields, saved, reader, state: stateOf(fields, refusal), done: null };
    return c.html(await showForm(options, c, shown), 422, INSIDE_HEADERS);
  });

  router.post(`${HOME}/:id/handing-up`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    const handUp = async () => {
      const { fields } = await api.ask(c, forms.getForm, { params: { id } });
      await api.ask(c, postListings, { body: bodyOf(fields) });
      // Were it still there, handing it up again would be refused: its parties are listed in this case.
      await api.ask(c, forms.deleteForm, { params: { id } });
    };
    return submitForm(c, form, {
      act: handUp,
      done: () => "/workbench/decisions?done=handed_up",
      again: (state) => showCheck(c, { id, reader, state }),
    });
  });

  async function showCheck(
    c: PageContext,
    { id, reader, state }: { id: string; reader: Reader; state: FormState },
  ): Promise<Markup> {
    const { fields } = await api.ask(c, forms.getForm, { params: { id } });
    // Refused once, it would be refused again here; what stands in the form is shown all the same.
    const tried = state.refusal ? [] : (await tryOut(options, c, fields)).data;
    const content = checkContent({ reader, id, fields, tried, state });
    return workbenchPage(options, { title: titled("提交前核对", state), reader, current: HOME, content });
  }
}

/** It changes nothing: a page may ask for it that was opened from a bookmark. */
const tryOut = ({ api }: WorkbenchOptions, c: PageContext, fields: Fields) =>
  api.ask(c, forms.postTrial, { body: bodyOf(fields), headers: { "sec-fetch-site": "same-origin" } });

type ShownForm = { id: string; fields: Fields; saved: Saved; reader: Reader; state: FormState; done: string | null };

async function showForm(options: WorkbenchOptions, c: PageContext, shown: ShownForm): Promise<Markup> {
  const known = await readKnown(options, c, shown.fields["caseNumber"] ?? "");
  const { reader, state } = shown;
  const content = formContent({ ...shown, known });
  return workbenchPage(options, { title: titled("草拟", state), reader, current: HOME, content });
}

const titled = (title: string, { refusal }: FormState) => (refusal ? `错误：${title}` : title);

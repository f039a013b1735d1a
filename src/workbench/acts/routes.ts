// The acts of a court on a listing, each as a form of its own.
import { AppError } from "../../platform/error.ts";
import { textOf } from "../../platform/form-request.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { actOperations } from "../../registry/operations.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { type FieldKinds, type Reader, readValues, refusedForm } from "../../ui/index.ts";
import { wordOf } from "../../ui/index.ts";
import { officers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { termOf } from "../draft-values.ts";
import { exitReasonWords, exitWords } from "../../registry/words.ts";
import { exitTitle } from "../listings/detail-page.ts";
import { type Listing, type Papers, readListing, readPapers } from "../listings/detail.ts";
import { actWords } from "../words.ts";
import { actForms } from "./act-form-page.ts";
import { actContent, exitContent, previewContent } from "./act-page.ts";
import { changesIn, onlyChanged } from "./rectify-page.ts";

const LISTINGS = "/workbench/listings";
const EXIT_KINDS: FieldKinds = { numbers: ["exit/ground/searches"] };

type Values = Record<string, unknown>;

export function actPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  addExits(router, options);
  addActs(router, options);
  return router;
}

function addExits(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;
  const operation = operationOf("exit");

  router.get(`${LISTINGS}/:id/acts/exit`, door.enter(officers), async (c) => {
    const chosen = exitIn(c.req.query("operation") ?? "", c.req.query("ground") ?? null);
    return c.html(await showExit(options, c, { reader: c.var.reader, chosen, state: emptyForm }), 200, INSIDE_HEADERS);
  });

  router.post(`${LISTINGS}/:id/acts/exit`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const id = c.req.param("id");
    const chosen = {
      operation: textOf(form, "exit/operation"),
      ground: textOf(form, "exit/ground/code") || textOf(form, "exit/ground") || null,
    };
    const kinds = chosen.ground === "R4" ? { ...EXIT_KINDS, booleans: ["exit/ground/hasLead"] } : EXIT_KINDS;
    const given = { params: { id }, body: readValues(form, kinds), version: Number(textOf(form, "version")) };
    return submitForm(c, form, {
      act: () => api.ask(c, operation, given),
      done: () => `${LISTINGS}/${id}?done=exit`,
      again: (state) => showExit(options, c, { reader, chosen, state }),
    });
  });
}

function addActs(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(`${LISTINGS}/:id/acts/:act`, door.enter(officers), async (c) => {
    const act = actIn(c.req.param("act"));
    return c.html(await showAct(options, c, { act, reader: c.var.reader, state: emptyForm }), 200, INSIDE_HEADERS);
  });

  router.post(`${LISTINGS}/:id/acts/:act`, door.act(officers), async (c) => {
    const { form, reader } = c.var;
    const act = actIn(c.req.param("act"));
    const id = c.req.param("id");
    const listing = act === "rectify" ? await readListing(api, c, id) : null;
    const values = listing ? rectification(form) : readValues(form, actForms[act]?.kinds);
    if (listing && textOf(form, "confirmed") === "") return preview(c, { reader, listing, values, form });
    const papers = act === "decide" ? await readPapers(api, c, id) : [];
    const body = listing ? sentCorrections(listing, values) : (actForms[act]?.body?.(values, { papers }) ?? values);
    return submitForm(c, form, {
      act: () => api.ask(c, operationOf(act), { params: { id }, body, version: Number(textOf(form, "version")) }),
      // After a transfer the listing is another court's.
      done: () => (act === "transfer" ? `${LISTINGS}?done=transfer` : `${LISTINGS}/${id}?done=${act}`),
      again: (state) => showAct(options, c, { act, reader, state }),
    });
  });

  function preview(c: PageContext, { reader, listing, values, form }: Preview): Response | Promise<Response> {
    const { values: fields } = refusedForm(form, NO_REFUSAL);
    const content = previewContent({ reader, listing, changes: changesIn(listing, correctionsIn(values)), fields });
    const page = workbenchPage(options, { title: "核对更正", reader, current: LISTINGS, content });
    return c.html(page, 200, INSIDE_HEADERS);
  }
}

type Preview = { reader: Reader; listing: Listing; values: Values; form: FormData };
const NO_REFUSAL = { status: 0, code: "validation", title: "", detail: "", retryAfter: null } as const;

/** The corrections as the form has them; the term only where it is ticked. */
function rectification(form: FormData): Values {
  const { correctsTerm, confirmed: _, ...values } = readValues(form, actForms["rectify"]?.kinds);
  const { term, ...corrections } = correctionsIn(values);
  return { ...values, corrections: correctsTerm ? { ...corrections, term: termOf(term) } : corrections };
}

function sentCorrections(listing: Listing, values: Values): Values {
  return { ...values, corrections: onlyChanged(listing, correctionsIn(values)) };
}

const correctionsIn = ({ corrections }: Values): Values => (corrections ?? {}) as Values;

function operationOf(name: string) {
  const found = actOperations.find(({ act }) => act.name === name);
  if (!found) throw new AppError("not-found");
  return found.operation;
}

function actIn(name: string): string {
  if (!(name in actForms)) throw new AppError("not-found");
  return name;
}

function exitIn(operation: string, ground: string | null) {
  if (!(operation in exitWords) || (ground !== null && !(ground in exitReasonWords))) throw new AppError("not-found");
  return { operation, ground };
}

type ShownExit = { reader: Reader; chosen: { operation: string; ground: string | null }; state: FormState };

async function showExit(
  options: WorkbenchOptions,
  c: PageContext,
  { reader, chosen, state }: ShownExit,
): Promise<Markup> {
  const listing = await readListing(options.api, c, c.req.param("id") ?? "");
  const title = titled(exitTitle(chosen.operation, chosen.ground), state);
  const content = exitContent({ reader, listing, ...chosen, state });
  return workbenchPage(options, { title, reader, current: LISTINGS, content });
}

type ShownAct = { act: string; reader: Reader; state: FormState };

async function showAct(options: WorkbenchOptions, c: PageContext, { act, reader, state }: ShownAct): Promise<Markup> {
  const id = c.req.param("id") ?? "";
  const listing = await readListing(options.api, c, id);
  const papers: Papers = act === "decide" ? await readPapers(options.api, c, id) : [];
  const title = titled(wordOf(actWords, act), state);
  const content = actContent({ reader, listing, papers, act, state });
  return workbenchPage(options, { title, reader, current: LISTINGS, content });
}

const titled = (title: string, { refusal }: FormState) => (refusal ? `错误：${title}` : title);

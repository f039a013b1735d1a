// Loads of files in the workbench: sources, the next file, what it changes, and the decision of a second person.
import * as operations from "../../feeds/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, type Reader, readValues } from "../../ui/index.ts";
import { officers, readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { trailContent } from "../trail-page.ts";
import { isUnderWay, type Load, type LoadAct, loadContent, pathOf, progressPart } from "./detail-page.ts";
import { LOADS, sourceContent, sourcesContent } from "./list-page.ts";
import { loadDoneWords } from "./words.ts";

const SOURCES_MAX = 50;
const SOURCE = `${LOADS}/:source{[a-z][a-z0-9-]*}` as const;
const LOAD = `${SOURCE}/:id{lod_[0-9a-z]+}` as const;
const deciders = ["judge", "president"] as const;

const acts = {
  release: operations.postRelease,
  discard: operations.postDiscard,
  rollback: operations.postRollback,
} as const satisfies Record<LoadAct, unknown>;

export function loadPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  addReading(router, options);
  addFiles(router, options);
  addSending(router, options);
  addDecisions(router, options);
  return router;
}

const holds = (roles: readonly string[], { role }: Reader) => roles.includes(role);

/** What is offered; the API decides. */
function mayOf(reader: Reader): LoadAct[] {
  if (holds(deciders, reader)) return ["release", "discard", "rollback"];
  return holds(officers, reader) ? ["discard"] : [];
}

const placeOf = (c: PageContext) => ({ source: c.req.param("source") ?? "", id: c.req.param("id") ?? "" });

function addReading(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(LOADS, door.enter(readers), async (c) => {
    const { data } = await api.ask(c, operations.getSources);
    const sources = await Promise.all(
      data.slice(0, SOURCES_MAX).map(async (source) => {
        const newest = await api.ask(c, operations.getLoads, { params: { source: source.name }, query: { limit: 1 } });
        return { source, newest: newest.data[0] ?? null };
      }),
    );
    const page = { title: "名单数据报送", reader: c.var.reader, current: LOADS, content: sourcesContent(sources) };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });

  router.get(SOURCE, door.enter(readers), async (c) =>
    c.html(await sourcePage(c, options, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.get(LOAD, door.enter(readers), async (c) =>
    c.html(await loadPage(c, options, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.get(`${LOAD}/audit`, door.enter(readers), async (c) => {
    const params = placeOf(c);
    const [load, trail] = await Promise.all([
      api.ask(c, operations.getLoad, { params }),
      api.ask(c, operations.getLoadTrail, { params, query: c.req.query() }),
    ]);
    const href = pathOf(load);
    const content = trailContent(trail, { back: { href, label: load.fileName }, path: `${href}/audit` });
    const page = { title: "办理留痕", reader: c.var.reader, current: LOADS, content };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });

  /** The whole page is read again once the file is. */
  router.get(`${LOAD}/progress`, door.enter(readers), async (c) => {
    const load = await api.ask(c, operations.getLoad, { params: placeOf(c) });
    const headers = isUnderWay(load) ? INSIDE_HEADERS : { ...INSIDE_HEADERS, "HX-Refresh": "true" };
    return c.html(progressPart(load), 200, headers);
  });
}

async function sourcePage(
  c: PageContext,
  options: WorkbenchOptions,
  reader: Reader,
  state: FormState,
): Promise<Markup> {
  const { source } = placeOf(c);
  const query = { cursor: c.req.query("cursor") };
  const page = await options.api.ask(c, operations.getLoads, { params: { source }, query });
  const maySend = holds(officers, reader);
  const content = sourceContent({ source, page, reader, state, maySend });
  const title = `${state.refusal ? "错误：" : ""}报送来源 ${source}`;
  return workbenchPage(options, { title, reader, current: LOADS, content });
}

async function loadPage(c: PageContext, options: WorkbenchOptions, reader: Reader, state: FormState): Promise<Markup> {
  const params = placeOf(c);
  const [load, difference] = await Promise.all([
    options.api.ask(c, operations.getLoad, { params }),
    options.api.ask(c, operations.getDifference, { params }),
  ]);
  const done = doneOf(loadDoneWords, c.req.query("done"));
  const content = loadContent({ load, difference, reader, state, done, may: mayOf(reader) });
  const title = `${state.refusal ? "错误：" : ""}${load.fileName}`;
  return workbenchPage(options, { title, reader, current: LOADS, content });
}

/** Files go on as the operation sends them. */
function addFiles(router: Router, { api, door }: WorkbenchOptions): void {
  router.get(`${LOAD}/rejections`, door.enter(readers), (c) =>
    api.send(c, operations.getRejections, { params: placeOf(c), headers: { accept: "text/csv" } }),
  );
  router.get(`${LOAD}/receipt`, door.enter(readers), (c) =>
    api.send(c, operations.getLoadReceipt, { params: placeOf(c) }),
  );
}

function addSending(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.post(SOURCE, door.upload(officers), (c) => {
    const { reader, upload } = c.var;
    const { form, name, bytes, body } = upload;
    const send = async () => {
      const { asOf, ...values } = readValues(form, { numbers: ["rows"] });
      const manifest = { ...values, name, bytes, ...(typeof asOf === "string" && { asOf: shanghaiInstant(asOf) }) };
      const load = await api.ask(c, operations.postLoad, { params: placeOf(c), body: manifest });
      const stream = { body, bytes, type: operations.PARTIAL_UPLOAD };
      const headers = { "upload-offset": "0", "upload-complete": "?1" };
      await api.send(c, operations.patchLoad, { params: { source: load.source, id: load.id }, stream, headers });
      return load;
    };
    return submitForm(c, form, {
      act: () => afterAll(send, body),
      done: (load) => `${pathOf(load)}?done=uploaded`,
      again: (state) => sourcePage(c, options, reader, state),
    });
  });
}

/** A browser reads an answer only once it has sent its file: what was refused is taken in and let go. */
async function afterAll<T>(send: () => Promise<T>, body: AsyncGenerator<Uint8Array>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    for await (const _ of body) continue;
    throw error;
  }
}

/** What a field of a form says is the time at the court. */
function shanghaiInstant(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}+08:00`;
}

function addDecisions(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;
  for (const act of Object.keys(acts) as LoadAct[])
    router.post(`${LOAD}/${act}`, door.act(act === "discard" ? officers : deciders), (c) => {
      const { form, reader } = c.var;
      const decide = () => api.send(c, acts[act], { params: placeOf(c), body: readValues(form) });
      return submitForm(c, form, {
        act: decide,
        done: async (response) => {
          const load = (await response.json()) as Load;
          return new Response(null, { status: 303, headers: { Location: after(load, act, response.status) } });
        },
        again: (state) => loadPage(c, options, reader, { ...state, form: act }),
      });
    });
}

/** A decision on millions of rows goes on after its answer. */
function after(load: Load, act: LoadAct, status: number): string {
  return `${pathOf(load)}?done=${status === 202 ? "working" : act}`;
}

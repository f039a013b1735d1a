// Objections and reconsiderations in the workbench: what is due, one of them with its papers, and each act on it.
import { getClocks } from "../../courts/clocks/operations.ts";
import { AppError } from "../../platform/error.ts";
import { textOf } from "../../platform/form-request.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import {
  actOperations,
  getObjection,
  getObjections,
  getObjectionTrail,
  postObjection,
} from "../../remedies/operations.ts";
import { getPapers, postPaper } from "../../remedies/papers/operations.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, type Reader, readValues } from "../../ui/index.ts";
import { officers, readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { trailContent } from "../trail-page.ts";
import { isOnPaper } from "./act-form-page.ts";
import { detailContent } from "./detail-page.ts";
import { listContent, OBJECTIONS } from "./list-page.ts";
import { bodyOf, paperOf } from "./order.ts";
import { takeInContent } from "./take-in-page.ts";
import { doneWords } from "./words.ts";

const CLOCK_ROWS = 50;
const clockKinds = ["correction_review", "correction_execution", "reconsideration_decision"] as const;

export function objectionPages(options: WorkbenchOptions): Router {
  const router = newRouter();
  addReading(router, options);
  addTrail(router, options);
  addTakingIn(router, options);
  addActs(router, options);
  return router;
}

const titled = (title: string, { refusal }: FormState) => (refusal ? `错误：${title}` : title);

function addReading(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(OBJECTIONS, door.enter(readers), async (c) => {
    const { reader } = c.var;
    const { state, kind, cursor } = c.req.query();
    const filter = { ...(state && { state }), ...(kind && { kind }) };
    const [page, ...clocks] = await Promise.all([
      api.ask(c, getObjections, { query: { ...filter, cursor } }),
      ...clockKinds.map((of) => api.ask(c, getClocks, { query: { kind: of, limit: CLOCK_ROWS } })),
    ]);
    const due = clocks.flatMap(({ data }) => data).toSorted((a, b) => compareDays(a.dueOn, b.dueOn));
    const mayTakeIn = officers.some((role) => role === reader.role);
    const content = listContent(page, due, filter, mayTakeIn);
    const text = workbenchPage(options, { title: "纠正申请与复议", reader, current: OBJECTIONS, content });
    return c.html(text, 200, INSIDE_HEADERS);
  });

  router.get(`${OBJECTIONS}/:id{obj_[0-9a-z]+}`, door.enter(readers), async (c) =>
    c.html(await detailPage(c, options, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );
}

function addTrail(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.get(`${OBJECTIONS}/:id{obj_[0-9a-z]+}/audit`, door.enter(readers), async (c) => {
    const { reader } = c.var;
    const params = { id: c.req.param("id") };
    const [{ caseNumber }, trail] = await Promise.all([
      api.ask(c, getObjection, { params }),
      api.ask(c, getObjectionTrail, { params, query: c.req.query() }),
    ]);
    const href = `${OBJECTIONS}/${params.id}`;
    const content = trailContent(trail, { back: { href, label: `纠正申请 ${caseNumber}` }, path: `${href}/audit` });
    const page = { title: "办理留痕", reader, current: OBJECTIONS, content };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });
}

/** What has no day yet comes last. */
function compareDays(a: string | null, b: string | null): number {
  return (a ?? "9999").localeCompare(b ?? "9999");
}

async function detailPage(
  c: PageContext,
  options: WorkbenchOptions,
  reader: Reader,
  state: FormState,
): Promise<Markup> {
  const id = c.req.param("id") ?? "";
  const [objection, papers] = await Promise.all([
    options.api.ask(c, getObjection, { params: { id } }),
    options.api.ask(c, getPapers, { query: { subject: id } }),
  ]);
  const done = doneOf(doneWords, c.req.query("done"));
  const content = detailContent({ objection, papers: papers.data, reader, state, done });
  const title = titled(`纠正申请 ${objection.caseNumber}`, state);
  return workbenchPage(options, { title, reader, current: OBJECTIONS, content });
}

function addTakingIn(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;
  const show = (reader: Reader, state: FormState, listing: string) => {
    const content = takeInContent(reader, state, listing);
    return workbenchPage(options, { title: titled("收到纠正申请", state), reader, current: OBJECTIONS, content });
  };

  router.get(`${OBJECTIONS}/new`, door.enter(officers), (c) =>
    c.html(show(c.var.reader, emptyForm, c.req.query("listing") ?? ""), 200, INSIDE_HEADERS),
  );

  router.post(OBJECTIONS, door.act(officers), (c) => {
    const { form, reader } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, postObjection, { body: readValues(form) }),
      done: ({ id }) => `${OBJECTIONS}/${id}?done=taken_in`,
      again: (state) => show(reader, state, textOf(form, "listing")),
    });
  });
}

function addActs(router: Router, options: WorkbenchOptions): void {
  const { api, door } = options;

  router.post(`${OBJECTIONS}/:id/:act`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const act = c.req.param("act");
    const params = { id: c.req.param("id") };
    const found = actOperations.find(({ act: { name } }) => name === act.replaceAll("_", "-"));
    if (!found) throw new AppError("not-found");
    const take = async () => {
      const body = bodyOf(act, form);
      // What is printed again under its number is the same paper, or refused: the decision names what was printed.
      const paper = isOnPaper(act) ? await print(c, paperOf(act, params.id, form)) : null;
      const version = textOf(form, "version");
      const whole = paper === null ? body : { ...body, paper: { ...paper.facts } };
      return api.ask(c, found.operation, { params, version: Number(version), body: whole });
    };
    return submitForm(c, form, {
      act: take,
      done: () => `${OBJECTIONS}/${params.id}?done=${act}`,
      again: (state) => detailPage(c, options, reader, { ...state, form: act }),
    });
  });

  router.post(`${OBJECTIONS}/:id/:act/paper`, door.act(officers), (c) => {
    const { form, reader } = c.var;
    const act = c.req.param("act");
    if (!isOnPaper(act)) throw new AppError("not-found");
    return submitForm(c, form, {
      act: () => print(c, paperOf(act, c.req.param("id"), form)),
      done: ({ response }) => new Response(response.body, { headers: response.headers }),
      again: (state) => detailPage(c, options, reader, { ...state, form: act }),
    });
  });

  async function print(c: PageContext, order: ReturnType<typeof paperOf>) {
    const response = await api.send(c, postPaper, { body: order });
    const digest = /sha-256=:([^:]+):/.exec(response.headers.get("repr-digest") ?? "")?.[1] ?? "";
    const { number, datedOn } = order;
    return { response, facts: { number, datedOn, sha256: Buffer.from(digest, "base64").toString("hex") } };
  }
}

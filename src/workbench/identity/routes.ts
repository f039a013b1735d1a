// Identity requests of agencies in the workbench: read, compared with the whole number for a reason, answered, taken back.
import { textOf } from "../../platform/form-request.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import {
  getRequest,
  getRequests,
  getRequestTrail,
  postAnswer,
  postReveal,
  postRevocation,
} from "../../sanctions/identity/operations.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, type Reader, readValues } from "../../ui/index.ts";
import { readers, type WorkbenchOptions, workbenchPage } from "../area.ts";
import { trailContent } from "../trail-page.ts";
import { IDENTITY, listContent, requestContent, type Revealed } from "./identity-page.ts";
import { identityDoneWords } from "./words.ts";

const REQUEST = `${IDENTITY}/:id{idr_[0-9a-z]+}` as const;
const deciders = ["judge", "president"] as const;
const acts = { answer: postAnswer, revoke: postRevocation } as const;

export function identityPages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(IDENTITY, door.enter(readers), async (c) => {
    const { state = "", cursor } = c.req.query();
    const content = listContent(await api.ask(c, getRequests, { query: { state, cursor } }), state);
    const page = { title: "身份核实请求", reader: c.var.reader, current: IDENTITY, content };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });

  router.get(REQUEST, door.enter(readers), async (c) =>
    c.html(await requestPage(c, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.get(`${REQUEST}/audit`, door.enter(readers), async (c) => {
    const params = { id: c.req.param("id") };
    const trail = await api.ask(c, getRequestTrail, { params, query: c.req.query() });
    const href = `${IDENTITY}/${params.id}`;
    const content = trailContent(trail, { back: { href, label: "身份核实请求" }, path: `${href}/audit` });
    const page = { title: "办理留痕", reader: c.var.reader, current: IDENTITY, content };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });

  /** What is revealed is in the answer to the form and nowhere else: no address leads to it again. */
  router.post(`${REQUEST}/reveal`, door.act(deciders), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    return submitForm(c, form, {
      act: () => api.ask(c, postReveal, { params, body: readValues(form) }),
      done: async (revealed) => c.html(await requestPage(c, reader, emptyForm, revealed), 200, INSIDE_HEADERS),
      again: (state) => requestPage(c, reader, { ...state, form: "reveal" }),
    });
  });

  for (const act of ["answer", "revoke"] as const)
    router.post(`${REQUEST}/${act}`, door.act(deciders), (c) => {
      const { form, reader } = c.var;
      const params = { id: c.req.param("id") };
      const version = Number(textOf(form, "version"));
      return submitForm(c, form, {
        act: () => api.ask(c, acts[act], { params, version, body: readValues(form) }),
        done: () => `${IDENTITY}/${params.id}?done=${act}`,
        again: (state) => requestPage(c, reader, { ...state, form: act }),
      });
    });

  return router;

  async function requestPage(
    c: PageContext,
    reader: Reader,
    state: FormState,
    revealed: Revealed | null = null,
  ): Promise<Markup> {
    const request = await api.ask(c, getRequest, { params: { id: c.req.param("id") ?? "" } });
    const done = doneOf(identityDoneWords, c.req.query("done"));
    const mayAnswer = deciders.some((role) => role === reader.role);
    const content = requestContent({ request, reader, state, done, mayAnswer, revealed });
    const title = `${state.refusal ? "错误：" : ""}身份核实请求`;
    return workbenchPage(options, { title, reader, current: IDENTITY, content });
  }
}

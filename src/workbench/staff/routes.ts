// Accounts of a court's staff: created, disabled and reset by the security administrator, authorised by the president.
import * as accounts from "../../courts/accounts/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type Markup, type PageContext } from "../../ui/index.ts";
import { doneOf, type Reader, readValues } from "../../ui/index.ts";
import { type WorkbenchOptions, workbenchPage } from "../area.ts";
import { trailContent } from "../trail-page.ts";
import { type Enrolling, enrolmentContent, STAFF, staffContent, staffDoneWords } from "./staff-page.ts";

const ACCOUNT = `${STAFF}/:id{acc_[0-9a-z]+}` as const;
const seers = ["president", "auditor", "security_admin"] as const;
const administrators = ["security_admin"] as const;

export function staffPages(options: WorkbenchOptions): Router {
  const { api, door } = options;
  const router = newRouter();

  router.get(STAFF, door.enter(seers), async (c) =>
    c.html(await show(c, c.var.reader, emptyForm), 200, INSIDE_HEADERS),
  );

  router.post(STAFF, door.act(administrators), (c) => {
    const { form, reader } = c.var;
    return submitForm(c, form, {
      act: () => api.ask(c, accounts.createStaffOperation, { body: readValues(form) }),
      done: (created) => showCode(c, reader, created),
      again: (state) => show(c, reader, { ...state, form: "create" }),
    });
  });

  router.get(`${ACCOUNT}/audit`, door.enter(seers), async (c) => {
    const params = { id: c.req.param("id") };
    const trail = await api.ask(c, accounts.getStaffTrail, { params, query: c.req.query() });
    const path = `${STAFF}/${params.id}/audit`;
    const content = trailContent(trail, { back: { href: STAFF, label: "人员账号" }, path });
    const page = { title: "办理留痕", reader: c.var.reader, current: STAFF, content };
    return c.html(workbenchPage(options, page), 200, INSIDE_HEADERS);
  });

  router.post(`${ACCOUNT}/reset`, door.act(administrators), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    return submitForm(c, form, {
      act: () => api.ask(c, accounts.resetStaffOperation, { params, body: readValues(form) }),
      done: (reset) => showCode(c, reader, reset),
      again: (state) => show(c, reader, { ...state, form: `reset-${params.id}` }),
    });
  });

  router.post(`${ACCOUNT}/disable`, door.act(administrators), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    return submitForm(c, form, {
      act: () => api.ask(c, accounts.disableStaffOperation, { params, body: readValues(form) }),
      done: () => `${STAFF}?done=disabled`,
      again: (state) => show(c, reader, { ...state, form: `disable-${params.id}` }),
    });
  });

  router.post(`${ACCOUNT}/delegation`, door.act(["president"]), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    return submitForm(c, form, {
      act: () => api.ask(c, accounts.delegateOperation, { params, body: readValues(form) }),
      done: () => `${STAFF}?done=delegated`,
      again: (state) => show(c, reader, { ...state, form: `delegation-${params.id}` }),
    });
  });

  return router;

  async function show(c: PageContext, reader: Reader, state: FormState): Promise<Markup> {
    const page = await api.ask(c, accounts.listStaffOperation, { query: { cursor: c.req.query("cursor") } });
    const content = staffContent({ page, reader, state, done: doneOf(staffDoneWords, c.req.query("done")) });
    const title = `${state.refusal ? "错误：" : ""}人员账号`;
    return workbenchPage(options, { title, reader, current: STAFF, content });
  }

  function showCode(c: PageContext, reader: Reader, created: Enrolling): Promise<Response> {
    const page = { title: "启用码", reader, current: STAFF, content: enrolmentContent(created) };
    return Promise.resolve(c.html(workbenchPage(options, page), 200, INSIDE_HEADERS));
  }
}

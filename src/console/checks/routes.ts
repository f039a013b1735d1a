// Checks in the console: one party, the log of all, and one of them with its answer, its proof and its repetition.
import { getOwnAgency } from "../../agencies/operations.ts";
import { getCertificate } from "../../checks/certificate/operations.ts";
import { getCheck, getChecks, getReceipt, postCheck } from "../../checks/operations.ts";
import { postReplay } from "../../checks/replay/operations.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { submitForm } from "../../portal/index.ts";
import { getTasks } from "../../sanctions/operations.ts";
import { emptyForm, type FormState, type PageContext, type Reader, readValues } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { type ConsolePages, frameOf, titlesFor } from "../pages.ts";
import { checkFormContent } from "./form-page.ts";
import { inspectorContent, logContent, replayContent } from "./log-page.ts";

export function checkPages(pages: ConsolePages): Router {
  const router = newRouter();
  addForm(router, pages);
  addLog(router, pages);
  return router;
}

function addForm(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const form = async (c: PageContext, reader: Reader, state: FormState) => ({
    title: state.refusal ? "错误：核查" : "核查",
    current: "/console/check",
    content: checkFormContent(reader, await api.ask(c, getOwnAgency), state),
  });

  router.get("/console/check", door.enter(officers), async (c) => show(c, await form(c, c.var.reader, emptyForm)));

  router.post("/console/check", door.act(officers), (c) => {
    const { form: given, reader } = c.var;
    const body = { ...readValues(given, { lists: ["subject/formerNames"] }), operator: operatorOf(reader) };
    return submitForm(c, given, {
      act: () => api.ask(c, postCheck, { body }),
      done: ({ id }) => `/console/checks/${id}`,
      again: async (state) => frame(c, await form(c, reader, state)),
    });
  });
}

function addLog(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const current = "/console/checks";

  router.get("/console/checks", door.enter(officers), async (c) => {
    const query = c.req.query();
    const [checks, titles] = await Promise.all([api.ask(c, getChecks, { query }), titlesFor(c, pages)]);
    const { cursor: _, ...filters } = query;
    return show(c, { title: "核查记录", current, content: logContent(checks, titles, filters) });
  });

  router.get("/console/checks/:id", door.enter(officers), async (c) => {
    const id = c.req.param("id");
    const check = await api.ask(c, getCheck, { params: { id } });
    const tasks = check.action === "none" ? { data: [] } : await api.ask(c, getTasks, { query: { check: id } });
    const inspected = { check, titles: await titlesFor(c, pages), task: tasks.data[0]?.id ?? null };
    return show(c, { title: "核查结果", current, content: inspectorContent(c.var.reader, inspected) });
  });

  router.post("/console/checks/:id/replay", door.act(officers), (c) => {
    const { form, reader } = c.var;
    const params = { id: c.req.param("id") };
    const page = { title: "重新核查", current };
    return submitForm(c, form, {
      act: () => api.ask(c, postReplay, { params, body: { operator: operatorOf(reader) } }),
      done: (replay) => show(c, { ...page, content: replayContent(replay) }),
      again: async (state) => {
        const check = await api.ask(c, getCheck, { params });
        const inspected = { check, titles: await titlesFor(c, pages), task: null };
        return frame(c, { ...page, content: inspectorContent(reader, inspected, state) });
      },
    });
  });

  router.get("/console/checks/:id/certificate", door.enter(officers), (c) =>
    api.send(c, getCertificate, { params: { id: c.req.param("id") } }),
  );

  router.get("/console/checks/:id/receipt", door.enter(officers), (c) =>
    api.send(c, getReceipt, { params: { id: c.req.param("id") } }),
  );
}

// Many checks at once in the console: a pasted list, and files that are answered in the background.
import { getOwnAgency } from "../../agencies/operations.ts";
import * as bulk from "../../checks/bulk/operations.ts";
import { getBatchCertificate } from "../../checks/certificate/operations.ts";
import { postBatch } from "../../checks/operations.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { textOf } from "../../platform/form-request.ts";
import { submitForm } from "../../portal/index.ts";
import { emptyForm, type FormState, INSIDE_HEADERS, type PageContext, type Reader } from "../../ui/index.ts";
import { officers, operatorOf } from "../console-door.ts";
import { type ConsolePages, frameOf, titlesFor } from "../pages.ts";
import { batchContent, batchResultContent, bulkContent, bulkProgress } from "./batch-page.ts";
import { readPasted } from "./pasted-list.ts";

/** Of a page, which is read into memory; larger files go to the API. */
const FILE_MIB_MAX = 16;
const FILE_BYTES_MAX = FILE_MIB_MAX * 1024 ** 2;
const LIST_BYTES_MAX = 2 * 1024 ** 2;
const current = "/console/batch";
/** With the mark by which office programs know UTF-8. */
const TEMPLATE = `\uFEFF${bulk.columnNames.join(",")}\r\n`;

export function batchPages(pages: ConsolePages): Router {
  const router = newRouter();
  addForms(router, pages);
  addFiles(router, pages);
  return router;
}

function addForms(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { frame, show } = frameOf(pages);
  const forms = async (c: PageContext, reader: Reader, state: FormState) => {
    const [agency, bulks] = await Promise.all([
      api.ask(c, getOwnAgency),
      api.ask(c, bulk.getBulkChecks, { query: { limit: 20, cursor: c.req.query("cursor") } }),
    ]);
    const titles = new Map(agency.purposes.map(({ code, title }) => [code, title]));
    const content = batchContent(reader, { agency, bulks, titles, fileMiB: FILE_MIB_MAX }, state);
    return { title: state.refusal ? "错误：批量核查" : "批量核查", current, content };
  };

  router.get("/console/batch", door.enter(officers), async (c) => show(c, await forms(c, c.var.reader, emptyForm)));

  router.post("/console/batch", door.act(officers, LIST_BYTES_MAX), (c) => {
    const { form, reader } = c.var;
    const unsaid = { type: textOf(form, "documentType"), role: textOf(form, "role") };
    const subjects = readPasted(textOf(form, "subjects"), unsaid);
    const body = { ...matterIn(form, reader), subjects };
    return submitForm(c, form, {
      act: () => api.ask(c, postBatch, { body }),
      done: (batch) => show(c, { title: "批量核查结果", current, content: batchResultContent(batch, subjects) }),
      again: async (state) => frame(c, await forms(c, reader, { ...state, form: "pasted" })),
    });
  });

  router.post("/console/bulk", door.act(officers, FILE_BYTES_MAX), (c) => {
    const { form, reader } = c.var;
    const begun = async () => {
      const file = form.get("file");
      if (!(file instanceof File)) throw new AppError("validation", { faults: [] });
      const bytes = new Uint8Array(await file.arrayBuffer());
      return api.ask(c, bulk.postBulkCheck, { query: matterIn(form, reader), file: { type: "text/csv", bytes } });
    };
    return submitForm(c, form, {
      act: begun,
      done: ({ id }) => `/console/bulk/${id}`,
      again: async (state) => frame(c, await forms(c, reader, { ...state, form: "file" })),
    });
  });

  router.get("/console/batches/:id/certificate", door.enter(officers), (c) =>
    api.send(c, getBatchCertificate, { params: { id: c.req.param("id") } }),
  );
}

function matterIn(form: FormData, reader: Reader) {
  const [purpose, caseReference] = [textOf(form, "purpose"), textOf(form, "caseReference")];
  return { purpose, caseReference, operator: operatorOf(reader) };
}

function addFiles(router: Router, pages: ConsolePages): void {
  const { api, door } = pages;
  const { show } = frameOf(pages);

  router.get("/console/bulk/template", door.enter(officers), (c) =>
    c.body(TEMPLATE, 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="checks.csv"',
    }),
  );

  router.get("/console/bulk/:id", door.enter(officers), async (c) => {
    const params = { id: c.req.param("id") };
    const [found, titles] = await Promise.all([api.ask(c, bulk.getBulkCheck, { params }), titlesFor(c, pages)]);
    return show(c, { title: "文件核查", current, content: bulkContent(c.var.reader, found, titles) });
  });

  router.get("/console/bulk/:id/progress", door.enter(officers), async (c) => {
    const found = await api.ask(c, bulk.getBulkCheck, { params: { id: c.req.param("id") } });
    return c.html(await bulkProgress(found), 200, INSIDE_HEADERS);
  });

  router.get("/console/bulk/:id/results", door.enter(officers), (c) => {
    const params = { id: c.req.param("id") };
    return api.send(c, bulk.getBulkResults, { params, headers: { accept: "text/csv" } });
  });

  router.post("/console/bulk/:id/cancel", door.act(officers), async (c) => {
    const params = { id: c.req.param("id") };
    await api.ask(c, bulk.postBulkCancel, { params });
    return c.redirect(`/console/bulk/${params.id}`, 303);
  });
}

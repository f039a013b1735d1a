// Forms in work over HTTP: begun, saved, read and discarded by their author; and the trial of a form.
import type { Door } from "../../courts/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { newRouter, type Router } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiTime } from "../../platform/time.ts";
import { NewDraft } from "../act-request.ts";
import { formOf } from "../draft-request.ts";
import { barView, summaryView } from "../resource.ts";
import { discardForm, type Form, openForm, readForm, readForms, saveForm } from "./form.ts";
import {
  deleteForm,
  FORM_KIB_MAX,
  FormFields,
  getForm,
  getForms,
  postForm,
  postTrial,
  putForm,
  SavedFields,
} from "./operations.ts";
import { tryDraft } from "./trial.ts";

const BODY_BYTES_MAX = FORM_KIB_MAX * 1024;
const NOT_KEPT = { "Cache-Control": "no-store" };

export type DraftFormRoutesOptions = { db: Database; ring: KeyRing; door: Door; now: Now };

export function draftFormRoutes({ db, ring, door, now }: DraftFormRoutesOptions): Router {
  const router = newRouter();

  router.get("/draft-forms", door.requireCourt(getForms), async (c) => {
    const forms = await readForms(db, ring, c.var.actor);
    return c.json({ data: forms.map(formSummary) }, 200, NOT_KEPT);
  });

  router.get("/draft-forms/:id", door.requireCourt(getForm), async (c) => {
    const form = await readForm(db, ring, c.var.actor, formIdOf(c.req.param("id")));
    return c.json({ ...formSummary(form), fields: form.fields }, 200, NOT_KEPT);
  });

  router.post("/draft-forms", door.requireCourt(postForm), async (c) => {
    const { fields } = await readBody(c, FormFields, BODY_BYTES_MAX);
    const form = await db.transaction((tx) => openForm(tx, ring, c.var.actor, fields, now()));
    return c.json({ ...formSummary(form), fields: form.fields }, 201, NOT_KEPT);
  });

  router.put("/draft-forms/:id", door.requireCourt(putForm), async (c) => {
    const id = formIdOf(c.req.param("id"));
    const given = await readBody(c, SavedFields, BODY_BYTES_MAX);
    const form = await db.transaction((tx) => saveForm(tx, ring, c.var.actor, { ...given, id, now: now() }));
    return c.json(formSummary(form), 200, NOT_KEPT);
  });

  router.delete("/draft-forms/:id", door.requireCourt(deleteForm), async (c) => {
    await db.transaction((tx) => discardForm(tx, c.var.actor, formIdOf(c.req.param("id"))));
    return new Response(null, { status: 204, headers: NOT_KEPT });
  });

  router.post("/listings/trial", door.requireCourt(postTrial), async (c) => {
    const form = formOf(await readBody(c, NewDraft, BODY_BYTES_MAX));
    const tried = await tryDraft(db, ring, c.var.actor, form, now());
    const data = tried.map(({ place, bars, documents, ...draft }) => {
      const { list, capacity, party } = summaryView(draft, documents);
      return { place, list, capacity, party, bars: bars.map(barView) };
    });
    return c.json({ data }, 200, NOT_KEPT);
  });

  return router;
}

function formSummary({ id, fields, version, savedAt }: Form) {
  return { id: publicId("frm", id), version, caseNumber: fields["caseNumber"] ?? null, savedAt: shanghaiTime(savedAt) };
}

function formIdOf(given: string): string {
  const id = uuidOf("frm", given);
  if (id === null) throw new AppError("not-found");
  return id;
}

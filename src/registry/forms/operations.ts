// The description of the forms that somebody at a court is still writing, and of the trial that a form is put to.
import { courtOfficers, forCourt } from "../../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { NewDraft } from "../act-request.ts";
import { BarResource, ListingSummary } from "../resource.ts";

export const FORM_KIB_MAX = 256;
const FIELDS_MAX = 2_000;

const tags = ["listings"];
const security = forCourt(courtOfficers);
const access = ["unauthenticated", "authority", "register-unavailable"] as const;
const writing = [...bodyProblems, "cross-site"] as const;
const bodySize = `At most ${FORM_KIB_MAX} KiB`;
const ofForm = z.object({ id: z.string().openapi({ example: "frm_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const FormFields = z.strictObject({
  fields: z
    .record(z.string().max(100), z.string().max(5_000))
    .refine((fields) => Object.keys(fields).length <= FIELDS_MAX, { params: { code: "too_many" } })
    .openapi({ description: "What stands in each field, by its JSON Pointer in `NewDraft` without the leading slash" }),
});

export const SavedFields = FormFields.extend({
  version: z.int().min(1).optional().openapi({ description: "Save only where nothing was saved since this version" }),
});

const FormSummary = z.object({
  id: z.string(),
  version: z.int(),
  caseNumber: z.string().nullable(),
  savedAt: z.iso.datetime({ offset: true }),
});
const FormView = FormSummary.extend(FormFields.shape).openapi("DraftFormInWork");

export const getForms = {
  operationId: "listDraftForms",
  method: "get" as const,
  path: "/draft-forms",
  tags,
  summary: "本人未提交的草拟 · The forms that oneself is still writing, the last saved first",
  security,
  responses: {
    200: jsonResponse("All of them", z.object({ data: z.array(FormSummary) })),
    ...problems(...access),
  },
};

export const getForm = {
  operationId: "getDraftForm",
  method: "get" as const,
  path: "/draft-forms/{id}",
  tags,
  summary: "一份未提交的草拟 · One's own form in work",
  security,
  request: { params: ofForm },
  responses: { 200: jsonResponse("The form", FormView), ...problems(...access, "not-found") },
};

export const postForm = {
  operationId: "openDraftForm",
  method: "post" as const,
  path: "/draft-forms",
  tags,
  summary: "开始草拟 · Begin a form",
  description:
    "Kept sealed for its author alone, and forgotten thirty days after it was last saved. Nothing of it is in the register " +
    "until it is handed up (`draftListings`).",
  security,
  request: { body: jsonBody(FormFields, bodySize) },
  responses: { 201: jsonResponse("The form", FormView), ...problems(...access, ...writing, "conflict") },
};

export const putForm = {
  operationId: "saveDraftForm",
  method: "put" as const,
  path: "/draft-forms/{id}",
  tags,
  summary: "保存草拟 · Save a form as it is",
  security,
  request: { params: ofForm, body: jsonBody(SavedFields, bodySize) },
  responses: {
    200: jsonResponse("The form", FormSummary),
    ...problems(...access, ...writing, "not-found", "precondition-failed"),
  },
};

export const deleteForm = {
  operationId: "discardDraftForm",
  method: "delete" as const,
  path: "/draft-forms/{id}",
  tags,
  summary: "放弃草拟 · Discard a form",
  security,
  request: { params: ofForm },
  responses: { 204: { description: "Done" }, ...problems(...access, "cross-site", "not-found") },
};

const TriedDraft = ListingSummary.pick({ list: true, capacity: true, party: true }).extend({
  place: z.int().openapi({ description: "The party's place in the form" }),
  bars: z.array(BarResource).openapi({ description: "What would forbid to decide it today" }),
});

export const postTrial = {
  operationId: "tryDraft",
  method: "post" as const,
  path: "/listings/trial",
  tags,
  summary: "试填核对（不保存） · What would come of a form, without writing anything",
  description:
    "Refuses whatever `draftListings` would refuse, and says of each draft what would forbid to decide it today. A debtor " +
    "who is limited by the same form is not yet limited: `limit-missing` ends with the decision on the limit.",
  security,
  request: { body: jsonBody(NewDraft, bodySize) },
  responses: {
    200: jsonResponse("The drafts as they would be", z.object({ data: z.array(TriedDraft) })),
    ...problems(...access, ...writing, "jurisdiction", "not-found", "conflict", "act-refused"),
  },
};

export const draftFormOperations = [getForms, getForm, postForm, putForm, deleteForm, postTrial];

// The description of every operation on objections: addresses, shapes, who may, and what may go wrong.
import { courtOfficers, courtReaders, forCourt } from "../courts/index.ts";
import { trailOperation } from "../courts/trail/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../platform/http.ts";
import { bodyProblems, etag, ifMatch, pageOf } from "../platform/operation.ts";
import { objectionKinds, objectionStates } from "./lifecycle.ts";
import { type ObjectionActRoute, objectionActs } from "./objection-acts.ts";
import { listingId, NewObjection, ObjectionDetail, ObjectionView } from "./resource.ts";

export { objectionGrounds, objectionKinds, objectionStates } from "./lifecycle.ts";

const PAGE_ROWS_MAX = 200;
export const BODY_KIB_MAX = 64;

const tags = ["objections"];
const access = ["unauthenticated", "scope", "authority", "not-found", "register-unavailable"] as const;
const body = [...bodyProblems, "cross-site", "person-not-named", "jurisdiction", "conflict", "act-refused"] as const;
const bodySize = `At most ${BODY_KIB_MAX} KiB`;

const ofObjection = z.object({ id: z.string().openapi({ example: "obj_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

export const ListQuery = z.strictObject({
  state: z.enum(objectionStates).optional(),
  kind: z.enum(objectionKinds).optional(),
  listing: listingId.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
});

export const getObjections = {
  operationId: "listObjections",
  method: "get" as const,
  path: "/objections",
  tags,
  summary: "纠正申请 · Objections of one's court and the courts below it, and reconsiderations, oldest first",
  security: forCourt(courtReaders, "objections:read"),
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("A page", pageOf(ObjectionView)),
    ...problems(...access, "validation", "invalid-cursor"),
  },
};

export const getObjection = {
  operationId: "getObjection",
  method: "get" as const,
  path: "/objections/{id}",
  tags,
  summary: "一件纠正申请 · One objection with its application and its clocks",
  security: forCourt(courtReaders, "objections:read"),
  request: { params: ofObjection },
  responses: { 200: { ...jsonResponse("The objection", ObjectionDetail), headers: etag }, ...problems(...access) },
};

export const getObjectionTrail = trailOperation({
  operationId: "listAuditOfObjection",
  of: "/objections/{id}",
  tags,
  summary: "纠正申请的办理留痕 · Who did what to an objection, when and why, newest first",
  security: forCourt(courtReaders),
  params: ofObjection,
});

export const postObjection = {
  operationId: "takeInObjection",
  method: "post" as const,
  path: "/objections",
  tags,
  summary: "收到纠正申请（履行告知） · Take in an application for correction, or a party's notice of performance",
  description:
    "Reviewed in 15 days. A notice of performance sets the three working days for deletion running. What is decided stays " +
    "in force meanwhile; every answer says `underObjection` while a correction or reconsideration runs.",
  security: forCourt(courtOfficers, "objections:write"),
  request: { body: jsonBody(NewObjection, bodySize) },
  responses: {
    201: {
      ...jsonResponse("The objection", ObjectionDetail),
      headers: etag.extend({ Location: z.string().openapi({ description: "Where the objection is" }) }),
    },
    ...problems(...access, ...body),
  },
};

export const NewPartyCode = z.strictObject({ listing: listingId });

export const postPartyCode = {
  operationId: "issuePartyCode",
  method: "post" as const,
  path: "/party-codes",
  tags,
  summary: "向当事人发放查询码 · Issue the code that the party is given on paper",
  description:
    "With document and name it opens what is about the party: its own applications, and who asked about it. Shown this " +
    "once; the one before it from the same court ends.",
  security: forCourt(courtOfficers),
  request: { body: jsonBody(NewPartyCode, bodySize) },
  responses: {
    201: jsonResponse("The code", z.object({ code: z.string().openapi({ example: "7K2M-9QXT-4D0V-WZ8B" }) })),
    ...problems(...access, ...body),
  },
};

const describeAct = (act: ObjectionActRoute) => ({
  operationId: act.operationId,
  method: "post" as const,
  path: `/objections/{id}/${act.name}`,
  tags,
  summary: act.summary,
  ...(act.description === undefined ? {} : { description: act.description }),
  security: forCourt(act.roles, act.scope),
  request: {
    params: ofObjection,
    headers: ifMatch("the objection"),
    body: jsonBody(act.body, bodySize),
  },
  responses: {
    200: { ...jsonResponse("The objection as it is now", ObjectionDetail), headers: etag },
    ...problems(...access, ...body, "precondition-failed", "precondition-required"),
  },
});

/** Each act with the operation that takes it. */
export const actOperations = objectionActs.map((act) => ({ act, operation: describeAct(act) }));

export const objectionOperations = [
  getObjections,
  getObjection,
  getObjectionTrail,
  postObjection,
  postPartyCode,
  ...actOperations.map(({ operation }) => operation),
];

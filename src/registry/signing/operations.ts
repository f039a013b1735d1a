// The description of signing a reviewed list of drafts with both factors shown once.
import { factorFields, requireOneFactor } from "../../courts/accounts/index.ts";
import { forCourt } from "../../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { Decide } from "../act-request.ts";
import { ListingSummary } from "../resource.ts";

const ITEMS_MAX = 100;
export const BODY_KIB_MAX = 64;

const Item = z.strictObject({
  listing: z.string().max(40).openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }),
  version: z.int().min(1).openapi({ description: "As it was reviewed" }),
  ...Decide.shape,
});

export const NewSigning = z
  .strictObject({ ...factorFields, items: z.array(Item).min(1).max(ITEMS_MAX) })
  .superRefine(requireOneFactor);

const Signed = z.object({ status: z.literal("decided"), listing: ListingSummary });
const NotSigned = z.object({
  status: z.literal("refused"),
  listing: z.string(),
  problem: z
    .object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      detail: z.string(),
      code: z.string(),
      refusal: z.object({ code: z.string(), article: z.string() }).optional(),
    })
    .loose(),
});

export const postSigning = {
  operationId: "decideListings",
  method: "post" as const,
  path: "/listings/decide-batch",
  tags: ["listings"],
  summary: "批量签发 · Decide on a reviewed list of drafts, showing both factors once",
  description:
    "Each draft is decided on by itself, limits before the listings that need them; one that is refused costs itself. The " +
    "results stand in the order of the items. The session goes on under another token.",
  security: forCourt(["judge", "president"]),
  request: { body: jsonBody(NewSigning, `At most ${BODY_KIB_MAX} KiB`) },
  responses: {
    200: {
      ...jsonResponse(
        "One result an item",
        z.object({ results: z.array(z.discriminatedUnion("status", [Signed, NotSigned])) }),
      ),
      headers: z.object({ "Set-Cookie": z.string().openapi({ description: "The session's token: `__Host-sid`" }) }),
    },
    ...problems(
      ...bodyProblems,
      "unauthenticated",
      "authority",
      "cross-site",
      "sign-in-paused",
      "sign-in-failed",
      "temporary-reduced-capacity",
      "register-unavailable",
    ),
  },
};

export const signingOperations = [postSigning];

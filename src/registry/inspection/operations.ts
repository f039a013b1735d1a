// The description of what courts look into beside a listing itself: its versions, its audit trail, the whole number of its
// party, and the search inside their jurisdiction.
import { courtOfficers, courtReaders, forCourt, textField } from "../../courts/index.ts";
import { trailOperation } from "../../courts/trail/index.ts";
import { documentKinds } from "../../identity/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { ListingSummary } from "../resource.ts";
import { lists } from "../schema.ts";

export const BODY_KIB_MAX = 8;
export const FOUND_ROWS_MAX = 50;

const tags = ["listings"];
const access = ["unauthenticated", "scope", "authority", "not-found", "register-unavailable"] as const;
const writing = [...bodyProblems, "cross-site", "person-not-named", "jurisdiction"] as const;
const bodySize = `At most ${BODY_KIB_MAX} KiB`;
const ofListing = z.object({ id: z.string().openapi({ example: "lst_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });
const instant = z.iso.datetime({ offset: true });

const Value = z.union([z.string(), z.number(), z.array(z.string())]).nullable();
const VersionView = z
  .object({
    version: z.int().openapi({ description: "The version that was replaced" }),
    source: z.string().openapi({ description: "Whose words it had: `court`, or the file's source" }),
    replacedAt: instant,
    replacedBy: z.enum(["court", "file", "roll_back"]),
    changes: z.array(z.object({ member: z.string(), before: Value, after: Value })),
  })
  .openapi("ListingVersion");

export const getVersions = {
  operationId: "listVersionsOfListing",
  method: "get" as const,
  path: "/listings/{id}/versions",
  tags,
  summary: "更正前后对照 · What a listing said before, newest first, with what each change made of it",
  security: forCourt(courtReaders, "listings:read"),
  request: { params: ofListing },
  responses: {
    200: jsonResponse("All of them", z.object({ data: z.array(VersionView) })),
    ...problems(...access),
  },
};

export const getTrail = trailOperation({
  operationId: "listAuditOfListing",
  of: "/listings/{id}",
  tags,
  summary: "办理留痕 · Who did what to a listing, when and why, newest first",
  security: forCourt(courtReaders),
  params: ofListing,
});

export const Reveal = z.strictObject({
  reason: textField(500).openapi({ description: "Why, for the audit trail; no identity number" }),
});

const RevealedParty = z
  .object({
    name: z.string(),
    documents: z.array(
      z.object({
        type: z.string(),
        number: z.string().nullable().openapi({ description: "Null where the register knows the mask alone" }),
        masked: z.string(),
      }),
    ),
  })
  .openapi("RevealedListingParty");

export const postReveal = {
  operationId: "revealListing",
  method: "post" as const,
  path: "/listings/{id}/reveal",
  tags,
  summary:
    "查看完整证件号码（说明事由，留痕） · The whole number of the party, for a reason that the audit trail keeps",
  security: forCourt(courtOfficers),
  request: { params: ofListing, body: jsonBody(Reveal, bodySize) },
  responses: { 200: jsonResponse("The party", RevealedParty), ...problems(...access, ...writing) },
};

export const Search = z
  .strictObject({
    name: textField(200).optional().openapi({ description: "The whole name" }),
    caseNumber: z.string().min(1).max(200).optional(),
    document: z
      .strictObject({
        type: z.enum(documentKinds),
        number: z.string().min(1).max(64),
        country: z.string().max(3).optional(),
      })
      .optional(),
    list: z.enum(lists).optional(),
    court: z
      .string()
      .max(20)
      .optional()
      .openapi({ description: "One's own court, or one below it; without it a document is looked for in all of them" }),
  })
  .superRefine(({ name, caseNumber, document }, context) => {
    if (name === undefined && caseNumber === undefined && document === undefined)
      context.addIssue({ code: "custom", path: ["name"], params: { code: "required" } });
  });

export const postSearch = {
  operationId: "searchListings",
  method: "post" as const,
  path: "/listings/search",
  tags,
  summary: "在管辖范围内查找 · Find listings by name, case number or document inside one's jurisdiction",
  description:
    `The ${FOUND_ROWS_MAX} newest that fit all that is given; live ones and ended ones. A document goes in the body, so ` +
    "that it stands in no address; the audit trail says by what was searched, and not for whom. What lapsed in grace is " +
    "found by name or case number.",
  security: forCourt(courtReaders),
  request: { body: jsonBody(Search, bodySize) },
  responses: {
    200: jsonResponse(
      "What was found",
      z.object({
        data: z.array(ListingSummary),
        hasMore: z.boolean().openapi({ description: "There is more: say more precisely what is looked for" }),
      }),
    ),
    ...problems(...access, ...bodyProblems, "cross-site"),
  },
};

export const inspectionOperations = [getVersions, getTrail, postReveal, postSearch];

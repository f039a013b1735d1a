// The description of the operations on papers: printing one, and what was printed.
import { courtOfficers, courtReaders, forCourt, textField } from "../../courts/index.ts";
import { jsonBody, jsonResponse, problems, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { day } from "../resource.ts";
import { paperKinds } from "./kind.ts";

const tags = ["papers"];

const subject = z
  .string()
  .regex(/^(?:lst|obj)_[0-9a-z]{26}$/)
  .openapi({ description: "The listing or the objection: lst_…, obj_…" });

export const NewPaper = z
  .strictObject({
    kind: z.enum(paperKinds),
    subject,
    number: textField(100).openapi({ example: "(2026)闽0203执90000001号之一" }),
    datedOn: day,
    reasons: textField(5_000).optional().openapi({ description: "Of a decision on an objection" }),
    correction: z
      .enum(["revoke", "rectify", "delete", "early", "lift"])
      .optional()
      .openapi({ description: "Of a decision on reconsideration: what it orders; left out where it rejects" }),
  })
  .openapi("NewPaper");

const PaperView = z
  .object({
    id: z.string(),
    kind: z.enum(paperKinds),
    court: z.string(),
    number: z.string(),
    datedOn: z.iso.date(),
    subject: z.string(),
    sha256: z.string(),
    printedBy: z.string(),
  })
  .openapi("Paper");

const access = ["unauthenticated", "scope", "authority", "not-found", "register-unavailable"] as const;

export const postPaper = {
  operationId: "printPaper",
  method: "post" as const,
  path: "/papers",
  tags,
  summary: "打印文书 · Print a decision, a limit order, a removal notice, a rejection or a decision on reconsideration",
  description:
    "The answer is the paper, to be printed, signed and filed; the register keeps its number, day and SHA-256 and not the " +
    "paper. The same order gives the same bytes again; another text under the number is `conflict`.",
  security: forCourt(courtOfficers, "objections:write"),
  request: { body: jsonBody(NewPaper, "At most 32 KiB") },
  responses: {
    201: {
      description: "The paper",
      content: { "text/html": { schema: z.string() } },
      headers: z.object({
        "Repr-Digest": z.string().openapi({ description: "SHA-256 of the paper (RFC 9530)", example: "sha-256=:…:" }),
        "Paper-Id": z.string().openapi({ example: "pap_…" }),
      }),
    },
    ...problems(...access, ...bodyProblems, "cross-site", "person-not-named", "jurisdiction", "conflict"),
  },
};

const SHEAF_PAPERS_MAX = 100;

export const NewSheaf = z
  .strictObject({
    papers: z
      .array(z.string().regex(/^pap_[0-9a-z]{26}$/))
      .min(1)
      .max(SHEAF_PAPERS_MAX),
  })
  .openapi("NewSheafOfPapers");

export const postSheaf = {
  operationId: "printPapers",
  method: "post" as const,
  path: "/papers/sheaf",
  tags,
  summary: "一次打印一批文书 · Print papers of listings again, together, each on pages of its own",
  description:
    "For the decisions of a list that was signed at once. Each says what it said when it was first printed; one that would " +
    "not is `conflict`, and nothing is printed.",
  security: forCourt(courtOfficers),
  request: { body: jsonBody(NewSheaf, "At most 32 KiB") },
  responses: {
    200: { description: "The papers, in the order asked for", content: { "text/html": { schema: z.string() } } },
    ...problems(...access, ...bodyProblems, "cross-site", "jurisdiction", "conflict"),
  },
};

export const ListQuery = z.strictObject({ subject });

export const getPapers = {
  operationId: "listPapers",
  method: "get" as const,
  path: "/papers",
  tags,
  summary: "某条名单信息（纠正申请）的文书 · The papers of a listing or an objection: number, day and hash",
  security: forCourt(courtReaders, "objections:read"),
  request: { query: ListQuery },
  responses: {
    200: jsonResponse("All of them", z.object({ data: z.array(PaperView) })),
    ...problems(...access, "validation"),
  },
};

export const paperOperations = [postPaper, postSheaf, getPapers];

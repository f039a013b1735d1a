// Papers over HTTP: printed once for the court's file, and listed by number, day and hash.
import { type Door, courtOfficers, courtReaders, forCourt, textField, visibleCourts } from "../../courts/index.ts";
import type { Database } from "../../platform/database.ts";
import { jsonBody, jsonResponse, newRouter, parseAs, problems, type Router, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { publicId } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import { PAPER_HEADERS } from "../../ui/index.ts";
import { day } from "../resource.ts";
import { paperKinds } from "./kind.ts";
import { paperView, printCourtPaper } from "./paper.ts";
import { listPapers } from "./queries.ts";

const BODY_BYTES_MAX = 32 * 1024;
const tags = ["papers"];

const subject = z
  .string()
  .regex(/^(?:lst|obj)_[0-9a-z]{26}$/)
  .openapi({ description: "The listing or the objection: lst_…, obj_…" });

const NewPaper = z
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

const postPaper = {
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

const ListQuery = z.strictObject({ subject });

const getPapers = {
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

export const paperOperations = [postPaper, getPapers];

export type PaperRoutesOptions = { db: Database; door: Door; demonstration: boolean };

export function paperRoutes({ db, door, demonstration }: PaperRoutesOptions): Router {
  const router = newRouter();
  for (const operation of paperOperations) router.openAPIRegistry.registerPath(operation);

  router.post("/papers", door.requireCourt(postPaper), async (c) => {
    const order = parseAs(NewPaper, await readJson(c, BODY_BYTES_MAX));
    const { row, html } = await db.transaction((tx) => printCourtPaper(tx, c.var.actor, order, { demonstration }));
    return c.html(html, 201, {
      ...PAPER_HEADERS,
      "Cache-Control": "no-store",
      "Repr-Digest": `sha-256=:${row.sha256.toString("base64")}:`,
      "Paper-Id": publicId("pap", row.id),
    });
  });

  router.get("/papers", door.requireCourt(getPapers), async (c) => {
    const { subject } = parseAs(ListQuery, c.req.query());
    const papers = await listPapers(db, subject, await visibleCourts(db, c.var.actor));
    return c.json({ data: papers.map(paperView) }, 200, { "Cache-Control": "no-store" });
  });

  return router;
}

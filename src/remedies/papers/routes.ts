// Papers over HTTP: printed once for the court's file, and listed by number, day and hash.
import { type Door, visibleCourts } from "../../courts/index.ts";
import type { Database } from "../../platform/database.ts";
import { newRouter, parseAs, type Router } from "../../platform/http.ts";
import { publicId } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import { PAPER_HEADERS, SHEAF_HEADERS } from "../../ui/index.ts";
import { getPapers, ListQuery, NewPaper, NewSheaf, paperOperations, postPaper, postSheaf } from "./operations.ts";
import { paperView, printCourtPaper } from "./paper.ts";
import { listPapers } from "./queries.ts";
import { printSheaf } from "./sheaf.ts";

export { paperOperations } from "./operations.ts";

const BODY_BYTES_MAX = 32 * 1024;

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

  router.post("/papers/sheaf", door.requireCourt(postSheaf), async (c) => {
    const { papers } = parseAs(NewSheaf, await readJson(c, BODY_BYTES_MAX));
    const sheaf = await db.transaction((tx) => printSheaf(tx, c.var.actor, papers, { demonstration }));
    return c.html(sheaf, 200, { ...SHEAF_HEADERS, "Cache-Control": "no-store" });
  });

  router.get("/papers", door.requireCourt(getPapers), async (c) => {
    const { subject } = parseAs(ListQuery, c.req.query());
    const papers = await listPapers(db, subject, await visibleCourts(db, c.var.actor));
    return c.json({ data: papers.map(paperView) }, 200, { "Cache-Control": "no-store" });
  });

  return router;
}

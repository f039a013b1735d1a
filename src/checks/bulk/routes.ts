// Files of questions over HTTP: taken in as a stream, polled, cancelled, and their results handed out.
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { type Caller, type Callers, requirePurpose, requireScope } from "../../agencies/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import { type Database, databaseCode } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, newRouter, parseAs, type RequestContext, type Router } from "../../platform/http.ts";
import { newUuid, publicId, uuidOf } from "../../platform/id.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { longBodyOf } from "../../platform/long-body.ts";
import { appendToFile, TooManyBytes } from "../../platform/upload-file.ts";
import { beginBulk, cancelBulk } from "./bulk.ts";
import { questionsPath, resultsPath } from "./files.ts";
import { bulkOperations, BulkQuery, FILE_BYTES_MAX, getBulkChecks } from "./operations.ts";
import { type BulkRow, findBulk, listBulk } from "./queries.ts";
import { bulkView } from "./resource.ts";
import { readResults, resultForms } from "./results.ts";
import type { BulkWorker } from "./worker.ts";

const POLL_SECONDS = "2";
const NOT_KEPT = { "Cache-Control": "no-store" };
const forms: Record<string, BulkRow["form"]> = {
  "application/jsonl": "json-lines",
  "application/x-ndjson": "json-lines",
  "text/csv": "csv",
};
/** The disk, the quota or the largest file that the system allows is reached. */
const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

export type BulkRoutesOptions = {
  db: Database;
  ring: KeyRing;
  callers: Callers;
  worker: BulkWorker;
  /** `bulk` in the service's data. */
  directory: string;
};

export function bulkRoutes({ db, ring, callers, worker, directory }: BulkRoutesOptions): Router {
  const router = newRouter();
  for (const operation of bulkOperations) router.openAPIRegistry.registerPath(operation);

  router.post("/bulk-checks", async (c) => {
    const caller = await callerOf(c, "checks:write");
    const given = { ...parseAs(BulkQuery, c.req.query()), ...formOf(c) };
    await requirePurpose(callers, caller, given.purpose);
    const id = newUuid();
    await receive(c, questionsPath(directory, id));
    const begun = db.transaction((tx) => beginBulk(tx, caller, id, given));
    const row = await begun.catch(async (error: unknown) => {
      await rm(questionsPath(directory, id), { force: true });
      throw error;
    });
    worker.wake();
    const view = bulkView(row);
    return answerJson(view, 202, { Location: `/v1/bulk-checks/${view.id}`, "Retry-After": POLL_SECONDS });
  });

  router.get("/bulk-checks", async (c) => {
    const caller = await callerOf(c, "checks:read");
    const { cursor, limit } = parseAs(getBulkChecks.request.query, c.req.query());
    const pages = pagesOf(ring.cursorKey, `bulk ${caller.agencyId}`);
    const rows = await listBulk(db, caller.agencyId, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.id);
    return c.json({ data: page.map(bulkView), ...rest }, 200, NOT_KEPT);
  });

  router.get("/bulk-checks/:id", async (c) => {
    const row = await ownBulk(c);
    const isOver = row.finishedAt !== null;
    return c.json(bulkView(row), 200, { ...NOT_KEPT, ...(isOver ? {} : { "Retry-After": POLL_SECONDS }) });
  });

  router.get("/bulk-checks/:id/results", async (c) => {
    const row = await ownBulk(c);
    const form = /\btext\/csv\b/i.test(c.req.header("accept") ?? "") ? "csv" : "json-lines";
    const { type, extension } = resultForms[form];
    const file = readResults(resultsPath(directory, row.id), row.resultBytes, form);
    return c.body(Readable.toWeb(file) as ReadableStream, 200, {
      ...NOT_KEPT,
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${publicId("blk", row.id)}.${extension}"`,
    });
  });

  router.post("/bulk-checks/:id/cancel", async (c) => {
    const caller = await callerOf(c, "checks:write");
    const id = bulkIdOf(c);
    return answerJson(bulkView(await db.transaction((tx) => cancelBulk(tx, caller, id))));
  });

  return router;

  async function callerOf(c: RequestContext, scope: "checks:read" | "checks:write"): Promise<Caller> {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, scope);
    return caller;
  }

  async function ownBulk(c: RequestContext): Promise<BulkRow> {
    const { agencyId } = await callerOf(c, "checks:read");
    const row = await findBulk(db, agencyId, bulkIdOf(c));
    if (!row) throw new AppError("not-found");
    return row;
  }
}

/** The whole body on disk under `path`, or nothing. */
async function receive(c: RequestContext, path: string): Promise<void> {
  const { incoming } = c.env;
  if (Number(incoming.headers["content-length"] ?? 0) > FILE_BYTES_MAX)
    throw new AppError("content-too-large", { headers: { Connection: "close" } });
  const receiving = path.replace(/questions$/, "receiving");
  const body = longBodyOf(incoming);
  try {
    const ours = { onSafe: async () => {}, whileOurs: (cut: () => Promise<void>) => cut() };
    await appendToFile({ path: receiving, offset: 0, bytesMax: FILE_BYTES_MAX, body, ...ours });
    if (!incoming.complete) throw new AppError("conflict", { note: "the connection broke off" });
    await rename(receiving, path);
  } catch (error) {
    await rm(receiving, { force: true });
    if (error instanceof TooManyBytes) throw new AppError("content-too-large", { headers: { Connection: "close" } });
    if (NO_ROOM.has(databaseCode(error) ?? "")) throw new AppError("insufficient-storage");
    throw error;
  }
}

function formOf(c: RequestContext): Pick<BulkRow, "form" | "isPacked"> {
  const [type = ""] = (c.req.header("content-type") ?? "").toLowerCase().split(";");
  const form = forms[type.trim()];
  const packing = (c.req.header("content-encoding") ?? "identity").toLowerCase();
  if (form === undefined || !["identity", "gzip"].includes(packing)) throw new AppError("unsupported-media-type");
  return { form, isPacked: packing === "gzip" };
}

function bulkIdOf(c: RequestContext): string {
  const id = uuidOf("blk", c.req.param("id") ?? "");
  if (id === null) throw new AppError("not-found");
  return id;
}

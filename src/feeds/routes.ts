// Loads over HTTP: a court's or agency's system begins one, uploads its file, reads what came of it and decides it.
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { answerReceipt, readFactReceipt } from "../audit/index.ts";
import type { Callers } from "../agencies/index.ts";
import type { Door } from "../courts/index.ts";
import { pageOfTrail } from "../courts/trail/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { answerJson, newRouter, parseAs, type RequestContext, type Router, type z } from "../platform/http.ts";
import { publicId } from "../platform/id.ts";
import { readJson } from "../platform/json-request.ts";
import { longBodyOf } from "../platform/long-body.ts";
import { createLoadAccess, type LoadAccess, ownerOf, personOf, type Place, type Sender } from "./access.ts";
import { readDifference } from "./difference.ts";
import * as operations from "./operations.ts";
import { loadOperations, PageQuery, PARTIAL_UPLOAD } from "./operations.ts";
import type { LoadRow } from "./queries.ts";
import { readRejections, rejectionsPath } from "./rejections-file.ts";
import { type Decision, discardLoad, releaseLoad } from "./release.ts";
import { differenceResource, loadResource, NewLoad, ReasonedDecision, Release, sourceResource } from "./resource.ts";
import { type Rollback, rollbackLoad } from "./rollback.ts";
import { sizeOfFile } from "../platform/upload-file.ts";
import { listSourceLoads, type UploadRow } from "./upload-queries.ts";
import { addToUpload, beginTurn, beginUpload, isUpload, offsetOf, requireRoom } from "./upload.ts";
import type { Load } from "./view.ts";
import type { LoadWorker, LoadWorkerOptions } from "./worker.ts";

const BODY_BYTES_MAX = 16 * 1024;
/** A decision on millions of rows takes minutes, and proxies give up after one. */
const DECISION_MS_MAX = 10_000;
const COLLECTION = "/feeds/:source/loads";
const RESOURCE = `${COLLECTION}/:id` as const;

const REJECTION_FILES = {
  csv: { type: "text/csv; charset=utf-8; header=present", extension: "csv" },
  "json-lines": { type: "application/jsonl; charset=utf-8", extension: "jsonl" },
} as const;

export type LoadRoutesOptions = Omit<LoadWorkerOptions, "gates"> & {
  sql: Sql;
  callers: Callers;
  door: Door;
  worker: LoadWorker;
};
type Options = LoadRoutesOptions & { access: LoadAccess };
type Entered = Pick<RequestContext, "req" | "env" | "json"> & { var: { sender: Sender } };

export function loadRoutes(options: LoadRoutesOptions): Router {
  const router = newRouter();
  for (const operation of loadOperations) router.openAPIRegistry.registerPath(operation);
  const given = { ...options, access: createLoadAccess(options) };
  addUploadRoutes(router, given);
  addReadingRoutes(router, given);
  addDecisionRoutes(router, given);
  return router;
}

function addUploadRoutes(router: Router, { db, worker, access }: Options): void {
  const { uploads } = worker;

  router.post(COLLECTION, access.enter(operations.postLoad), async (c) => {
    const { sender } = c.var;
    const source = await access.source(sender, c.req.param(), "act");
    const { operator, asOf, ...manifest } = parseAs(NewLoad, await readJson(c, BODY_BYTES_MAX));
    const person = personOf(sender, operator);
    await requireRoom(db, uploads, manifest.bytes);
    const upload = { ...manifest, source, ...(asOf === undefined ? {} : { asOf: new Date(asOf) }) };
    const row = await explained(db.transaction((tx) => beginUpload(tx, person, upload)));
    const Location = `${new URL(c.req.url).pathname}/${publicId("lod", row.id)}`;
    return c.json(loadResource(row), 201, { ...headersOf(row, 0), Location });
  });

  router.patch(RESOURCE, access.enter(operations.patchLoad), async (c) => {
    const row = await access.load(c.var.sender, c.req.param(), "act");
    if (mediaTypeOf(c) !== PARTIAL_UPLOAD) throw new AppError("unsupported-media-type");
    const { incoming } = c.env;
    const given = {
      directory: uploads,
      offset: offsetIn(c.req.header("upload-offset")),
      isLast: c.req.header("upload-complete") === "?1",
      length: lengthIn(c.req.header("content-length")),
      body: longBodyOf(incoming),
      isWhole: () => incoming.complete,
    };
    const add = async () => {
      const current = await access.again(row);
      if (!isUpload(current)) throw new AppError("upload-completed");
      return addToUpload(db, { ...given, row: current });
    };
    const offset = await explained(worker.turns.take(row.id, () => incoming.destroy(), add));
    if (offset === row.uploadBytes) void worker.wake();
    return c.body(null, 204, headersOf(row, offset));
  });

  /** Also HEAD, which ends a request that still writes: the offset must stay what it says. */
  router.get(RESOURCE, access.enter(operations.getLoad), async (c) => {
    const row = await access.load(c.var.sender, c.req.param(), "see");
    if (!isUpload(row)) return answerJson(loadResource(row));
    const read = async () => {
      if (c.req.method === "HEAD") await beginTurn(db, row.id);
      const current = { ...row, ...(await access.again(row)), uploadBytes: row.uploadBytes };
      return c.json(loadResource(current), 200, headersOf(current, await offsetOf(uploads, current)));
    };
    return c.req.method === "HEAD" ? worker.turns.take(row.id, () => {}, read) : read();
  });
}

function addReadingRoutes(router: Router, { db, sql, ring, dataDirectory, access, door }: Options): void {
  router.get("/feeds", access.enter(operations.getSources), async (c) => {
    const sources = await access.sources(c.var.sender);
    return answerJson({ data: sources.map(sourceResource) });
  });

  router.get(COLLECTION, access.enter(operations.getLoads), async (c) => {
    const source = await access.source(c.var.sender, c.req.param(), "see");
    const { cursor, limit } = parseAs(PageQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `loads ${ownerOf(c.var.sender)} ${source}`);
    const rows = await listSourceLoads(db, source, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.id);
    return answerJson({ data: page.map(loadResource), ...rest });
  });

  router.get(`${RESOURCE}/difference`, access.enter(operations.getDifference), async (c) => {
    const row = await access.load(c.var.sender, c.req.param(), "see");
    return answerJson(differenceResource(await readDifference(db, row.id)));
  });

  router.get(`${RESOURCE}/audit`, door.requireCourt(operations.getLoadTrail), async (c) => {
    const row = await access.load({ kind: "court", actor: c.var.actor }, c.req.param(), "see");
    return answerJson(await pageOfTrail({ db, ring }, publicId("lod", row.id), c.req.query()));
  });

  router.get(`${RESOURCE}/receipt`, access.enter(operations.getLoadReceipt), async (c) => {
    const row = await access.load(c.var.sender, c.req.param(), "see");
    const id = publicId("lod", row.id);
    return answerReceipt(c, id, await readFactReceipt(sql, id));
  });

  router.get(`${RESOURCE}/rejections`, access.enter(operations.getRejections), async (c) => {
    const row = await access.load(c.var.sender, c.req.param(), "see");
    if (row.state === "receiving" || row.state === "validating") {
      throw new AppError("conflict", { members: { note: "the file is still being read" } });
    }
    const path = rejectionsPath(dataDirectory, row.id);
    if ((await sizeOfFile(path)) === 0) throw new AppError("not-found");
    const form = /\btext\/csv\b/i.test(c.req.header("accept") ?? "") ? "csv" : "json-lines";
    const { type, extension } = REJECTION_FILES[form];
    return c.body(Readable.toWeb(readRejections(path, form)) as ReadableStream, 200, {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${publicId("lod", row.id)}.rejected.${extension}"`,
      "Cache-Control": "no-store",
    });
  });
}

function addDecisionRoutes(router: Router, { url, log, worker, access }: Options): void {
  router.post(`${RESOURCE}/release`, access.enter(operations.postRelease), (c) =>
    decide(c, c.req.param(), Release, (decision) => releaseLoad(decision)),
  );
  router.post(`${RESOURCE}/discard`, access.enter(operations.postDiscard), (c) =>
    decide(c, c.req.param(), ReasonedDecision, (decision, { reason }) => discardLoad({ ...decision, reason })),
  );
  router.post(`${RESOURCE}/rollback`, access.enter(operations.postRollback), (c) =>
    decide(c, c.req.param(), ReasonedDecision, (decision, { reason }) => rollbackLoad({ ...decision, reason })),
  );

  /** Answers with the load as decided, or 202 where applying the decision takes longer than a caller waits. */
  async function decide<Given extends { operator?: string | undefined }>(
    c: Entered,
    place: Place,
    schema: z.ZodType<Given>,
    verb: (decision: Decision, given: Given) => Promise<Load | Rollback>,
  ) {
    const { sender } = c.var;
    const row = await access.load(sender, place, "act");
    const given = parseAs(schema, await readJson(c, BODY_BYTES_MAX));
    const decision = { url, id: row.id, actor: personOf(sender, given.operator), signal: worker.signal };
    const verdict = worker.track(explained(verb(decision, given)));
    const ended = await Promise.race([verdict, delay(DECISION_MS_MAX, null, { ref: false })]);
    const resource = loadResource(await access.again(row));
    if (ended === null) {
      verdict.catch((error: unknown) => log.error({ err: error }, "a decision on a load failed after its answer"));
      return c.json(resource, 202, { "Retry-After": "5", "Cache-Control": "no-store" });
    }
    void worker.wake();
    return answerJson("undone" in ended ? { ...resource, undone: ended.undone } : resource);
  }
}

const EXPLAINED: readonly string[] = ["conflict", "load-refused", "same-person"];

/** The notes of these refusals are for whoever sent the file: they name loads, numbers and verbs, never a value. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof AppError) || !EXPLAINED.includes(error.code)) throw error;
    const { note, members } = error.detail;
    throw new AppError(error.code, {
      ...error.detail,
      members: { ...(note === undefined ? {} : { note }), ...members },
    });
  }
}

function headersOf({ uploadBytes }: LoadRow | UploadRow, offset: number): Record<string, string> {
  const noStore = { "Cache-Control": "no-store" };
  if (uploadBytes === null) return noStore;
  return {
    ...noStore,
    "Upload-Offset": String(offset),
    "Upload-Complete": offset === uploadBytes ? "?1" : "?0",
    "Upload-Length": String(uploadBytes),
  };
}

function mediaTypeOf(c: Pick<RequestContext, "req">): string {
  return (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** An integer of RFC 9651, which this header must have. */
function offsetIn(text: string | undefined): number {
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text);
  const code = text === undefined ? "required" : "bad_form";
  throw new AppError("validation", { faults: [{ pointer: "#/headers/Upload-Offset", code }] });
}

/** Node has checked its form; a chunked body has none. */
function lengthIn(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

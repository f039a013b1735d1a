// The part of the service that works on files that came over HTTP: it imports what is complete, lets go what is stale,
// and removes what nobody needs any more.
import type { KeyObject } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { publicId } from "../platform/id.ts";
import type { Logger } from "../platform/log.ts";
import type { PartyKeys } from "../registry/index.ts";
import type { GateSettings } from "./gate.ts";
import { importUpload } from "./load.ts";
import { makeRejectionsFolder, rejectionsPath } from "./rejections-file.ts";
import { failLoad } from "./session.ts";
import { createTurns, type Turns } from "./turn.ts";
import { sizeOfFile } from "../platform/upload-file.ts";
import { uploadPath } from "./upload.ts";
import { listOpenUploads, type OpenUpload } from "./upload-queries.ts";

/** A complete file is imported at once; the rounds find what another process, or the one before this, left. */
const ROUND_MS = 15_000;
/** Each takes up to five threads and some 500 MB. */
const IMPORTS_MAX = 2;
const STALE_HOURS = 24;
const FILE_NAME = /^lod_[0-9a-z]{26}\.part$/;

export type LoadWorkerOptions = {
  db: Database;
  url: string;
  ring: PartyKeys & { cursorKey: KeyObject };
  /** Of the service's data; uploads and rejected rows have folders in it. */
  dataDirectory: string;
  gates: GateSettings;
  log: Logger;
};

export type LoadWorker = {
  /** The folder of the uploads. */
  uploads: string;
  turns: Turns;
  /** Fires when the service stops. */
  signal: AbortSignal;
  /** A stop waits for `work`. */
  track: <T>(work: Promise<T>) => Promise<T>;
  /** Looks around now; the promise ends with the look, not with what it starts. */
  wake: () => Promise<void>;
  /** Requests and imports under way end early, and go on with the next start. */
  stop: () => Promise<void>;
};

export function startLoadWorker(options: LoadWorkerOptions): LoadWorker {
  const { db, dataDirectory, log } = options;
  const uploads = join(dataDirectory, "uploads");
  const stopping = new AbortController();
  const turns = createTurns();
  const works = createWorks();
  const importing = new Set<string>();
  let round = Promise.resolve();

  function wake(): Promise<void> {
    round = round
      .then(lookAround)
      .catch((error: unknown) => log.error({ err: error }, "uploads were not looked after"));
    return round;
  }
  const timer = setInterval(() => void wake(), ROUND_MS).unref();
  void wake();

  async function lookAround(): Promise<void> {
    if (stopping.signal.aborted) return;
    // Before the list: a file that appears after it may belong to an upload that the list lacks.
    const files = await listFiles(uploads);
    const open = await listOpenUploads(db, STALE_HOURS);
    const needed = new Set<string>();
    for (const upload of open) {
      const isWaiting = isImportable(upload) && !importing.has(upload.source);
      if (isWaiting && upload.isStale) {
        await failLoad(db, upload.id, staleNote(upload));
        continue;
      }
      needed.add(uploadPath(uploads, upload.id));
      if (!isWaiting || importing.size >= IMPORTS_MAX) continue;
      if (await isComplete(upload, uploads)) void works.track(importAndReport(upload));
    }
    await Promise.all(files.filter((path) => !needed.has(path)).map((path) => rm(path, { force: true })));
  }

  async function importAndReport({ id, source }: OpenUpload): Promise<void> {
    const load = publicId("lod", id);
    importing.add(source);
    try {
      const { state } = await importFrom(options, uploadPath(uploads, id), id, stopping.signal);
      log.info({ load, source, state }, "load imported");
      void wake();
    } catch (error) {
      if (error instanceof AppError) log.info({ load, source, code: error.code }, "load not imported");
      else if (!stopping.signal.aborted) log.error({ load, source, err: error }, "load not imported");
      // What another process, or a lost database, kept from its import waits for the next round.
      if (error instanceof AppError && error.code === "load-refused") void wake();
    } finally {
      importing.delete(source);
    }
  }

  async function stop(): Promise<void> {
    clearInterval(timer);
    stopping.abort();
    await turns.endAll();
    await round;
    await works.ended();
  }

  return { uploads, turns, signal: stopping.signal, track: works.track, wake, stop };
}

function createWorks() {
  const works = new Set<Promise<unknown>>();
  const track = async <T>(work: Promise<T>): Promise<T> => {
    const settled = work.catch(() => {});
    works.add(settled);
    try {
      return await work;
    } finally {
      works.delete(settled);
    }
  };
  return { track, ended: () => Promise.all(works) };
}

async function importFrom(options: LoadWorkerOptions, file: string, id: string, signal: AbortSignal) {
  const { url, ring, gates, dataDirectory } = options;
  const rejectedTo = rejectionsPath(dataDirectory, id);
  await makeRejectionsFolder(rejectedTo);
  return importUpload({ url, keyRing: ring, gates, file, rejectedTo, id, signal });
}

function isImportable({ state }: OpenUpload): boolean {
  return state === "receiving" || state === "validating";
}

/** Another host of the same database may have the file. */
async function isComplete({ id, bytes, received }: OpenUpload, uploads: string): Promise<boolean> {
  return received === bytes && (await sizeOfFile(uploadPath(uploads, id))) === bytes;
}

function staleNote({ received, bytes }: OpenUpload): string {
  if (received < bytes) return `nobody went on with the upload for ${STALE_HOURS} hours`;
  return `the file was not imported within ${STALE_HOURS} hours`;
}

async function listFiles(uploads: string): Promise<string[]> {
  const names = await readdir(uploads).catch(() => []);
  return names.filter((name) => FILE_NAME.test(name)).map((name) => join(uploads, name));
}

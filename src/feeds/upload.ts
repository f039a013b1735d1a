// Files that come over HTTP: beginning an upload, adding bytes to it, and giving its source back when nobody goes on.
import { join } from "node:path";
import { appendAudit } from "../audit/index.ts";
import { redactNumbers } from "../identity/index.ts";
import { type Database, databaseCode, type Transaction } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { newUuid, publicId } from "../platform/id.ts";
import { DEFAULT_AGE_MS } from "./load.ts";
import { refuseOutOfOrder } from "./order.ts";
import { findUnfinished, findWaiting, insertLoad, type LoadRow, tryLockSourceFor } from "./queries.ts";
import type { LoadMode } from "./schema.ts";
import { appendToFile, freeBytes, sizeOfFile, TooManyBytes } from "../platform/upload-file.ts";
import { keepsTurn, type Move, moveOffset, sumExpectedBytes, takeTurn, type UploadRow } from "./upload-queries.ts";

/** A national list of ten million rows has about 6 GB. */
export const UPLOAD_BYTES_MAX = 20 * 1024 ** 3;
/** Room that uploads leave to the database and its logs. */
const SPARE_BYTES = 1024 ** 3;

export type NewUpload = {
  source: string;
  mode: LoadMode;
  name: string;
  bytes: number;
  sha256?: string | undefined;
  rows?: number | undefined;
  asOf?: Date | undefined;
  sequence?: number | undefined;
  baseState?: string | undefined;
};

/** `load-under-way` names the load that keeps this one away; `load-refused` says what is out of order. */
export async function beginUpload(tx: Transaction, actor: string, upload: NewUpload): Promise<LoadRow> {
  const { source, mode, name, bytes, sha256, rows, asOf, sequence, baseState } = upload;
  if (!(await tryLockSourceFor(tx, source))) {
    const [id] = await findUnfinished(tx, source);
    refuseBeside(id ?? (await findWaiting(tx, source))?.id);
  }
  const waiting = await findWaiting(tx, source);
  if (waiting) refuseBeside(waiting.id);
  const row = {
    id: newUuid(),
    source,
    mode,
    state: "receiving" as const,
    fileName: redactNumbers(name),
    expectedRows: rows ?? null,
    asOf: asOf ?? new Date(Date.now() - DEFAULT_AGE_MS),
    sequence: sequence ?? null,
    baseState: baseState ?? null,
    uploadBytes: bytes,
    uploadSha256: sha256 === undefined ? null : Buffer.from(sha256, "hex"),
    uploadSeenAt: new Date(),
    actor,
  };
  await refuseOutOfOrder(tx, row);
  const inserted = await insertLoad(tx, row);
  const detail = { source, mode, bytes };
  await appendAudit(tx, { actor, action: "feed.upload", subject: publicId("lod", row.id), detail });
  return inserted;
}

function refuseBeside(id: string | undefined): never {
  throw new AppError("load-under-way", id === undefined ? {} : { members: { load: publicId("lod", id) } });
}

/** What other uploads have still to bring is counted as taken. */
export async function requireRoom(db: Database, directory: string, bytes: number): Promise<void> {
  const free = (await freeBytes(directory)) - (await sumExpectedBytes(db));
  if (free - SPARE_BYTES < bytes) throw new AppError("insufficient-storage");
}

export function uploadPath(directory: string, id: string): string {
  return join(directory, `${publicId("lod", id)}.part`);
}

export function isUpload(row: LoadRow): row is UploadRow {
  return row.uploadBytes !== null;
}

/** Where the next byte belongs. A disk that was restored may hold less than was recorded: then less is safe. */
export async function offsetOf(directory: string, row: UploadRow): Promise<number> {
  if (row.state !== "receiving" || row.receivedBytes === 0) return row.receivedBytes;
  return Math.min(row.receivedBytes, await sizeOfFile(uploadPath(directory, row.id)));
}

/** The disk, the quota or the largest file that the system allows is reached. */
const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

export type Addition = {
  directory: string;
  row: UploadRow;
  offset: number;
  /** Says that nothing comes after this body. */
  isLast: boolean;
  /** Of the body, where it is stated. */
  length: number | null;
  body: AsyncIterable<Uint8Array>;
  /** Whether the body came to its end. */
  isWhole: () => boolean;
};

/** Adds a body to an upload, straight to disk; returns the new offset. */
export async function addToUpload(db: Database, addition: Addition): Promise<number> {
  const { directory, row: known, offset, isLast, length, body, isWhole } = addition;
  const turn = newUuid();
  const received = await beginTurn(db, known.id, turn);
  const row = { ...known, receivedBytes: received ?? known.receivedBytes };
  const { id, uploadBytes: bytesMax } = row;
  const safe = await offsetOf(directory, row);
  if (received === null || safe === bytesMax) throw new AppError("upload-completed", offsetHeader(safe));
  if (offset !== safe) throw new AppError("upload-offset", offsetHeader(safe));
  const end = length === null ? null : offset + length;
  if (end !== null && (end > bytesMax || (isLast && end < bytesMax))) throw new AppError("upload-length");
  const record = (from: number, to: number) => recordOffset(db, id, { turn, from, to });
  const whileOurs = (cut: () => Promise<void>) =>
    db.transaction(async (tx) => {
      if (await keepsTurn(tx, id, turn)) await cut();
    });
  if (safe !== row.receivedBytes) await record(row.receivedBytes, safe);
  try {
    const path = uploadPath(directory, id);
    const reached = await appendToFile({ path, offset, bytesMax, body, onSafe: record, whileOurs });
    if (isLast && isWhole() && reached < bytesMax) throw new AppError("upload-length", offsetHeader(reached));
    return reached;
  } catch (error) {
    if (error instanceof TooManyBytes) throw new AppError("upload-length");
    if (NO_ROOM.has(databaseCode(error) ?? "")) throw new AppError("insufficient-storage");
    throw error;
  }
}

function offsetHeader(offset: number) {
  return { headers: { "Upload-Offset": String(offset) } };
}

/** Whoever wrote the upload before, in this process or another, moves its offset no more. */
export function beginTurn(db: Database, id: string, turn = newUuid()): Promise<number | null> {
  return db.transaction((tx) => takeTurn(tx, id, turn));
}

async function recordOffset(db: Database, id: string, move: Move): Promise<void> {
  const moved = await db.transaction((tx) => moveOffset(tx, id, move));
  if (!moved) throw new AppError("conflict", { note: "the upload was given up, or goes on elsewhere" });
}

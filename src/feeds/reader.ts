// Reading a file as a stream of rows: plain or gzip, JSON Lines or CSV by its first character, in bounded memory.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "../platform/error.ts";
import { readCsv } from "./csv.ts";
import type { FileRow } from "./file-row.ts";
import { readJsonLines } from "./json-lines.ts";

export type FileReading = {
  rows: AsyncGenerator<FileRow[]>;
  bytesRead: () => number;
  /** Of the file as it lies; asked once, when `rows` has ended. */
  sha256: () => Buffer;
};

const CHUNK_BYTES = 256 * 1024;
const BYTE_ORDER_MARK = "\uFEFF";

export function readRows(path: string): FileReading {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const hash = createHash("sha256");
  async function* hashed(): AsyncGenerator<Buffer, void> {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { rows: readAny(hashed()), bytesRead: () => file.bytesRead, sha256: () => hash.digest() };
}

async function* readAny(file: AsyncGenerator<Buffer, void>): AsyncGenerator<FileRow[]> {
  const raw = await peek(file);
  const isGzip = raw.first[0] === 0x1f && raw.first[1] === 0x8b;
  const { first, chunks } = isGzip ? await peek(gunzip(raw.chunks)) : raw;
  const start = first.toString("utf8").replace(BYTE_ORDER_MARK, "").trimStart()[0];
  if (start === undefined) return;
  if (start === "[") {
    throw new AppError("load-refused", {
      note: "the file is a JSON array: write one object a line (JSON Lines), or CSV",
    });
  }
  yield* start === "{" ? readJsonLines(chunks) : readCsv(chunks);
}

/** The first chunk, and all chunks with it. */
async function peek(
  source: AsyncGenerator<Buffer, void>,
): Promise<{ first: Buffer; chunks: AsyncGenerator<Buffer, void> }> {
  const next = await source.next();
  const first = next.done ? Buffer.alloc(0) : next.value;
  async function* chunks(): AsyncGenerator<Buffer, void> {
    yield first;
    yield* source;
  }
  return { first, chunks: chunks() };
}

async function* gunzip(source: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  // The callback has nothing to do: an error ends the iteration below as well.
  const inflated = pipeline(Readable.from(source), createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
  try {
    yield* inflated as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new AppError("load-refused", { note: "the gzip file is damaged or ends early" });
    }
    throw error;
  }
}

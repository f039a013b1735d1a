// Unpacking a file while it is read: gzip of one or several members, or a zip with one file in it; bounded against bombs.
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { crc32, createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from "node:zlib";
import { CHUNK_BYTES, readChunks, type Tally } from "./file-bytes.ts";
import { refuse } from "./gate.ts";
import { findOnlyEntry } from "./zip.ts";

/** Lists shrink to a tenth, bombs to a thousandth. */
export const EXPANSION_MAX = 100;
/** So much may come out of any file: a high ratio does no harm yet. */
export const EXPANSION_FREE_BYTES = 64 * 1024 * 1024;

/** `chunks` are the file at `path`, from its start. */
export async function* gunzip(path: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  yield* inflate(chunks, createGunzip({ chunkSize: CHUNK_BYTES }), size, "gzip");
}

export async function* unzip(path: string, tally: Tally): AsyncGenerator<Buffer> {
  const entry = await findOnlyEntry(path);
  const packed = readChunks(path, tally, entry);
  const chunks = entry.isDeflated
    ? inflate(packed, createInflateRaw({ chunkSize: CHUNK_BYTES }), entry.length, "zip")
    : packed;
  let bytes = 0;
  let checksum = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (bytes !== entry.unpackedLength || checksum !== entry.crc32) refuseDamage("zip");
}

async function* inflate(
  chunks: AsyncIterable<Buffer>,
  inflater: Gunzip | InflateRaw,
  packedBytes: number,
  kind: "gzip" | "zip",
): AsyncGenerator<Buffer> {
  // The callback has nothing to do: an error ends the iteration below as well.
  const inflated = pipeline(Readable.from(chunks), inflater, () => {});
  let bytes = 0;
  try {
    for await (const chunk of inflated as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > EXPANSION_FREE_BYTES && bytes > inflater.bytesWritten * EXPANSION_MAX) {
        refuse(`the ${kind} file expands to more than ${EXPANSION_MAX} times its size: send the list itself`);
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) refuseDamage(kind);
    throw error;
  }
  // The inflater ignores zeros behind its end, and whatever follows them.
  if (inflater.bytesWritten !== packedBytes) refuse(`something follows the end of the data in the ${kind} file`);
}

function refuseDamage(kind: "gzip" | "zip"): never {
  refuse(`the ${kind} file is damaged or ends early`);
}

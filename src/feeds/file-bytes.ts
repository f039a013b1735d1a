// The bytes of a file in chunks, counted.
import { createReadStream } from "node:fs";

export const CHUNK_BYTES = 256 * 1024;

/** How much of a file, or of the one entry of a zip, has been read. */
export type Tally = { bytesRead: number };

export async function* readChunks(
  path: string,
  tally: Tally,
  range?: { start: number; length: number },
): AsyncGenerator<Buffer> {
  if (range?.length === 0) return;
  const options = range && { start: range.start, end: range.start + range.length - 1 };
  for await (const chunk of createReadStream(path, {
    highWaterMark: CHUNK_BYTES,
    ...options,
  }) as AsyncIterable<Buffer>) {
    tally.bytesRead += chunk.length;
    yield chunk;
  }
}

// A block, the piece of a file that begins and ends between two rows, and its bytes: they may be damaged or too long.
import { isUtf8 } from "node:buffer";
import { ROW_BYTES_MAX } from "./file-row.ts";
import type { RejectionCode } from "./rejection.ts";

export const formats = ["json-lines", "json-array", "csv", "tsv"] as const;
export type Format = (typeof formats)[number];

/** `bytes` are UTF-8 whatever the encoding of the file, and own their buffer: it may be transferred. */
export type Block = { format: Format; firstLine: number; bytes: Uint8Array<ArrayBuffer>; header: string[] | null };

/** A block while it is parsed. */
export type BlockBytes = {
  bytes: Buffer;
  firstLine: number;
  /** All of it is valid UTF-8. */
  isSound: boolean;
};

export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;

/** What forbids reading the row at all. An invalid byte is never replaced: the row is rejected. */
export function rowFault({ bytes, isSound }: BlockBytes, start: number, end: number): RejectionCode | null {
  if (end - start > ROW_BYTES_MAX) return "too_long";
  return isSound || isUtf8(bytes.subarray(start, end)) ? null : "mojibake";
}

export function countLines(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let count = 0;
  for (let i = start; i < end; i++) if (bytes[i] === LINE_FEED) count++;
  return count;
}

/** Space and control characters only. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] ?? 0) > SPACE) return false;
  return true;
}

/** In a buffer of its own. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Cuts what a line has beyond the bound, and one byte more stays to tell: chunks are shorter than the bound. */
export async function* boundLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of chunks) {
    const lineEnd = chunk.indexOf(LINE_FEED);
    const headEnd = lineEnd < 0 ? chunk.length : lineEnd;
    const room = ROW_BYTES_MAX + 1 - length;
    if (headEnd > room) {
      if (room > 0) yield chunk.subarray(0, room);
      if (lineEnd >= 0) yield chunk.subarray(lineEnd);
    } else yield chunk;
    length =
      lineEnd < 0
        ? Math.min(length + chunk.length, ROW_BYTES_MAX + 1)
        : chunk.length - 1 - chunk.lastIndexOf(LINE_FEED);
  }
}

/** The last chunk is told apart, and its last line ends with a line break too. */
export async function* endLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ chunk: Buffer; isLast: boolean }> {
  let held: Buffer | null = null;
  for await (const chunk of chunks) {
    if (held) yield { chunk: held, isLast: false };
    held = chunk;
  }
  if (held) yield { chunk: Buffer.concat([held, Buffer.of(LINE_FEED)]), isLast: true };
}

// Parsing a block: what one worker does at a time.
import { isUtf8 } from "node:buffer";
import type { Block } from "./block-bytes.ts";
import { parseCsv } from "./csv.ts";
import type { FileRow } from "./file-row.ts";
import { parseJsonArray } from "./json-array.ts";
import { parseJsonLines } from "./json-lines.ts";

export { type Block, type Format, formats } from "./block-bytes.ts";

/** A pure, synchronous function: it runs in a worker thread. */
export function parseBlock({ format, firstLine, bytes, header }: Block): FileRow[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Only a block with damage somewhere is asked row by row.
  const text = { bytes: buffer, firstLine, isSound: isUtf8(buffer) };
  if (format === "json-lines") return parseJsonLines(text);
  if (format === "json-array") return parseJsonArray(text);
  return parseCsv(text, format, header ?? []);
}

// A JSON array of objects, on one line or many: cut between its elements without parsing them. Its rows are counted by
// element, because several may stand on one line.
import { type Block, type BlockBytes, countLines, joined, QUOTE, rowFault, SPACE } from "./block-bytes.ts";
import { type FileRow, ROW_BYTES_MAX } from "./file-row.ts";
import { refuse } from "./gate.ts";
import { readObject } from "./json-object.ts";

const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** What comes next, white space aside. */
type Expected = "array" | "element or end" | "element" | "rest of element" | "comma or end" | "nothing";

export async function* cutJsonArray(chunks: AsyncIterable<Buffer>, firstLine: number): AsyncGenerator<Block> {
  let line = firstLine;
  let elementsBefore = 0;
  let expected: Expected = "array";
  let endOf = elementScanner();
  let rest: Uint8Array = new Uint8Array();
  // Of an element beyond the bound the beginning is given out, and the rest dropped.
  let isDropping = false;
  for await (const chunk of chunks) {
    let at = rest.length;
    const bytes = at > 0 ? joined([rest, chunk]) : chunk;
    let element = at > 0 ? 0 : -1;
    let firstElement = element;
    let lastEnd = 0;
    let complete = 0;
    while (at < bytes.length) {
      if (expected === "rest of element") {
        const end = endOf(bytes, at);
        if (end < 0) break;
        at = end;
        if (!isDropping) {
          lastEnd = end;
          complete++;
        }
        isDropping = false;
        expected = "comma or end";
      } else if ((bytes[at] ?? 0) <= SPACE) {
        at++;
      } else {
        expected = after(expected, bytes[at]) ?? refuseDamage(line + countLines(bytes, 0, at));
        if (expected !== "rest of element") at++;
        else {
          endOf = elementScanner();
          element = at;
          if (firstElement < 0) firstElement = at;
        }
      }
    }
    if (complete > 0) yield blockOf(bytes.subarray(firstElement, lastEnd), elementsBefore + 1);
    elementsBefore += complete;
    if (expected === "rest of element" && !isDropping && bytes.length - element > ROW_BYTES_MAX) {
      yield blockOf(bytes.subarray(element, element + ROW_BYTES_MAX + 1), ++elementsBefore);
      isDropping = true;
    }
    const kept = expected === "rest of element" && !isDropping ? element : bytes.length;
    line += countLines(bytes, 0, kept);
    rest = bytes.subarray(kept);
  }
  if (expected !== "nothing") refuse("the JSON array is not closed: the file is cut off, or a bracket is missing");
}

function blockOf(bytes: Uint8Array, firstElement: number): Block {
  return { format: "json-array", firstLine: firstElement, bytes: joined([bytes]), header: null };
}

function after(expected: Expected, byte: number | undefined): Expected | null {
  if (expected === "array") return byte === OPENING_BRACKET ? "element or end" : null;
  if (expected === "comma or end" && byte === COMMA) return "element";
  if ((expected === "comma or end" || expected === "element or end") && byte === CLOSING_BRACKET) return "nothing";
  const isElement = byte !== COMMA && byte !== CLOSING_BRACKET;
  return isElement && (expected === "element" || expected === "element or end") ? "rest of element" : null;
}

function refuseDamage(line: number): never {
  refuse(`the JSON array is damaged in line ${line}: a comma is missing or left over, or something follows its end`);
}

/** Where an element ends; -1 where it goes on beyond the bytes, which the next call continues. */
function elementScanner(): (bytes: Uint8Array, start: number) => number {
  let depth = 0;
  let isText = false;
  // An escape at the end of the bytes takes the first of the next ones with it.
  let skipped = 0;
  return (bytes, start) => {
    let at = start + skipped;
    for (skipped = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (isText) {
        while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
        if (at >= bytes.length) break;
        isText = false;
        if (depth === 0) return at + 1;
      } else if (byte === QUOTE) isText = true;
      else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth++;
      else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
      } else if (depth === 0 && (byte === COMMA || byte <= SPACE)) return at;
    }
    skipped = at - bytes.length;
    return -1;
  };
}

export function parseJsonArray(block: BlockBytes): FileRow[] {
  const { bytes } = block;
  const rows: FileRow[] = [];
  let line = block.firstLine;
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    if (bytes[at] === COMMA || (bytes[at] ?? 0) <= SPACE) at++;
    else {
      const end = elementScanner()(bytes, at);
      // At least one byte: a stray brace ends before it begins.
      at = end < 0 ? bytes.length : Math.max(end, start + 1);
      const fault = rowFault(block, start, at);
      rows.push(fault ? { line, record: null, fault } : { line, ...readObject(bytes.toString("utf8", start, at)) });
      line++;
    }
  }
  return rows;
}

// CSV and TSV after RFC 4180: a header row, and quoted cells that may hold line breaks.
import { isUtf8 } from "node:buffer";
import {
  type Block,
  type BlockBytes,
  boundLines,
  CARRIAGE_RETURN,
  countLines,
  endLines,
  isBlank,
  joined,
  LINE_FEED,
  QUOTE,
  rowFault,
} from "./block-bytes.ts";
import { columnName } from "./extra.ts";
import { isFieldName } from "./field.ts";
import { type FileRow, ROW_BYTES_MAX } from "./file-row.ts";
import { refuse } from "./gate.ts";

export type TableFormat = "csv" | "tsv";

const delimiters: Record<TableFormat, number> = { csv: 0x2c, tsv: 0x09 };

export async function* cutCsv(
  chunks: AsyncIterable<Buffer>,
  firstLine: number,
  format: TableFormat,
): AsyncGenerator<Block> {
  let line = firstLine;
  let header: string[] | null = null;
  let rest: Uint8Array = new Uint8Array();
  for await (const { chunk, isLast } of endLines(boundLines(chunks))) {
    const bytes = joined([rest, chunk]);
    const end = endOfRows(bytes, delimiters[format], isLast);
    let start = 0;
    if (header === null && end > 0) {
      start = scanRow(bytes, 0, delimiters[format]).end;
      header = readHeader(Buffer.from(bytes.buffer, 0, start), format);
    }
    line += countLines(bytes, 0, start);
    if (end > start) {
      const block = joined([bytes.subarray(start, end)]);
      yield { format, firstLine: line, bytes: block, header };
      line += countLines(block);
    }
    rest = bytes.subarray(end);
  }
}

export function parseCsv(block: BlockBytes, format: TableFormat, header: string[]): FileRow[] {
  const { bytes } = block;
  const rows: FileRow[] = [];
  let line = block.firstLine;
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    const cells: string[] = [];
    const row = scanRow(bytes, start, delimiters[format], (from, to, isQuoted) => {
      cells.push(readCell(bytes, from, to, isQuoted));
    });
    end = row.end;
    if (!isBlank(bytes, start, end)) {
      const fault =
        rowFault(block, start, end) ?? (row.form === "whole" && cells.length === header.length ? null : "bad_form");
      rows.push(
        fault
          ? { line, record: null, fault }
          : { line, record: Object.fromEntries(header.map((column, index) => [column, cells[index]])) },
      );
    }
    line += countLines(bytes, start, end);
  }
  return rows;
}

/** "open": the bytes, or the bound of a row, end before the row does. */
type RowSpan = { end: number; form: "whole" | "broken" | "open" };

/**
 * Where the next row begins. A row whose quoted cell is never closed, or is followed by text, is broken, and the next
 * line counts as a row again: a stray quote costs one row and swallows no file.
 */
function scanRow(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
  onCell?: (from: number, to: number, isQuoted: boolean) => void,
): RowSpan {
  const limit = Math.min(bytes.length, start + ROW_BYTES_MAX + 1);
  let form: RowSpan["form"] = "open";
  for (let at = start; at < limit; at++) {
    const isQuoted = bytes[at] === QUOTE;
    const from = isQuoted ? at + 1 : at;
    let to = from;
    if (isQuoted) {
      to = closingQuote(bytes, from, limit);
      if (to < 0) break;
      at = bytes[to + 1] === CARRIAGE_RETURN && bytes[to + 2] === LINE_FEED ? to + 2 : to + 1;
      if (bytes[at] !== delimiter && bytes[at] !== LINE_FEED) {
        if (at + 1 < bytes.length) form = "broken";
        break;
      }
    } else {
      while (at < limit && bytes[at] !== delimiter && bytes[at] !== LINE_FEED) at++;
      to = bytes[at] === LINE_FEED && at > from && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
    }
    onCell?.(from, to, isQuoted);
    if (bytes[at] === LINE_FEED) return { end: at + 1, form: "whole" };
  }
  const lineEnd = bytes.indexOf(LINE_FEED, start);
  return lineEnd < 0 ? { end: bytes.length, form: "open" } : { end: lineEnd + 1, form };
}

/** -1 where there is none before the limit. */
function closingQuote(bytes: Uint8Array, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at;
    at++;
  }
  return -1;
}

/** The end of the last row that these bytes decide. */
function endOfRows(bytes: Uint8Array, delimiter: number, isLast: boolean): number {
  let end = 0;
  for (let quote = bytes.indexOf(QUOTE); quote >= 0; quote = bytes.indexOf(QUOTE, end)) {
    // Lines before the one with the quote are rows of their own.
    const start = Math.max(end, bytes.lastIndexOf(LINE_FEED, quote) + 1);
    const row = scanRow(bytes, start, delimiter);
    if (row.form === "open" && !isLast && bytes.length - start <= ROW_BYTES_MAX + 1) return start;
    end = row.end;
  }
  return Math.max(end, bytes.lastIndexOf(LINE_FEED) + 1);
}

function readHeader(bytes: Buffer, format: TableFormat): string[] {
  const header: string[] = [];
  const { form } = scanRow(bytes, 0, delimiters[format], (from, to, isQuoted) => {
    header.push(readCell(bytes, from, to, isQuoted).trim());
  });
  if (form !== "whole" || !isUtf8(bytes)) refuse("the first line of the file is damaged");
  if (!header.some(isFieldName)) refuse("the first line of the file names no column of a published list");
  const repeated = header.find((column, index) => header.indexOf(column) !== index);
  if (repeated !== undefined) refuse(`the first line of the file names the column ${columnName(repeated)} twice`);
  return header;
}

function readCell(bytes: Buffer, from: number, to: number, isQuoted: boolean): string {
  const text = bytes.toString("utf8", from, to);
  return isQuoted && text.includes('"') ? text.replaceAll('""', '"') : text;
}

// CSV after RFC 4180: a header row, quoted fields with line breaks, UTF-8 with or without a byte order mark.
import { pipeline, Readable } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import { AppError } from "../platform/error.ts";
import { isFieldName } from "./field.ts";
import { type FileRow, ROW_LENGTH_MAX } from "./file-row.ts";

const BATCH_ROWS = 500;

export async function* readCsv(chunks: AsyncIterable<Buffer>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = [];
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: ROW_LENGTH_MAX,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      batch.push({ line: Number(error?.["lines"] ?? 0), record: null });
      return undefined;
    },
  });
  // The callback has nothing to do: an error ends the iteration below as well.
  const records = pipeline(Readable.from(chunks), parser, () => {});
  let header: string[] | undefined;
  let linesBefore = 0;
  let countedTwice = 0;
  for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: Info }>) {
    if (header) batch.push({ line: linesBefore + 1, record: named(header, record) });
    else header = checkedHeader(record);
    // The parser counts a CR LF within quotes as two lines.
    if (info.lines - countedTwice > linesBefore + 1) countedTwice += record.join("").split("\r\n").length - 1;
    linesBefore = info.lines - countedTwice;
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function checkedHeader(record: string[]): string[] {
  const header = record.map((column) => column.trim());
  if (header.some(isFieldName)) return header;
  throw new AppError("load-refused", { note: "the first line of the file names no column of a published list" });
}

/** Null where the row has more or fewer cells than the header. */
function named(header: string[], cells: string[]): Record<string, unknown> | null {
  if (cells.length !== header.length) return null;
  return Object.fromEntries(header.map((column, index) => [column, cells[index]]));
}

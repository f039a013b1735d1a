// The rows of a file of questions: JSON Lines or CSV, plain or gzip, read as a stream and bounded in every direction.
import { createReadStream } from "node:fs";
import { pipeline, Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { AppError } from "../../platform/error.ts";
import type { BulkRow } from "./queries.ts";

export const ROWS_MAX = 1_000_000;
/** What a file may hold when it is unpacked: a million rows with every field take less. */
const UNPACKED_BYTES_MAX = 1024 ** 3;
const LINE_BYTES_MAX = 16 * 1024;
const LINE_FEED = 10;

/** One row as it came: `value` is what it says, or undefined where it cannot be read. */
export type FileRow = { line: number; value: unknown };

/** The columns of a CSV and where each belongs in a row of JSON Lines. */
const columns = {
  name: (text: string) => ({ name: text }),
  documentType: (text: string) => ({ document: { type: text } }),
  documentNumber: (text: string) => ({ document: { number: text } }),
  documentCountry: (text: string) => ({ document: { country: text } }),
  role: (text: string) => ({ role: text }),
  formerNames: (text: string) => ({ formerNames: text.split(/[;；]/).map((name) => name.trim()) }),
  reference: (text: string) => ({ reference: text }),
  caseReference: (text: string) => ({ caseReference: text }),
} satisfies Record<string, (text: string) => Record<string, unknown>>;

export const columnNames = Object.keys(columns) as (keyof typeof columns)[];

/** `file-refused` where it is no such file at all, whatever its rows say. */
export async function* readRows(path: string, { form, isPacked }: Pick<BulkRow, "form" | "isPacked">) {
  const packed = createReadStream(path);
  const bytes = isPacked
    ? pipeline(packed, createGunzip(), bounded(), () => {})
    : pipeline(packed, bounded(), () => {});
  try {
    yield* form === "csv" ? readCsv(bytes) : readJsonLines(bytes);
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      refuse("the gzip data is damaged or ends early");
    throw error;
  } finally {
    packed.destroy();
  }
}

export function refuse(note: string): never {
  throw new AppError("file-refused", { note, members: { note } });
}

/** Stops a bomb. */
function bounded(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > UNPACKED_BYTES_MAX) done(new AppError("content-too-large"));
      else done(null, chunk);
    },
  });
}

async function* readJsonLines(bytes: Readable): AsyncGenerator<FileRow> {
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let end = text.indexOf(LINE_FEED); end >= 0; end = text.indexOf(LINE_FEED, from)) {
      line++;
      yield* readLine(text.subarray(from, end), line);
      from = end + 1;
    }
    rest = text.subarray(from);
    if (rest.length > LINE_BYTES_MAX) refuse(`line ${line + 1} is longer than ${LINE_BYTES_MAX / 1024} KiB`);
  }
  yield* readLine(rest, line + 1);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function* readLine(bytes: Buffer, line: number): Generator<FileRow> {
  if (bytes.length > LINE_BYTES_MAX) refuse(`line ${line} is longer than ${LINE_BYTES_MAX / 1024} KiB`);
  try {
    const text = utf8.decode(bytes).trim();
    if (text !== "") yield { line, value: JSON.parse(text) };
  } catch {
    yield { line, value: undefined };
  }
}

async function* readCsv(bytes: Readable): AsyncGenerator<FileRow> {
  const parser = parse({
    bom: true,
    columns: readHeader,
    info: true,
    max_record_size: LINE_BYTES_MAX,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const decoded = Readable.from(decode(bytes));
  decoded.on("error", (error) => parser.destroy(error));
  try {
    for await (const { record, info } of decoded.pipe(parser) as AsyncIterable<CsvRecord>)
      yield { line: info.lines, value: rowOf(record) };
  } catch (error) {
    // Its own message repeats what it read.
    if (error instanceof CsvError) refuse("the file is not CSV after RFC 4180");
    throw error;
  }
}

type CsvRecord = { record: Record<string, string | undefined>; info: { lines: number } };

async function* decode(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) refuse("the file is not UTF-8: save it as “CSV UTF-8”");
    throw error;
  }
}

function readHeader(given: string[]): string[] {
  const header = given.map((name) => name.trim());
  // A file without a header begins with a party: the name of a column is told by its place alone.
  const unknown = header.findIndex((name) => !(name in columns));
  if (unknown >= 0) refuse(`column ${unknown + 1} is none of ${columnNames.join(", ")}`);
  if (new Set(header).size < header.length) refuse("a column is named twice");
  return header;
}

function rowOf(record: CsvRecord["record"]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name of columnNames) {
    const cell = record[name]?.trim() ?? "";
    if (cell === "") continue;
    for (const [member, value] of Object.entries(columns[name](cell)))
      row[member] = member === "document" ? { ...(row[member] as object), ...(value as object) } : value;
  }
  return row;
}

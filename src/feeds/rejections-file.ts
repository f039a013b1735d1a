// The file of a load's rejected rows: where it lies, and its lines as JSON Lines or CSV.
import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { publicId } from "../platform/id.ts";
import { type Fault, type RejectionForm, rejectionForms } from "./rejection.ts";

export function rejectionsPath(dataDirectory: string, loadId: string): string {
  return join(dataDirectory, "loads", `${publicId("lod", loadId)}.rejected.jsonl`);
}

export async function makeRejectionsFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

/** The rows of a file of JSON Lines in the form that is asked for. */
export function readRejections(path: string, form: RejectionForm): Readable {
  if (form === "json-lines") return createReadStream(path);
  return Readable.from(inForm(path, form), { objectMode: false });
}

async function* inForm(path: string, form: RejectionForm): AsyncGenerator<string> {
  const { head, line: lineOf } = rejectionForms[form];
  yield head;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const { line, ...fault } = JSON.parse(text) as Fault & { line: number };
    yield lineOf(line, fault);
  }
}

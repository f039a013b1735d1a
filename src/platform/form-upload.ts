// Reads a form that ends with a file: its fields at once, the file as it comes, which may be larger than memory.
import type { IncomingMessage } from "node:http";
import { AppError } from "./error.ts";
import { longBodyOf } from "./long-body.ts";

/** The fields, and the head of the file. */
const HEAD_BYTES_MAX = 32 * 1024;
const HEAD_END = "\r\n\r\n";
/** What the last boundary has more than the others. */
const ENDING = "--\r\n";

export type FormUpload = {
  form: FormData;
  /** Of the file, as the browser names it. */
  name: string;
  /** Of the file: what the request says that it holds, less what stands around the file. */
  bytes: number;
  body: AsyncGenerator<Uint8Array>;
};

type Head = { fields: [string, string][]; name: string; end: number };

/**
 * `unsupported-media-type`, `length-required` or `validation` where the request is no such form. The body ends early, and
 * so lacks its last byte, where anything stands behind the file.
 */
export async function readUpload(incoming: IncomingMessage): Promise<FormUpload> {
  const { headers } = incoming;
  const boundary = boundaryIn(headers["content-type"]);
  if (headers["content-length"] === undefined) throw new AppError("length-required");
  const chunks = longBodyOf(incoming);
  let held = Buffer.alloc(0);
  for (;;) {
    const chunk = await nextOf(chunks);
    if (!chunk || held.length > HEAD_BYTES_MAX) throw new AppError("validation");
    held = Buffer.concat([held, chunk]);
    const head = headIn(held, boundary);
    if (!head) continue;
    const form = new FormData();
    for (const [name, text] of head.fields) form.append(name, text);
    const tail = Buffer.from(`\r\n--${boundary}${ENDING}`);
    const bytes = Number(headers["content-length"]) - head.end - tail.length;
    return { form, name: head.name, bytes, body: fileIn(held.subarray(head.end), chunks, tail) };
  }
}

/** RFC 2046 §5.1.1. */
function boundaryIn(contentType: string | undefined): string {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? "") ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new AppError("unsupported-media-type");
  return boundary;
}

/** Null while the head has not come whole. A form without a file is none of ours. */
function headIn(held: Buffer, boundary: string): Head | null {
  const fields: [string, string][] = [];
  const opening = `--${boundary}\r\n`;
  let at = 0;
  for (;;) {
    if (held.length < at + opening.length) return null;
    if (held.toString("latin1", at, at + opening.length) !== opening) throw new AppError("validation");
    const headEnd = held.indexOf(HEAD_END, at);
    if (headEnd < 0) return null;
    const disposition = held.toString("utf8", at + opening.length, headEnd);
    const start = headEnd + HEAD_END.length;
    const fileName = /;\s*filename="([^"\r\n]*)"/i.exec(disposition)?.[1];
    if (fileName !== undefined) return { fields, name: fileName, end: start };
    const end = held.indexOf(`\r\n--${boundary}`, start);
    if (end < 0) return null;
    fields.push([/;\s*name="([^"\r\n]*)"/i.exec(disposition)?.[1] ?? "", held.toString("utf8", start, end)]);
    at = end + 2;
  }
}

/** Ends before whatever stands behind the file: the last byte waits until nothing but `tail` is seen to follow it. */
async function* fileIn(
  first: Buffer,
  chunks: AsyncGenerator<Uint8Array, void>,
  tail: Buffer,
): AsyncGenerator<Uint8Array> {
  const kept = tail.length + 1;
  const delimiter = tail.subarray(0, -ENDING.length);
  let held = first;
  for (;;) {
    if (held.length > kept) {
      // Whatever begins in what is handed out stands whole in what is held.
      const handedOut = held.length - kept;
      const end = held.indexOf(delimiter);
      if (end >= 0 && end < handedOut) return;
      yield held.subarray(0, handedOut);
      held = held.subarray(handedOut);
    }
    const chunk = await nextOf(chunks);
    if (!chunk) break;
    held = Buffer.concat([held, chunk]);
  }
  if (held.length === kept && held.subarray(1).equals(tail)) yield held.subarray(0, 1);
}

async function nextOf(chunks: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array | null> {
  const next = await chunks.next();
  return next.done ? null : next.value;
}

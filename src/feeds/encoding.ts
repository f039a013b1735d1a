// UTF-8 out of a file in UTF-8 or GB18030, which its first bytes beyond ASCII tell apart.
import { isAscii } from "node:buffer";
import { refuse } from "./gate.ts";

export const encodings = ["utf-8", "gb18030"] as const;
export type Encoding = (typeof encodings)[number];

/** Texts in GB18030 read as UTF-8 lose about nine characters in ten; a damaged text in UTF-8 loses a few. */
const LOST_SHARE_MAX = 0.5;
const REPLACEMENT = "\uFFFD";
const BYTE_ORDER_MARK = Buffer.from("\uFEFF");
/** No byte of valid UTF-8: a row that holds it is rejected. */
const INVALID_BYTE = 0xff;

/** `found` is called once, unless the whole file is ASCII. */
export async function* toUtf8(
  chunks: AsyncIterable<Buffer>,
  stated: Encoding | undefined,
  found: (encoding: Encoding) => void,
): AsyncGenerator<Buffer> {
  let encoding = stated;
  let isFirst = true;
  const decoder = new TextDecoder("gb18030");
  for await (const chunk of chunks) {
    if (isFirst) refuseUtf16(chunk);
    if (encoding === undefined && !isAscii(chunk)) encoding = sniffEncoding(chunk);
    if (encoding !== undefined) found(encoding);
    const bytes = encoding === "gb18030" ? marked(decoder.decode(chunk, { stream: true })) : chunk;
    yield isFirst && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
    isFirst = false;
  }
  if (encoding === "gb18030") yield marked(decoder.decode());
}

function sniffEncoding(sample: Buffer): Encoding {
  const text = new TextDecoder().decode(sample, { stream: true });
  const lost = text.split(REPLACEMENT).length - 1;
  if (lost === 0) return "utf-8";
  const wide = text.match(/[^\u0000-\u007F]/g)?.length ?? 0;
  if (lost < wide * LOST_SHARE_MAX) return "utf-8";
  if (!new TextDecoder("gb18030").decode(sample, { stream: true }).includes(REPLACEMENT)) return "gb18030";
  return refuse("the file is text in neither UTF-8 nor GB18030: convert it, or state its encoding");
}

function refuseUtf16([first, second]: Buffer): void {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isMarked || first === 0 || second === 0) refuse("the file is UTF-16, or no text: save it as UTF-8");
}

/** The text in UTF-8, and what could not be decoded as bytes that are not. */
function marked(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (!text.includes(REPLACEMENT)) return bytes;
  for (let at = bytes.indexOf(REPLACEMENT); at >= 0; at = bytes.indexOf(REPLACEMENT, at + 1)) bytes[at] = INVALID_BYTE;
  return bytes;
}

// Reading a file as blocks of rows in bounded memory: what it is, is seen from its first bytes and said at the end.
import { createHash } from "node:crypto";
import { type Block, countLines, type Format, LINE_FEED, SPACE } from "./block-bytes.ts";
import { gunzip, unzip } from "./compression.ts";
import { cutCsv } from "./csv.ts";
import { type Encoding, toUtf8 } from "./encoding.ts";
import { readChunks, type Tally } from "./file-bytes.ts";
import { type Compression, compressionOf, formatOf, refuseForeign } from "./format.ts";
import { refuse } from "./gate.ts";
import { cutJsonArray } from "./json-array.ts";
import { cutJsonLines } from "./json-lines.ts";

export type FileFacts = { format: Format; encoding: Encoding; compression: Compression };

export type FileReading = {
  blocks: AsyncGenerator<Block>;
  bytesRead: () => number;
  /** Of the file as it lies; asked once, when `blocks` has ended. */
  sha256: () => Buffer;
  /** Complete when `blocks` has ended. */
  found: () => FileFacts;
};

const PEEK_BYTES = 64 * 1024;

/** What is stated here is not sniffed. */
export type ReadingOptions = { format?: Format; encoding?: Encoding };

export function readFile(path: string, options: ReadingOptions = {}): FileReading {
  const hash = createHash("sha256");
  const tally: Tally = { bytesRead: 0 };
  const facts: FileFacts = { format: "json-lines", encoding: "utf-8", compression: "none" };

  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of readChunks(path, tally)) {
      hash.update(chunk);
      yield chunk;
    }
  }

  async function unpacked(file: AsyncGenerator<Buffer>): Promise<AsyncGenerator<Buffer>> {
    const { first, chunks } = await peek(file);
    facts.compression = compressionOf(first);
    if (facts.compression === "none") return chunks;
    if (facts.compression === "gzip") return gunzip(path, chunks);
    // A zip is read from its end: the hash takes a reading of its own.
    for await (const _ of chunks) tally.bytesRead = 0;
    return unzip(path, tally);
  }

  async function* blocks(): AsyncGenerator<Block> {
    const file = hashed();
    try {
      const { first, chunks } = await peek(await unpacked(file));
      refuseForeign(first);
      const text = await skipBlankLines(toUtf8(chunks, options.encoding, (encoding) => (facts.encoding = encoding)));
      facts.format = options.format ?? formatOf(text.first.toString());
      yield* cut(facts.format, text.chunks, text.firstLine);
    } finally {
      await file.return(undefined);
    }
  }

  return { blocks: blocks(), bytesRead: () => tally.bytesRead, sha256: () => hash.digest(), found: () => facts };
}

function cut(format: Format, chunks: AsyncIterable<Buffer>, firstLine: number): AsyncGenerator<Block> {
  if (format === "json-lines") return cutJsonLines(chunks, firstLine);
  return format === "json-array" ? cutJsonArray(chunks, firstLine) : cutCsv(chunks, firstLine, format);
}

/** The beginning, and all with it. */
async function peek(source: AsyncGenerator<Buffer>): Promise<{ first: Buffer; chunks: AsyncGenerator<Buffer> }> {
  const parts: Buffer[] = [];
  for (let length = 0; length < PEEK_BYTES;) {
    const next = await source.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const first = Buffer.concat(parts);
  return { first, chunks: continued(first, source) };
}

/** The first line that is not blank, with its number. */
async function skipBlankLines(
  source: AsyncGenerator<Buffer>,
): Promise<{ first: Buffer; firstLine: number; chunks: AsyncGenerator<Buffer> }> {
  let firstLine = 1;
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const chunk = next.value;
    let text = 0;
    while (text < chunk.length && (chunk[text] ?? 0) <= SPACE) text++;
    const isBlank = text === chunk.length;
    const start = isBlank ? text : chunk.lastIndexOf(LINE_FEED, text) + 1;
    firstLine += countLines(chunk, 0, start);
    const first = chunk.subarray(start);
    if (!isBlank) return { first, firstLine, chunks: continued(first, source) };
  }
  return refuse("the file holds no row");
}

async function* continued(first: Buffer, source: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* source;
}

// Reading a file's content as a load reads it: cut into blocks, and parsed block by block.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Block, parseBlock } from "../../src/feeds/block.ts";
import type { FileRow } from "../../src/feeds/file-row.ts";
import { readFile, type ReadingOptions } from "../../src/feeds/reader.ts";

const folder = mkdtempSync(join(tmpdir(), "shixin-reader-"));
afterAll(() => rmSync(folder, { recursive: true }));

export async function readContent(content: string | Buffer, options: ReadingOptions = {}) {
  const path = join(folder, "file");
  writeFileSync(path, content);
  const { blocks, found, sha256 } = readFile(path, options);
  const rows = await rowsOf(blocks);
  return { rows, facts: found(), sha256: sha256() };
}

export async function rowsOf(blocks: AsyncIterable<Block>): Promise<FileRow[]> {
  const rows: FileRow[][] = [];
  for await (const block of blocks) rows.push(parseBlock(block));
  return rows.flat();
}

/** The same bytes in pieces that end where the lengths say, over and over. */
export async function* piecesOf(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

// JSON Lines: one object a line.
import {
  type Block,
  type BlockBytes,
  boundLines,
  countLines,
  endLines,
  isBlank,
  joined,
  LINE_FEED,
  rowFault,
} from "./block-bytes.ts";
import type { FileRow } from "./file-row.ts";
import { readObject } from "./json-object.ts";

export async function* cutJsonLines(chunks: AsyncIterable<Buffer>, firstLine: number): AsyncGenerator<Block> {
  let line = firstLine;
  let rest: Buffer[] = [];
  for await (const { chunk } of endLines(boundLines(chunks))) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) {
      const bytes = joined([...rest, chunk.subarray(0, end)]);
      yield { format: "json-lines", firstLine: line, bytes, header: null };
      line += countLines(bytes);
      rest = [];
    }
    rest.push(chunk.subarray(end));
  }
}

export function parseJsonLines(block: BlockBytes): FileRow[] {
  const { bytes } = block;
  const rows: FileRow[] = [];
  let line = block.firstLine;
  for (let start = 0, end = 0; start < bytes.length; start = end + 1, line++) {
    end = bytes.indexOf(LINE_FEED, start);
    if (end < 0) end = bytes.length;
    if (isBlank(bytes, start, end)) continue;
    const fault = rowFault(block, start, end);
    rows.push(fault ? { line, record: null, fault } : { line, ...readObject(bytes.toString("utf8", start, end)) });
  }
  return rows;
}

// JSON Lines: one object a line, UTF-8 with or without a byte order mark.
import { type FileRow, isObject, ROW_LENGTH_MAX } from "./file-row.ts";

export async function* readJsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<FileRow[]> {
  const decoder = new TextDecoder();
  let line = 0;
  let rest = "";
  let isSkipping = false;
  for await (const chunk of chunks) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = texts.pop() ?? "";
    const rows: FileRow[] = [];
    for (const text of texts) {
      line++;
      if (!isSkipping && text.trim() !== "") rows.push({ line, record: parseObject(text) });
      isSkipping = false;
    }
    if (rest.length > ROW_LENGTH_MAX) {
      if (!isSkipping) rows.push({ line: line + 1, record: null });
      isSkipping = true;
      rest = "";
    }
    yield rows;
  }
  rest += decoder.decode();
  if (!isSkipping && rest.trim() !== "") yield [{ line: line + 1, record: parseObject(rest) }];
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

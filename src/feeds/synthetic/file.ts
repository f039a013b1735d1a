// A list written to a file as JSON Lines or CSV, and its truth beside it as JSON Lines.
import { open } from "node:fs/promises";
import type { SyntheticOptions } from "./options.ts";
import { columns, type SyntheticRow } from "./row.ts";
import { syntheticRows } from "./rows.ts";

export type SyntheticFileOptions = SyntheticOptions & {
  out: string;
  truth?: string;
  /** By the extension of `out` when absent. */
  format?: "jsonl" | "csv";
  progress?: (rows: number) => void;
};

/** Rows by what becomes of them; `listed`, `review` and `clear` count accepted rows by what a check of their party answers. */
export type SyntheticCounts = {
  rows: number;
  accepted: number;
  rejected: number;
  listed: number;
  review: number;
  clear: number;
};

/** Lines are encoded one by one into a block of this size: a third of the time of joining them to one text first. */
const BLOCK_BYTES = 1 << 20;
const quotable = /[",\r\n]/;

export async function writeSynthetic(options: SyntheticFileOptions): Promise<SyntheticCounts> {
  const { out, truth, format = out.endsWith(".csv") ? "csv" : "jsonl", progress } = options;
  const counts: SyntheticCounts = { rows: 0, accepted: 0, rejected: 0, listed: 0, review: 0, clear: 0 };
  const textOf = format === "csv" ? csvLine : JSON.stringify;
  const list = await openLines(out);
  const truths = truth === undefined ? null : await openLines(truth);
  try {
    if (format === "csv") list.add(columns.join(","));
    for (const one of syntheticRows(options)) {
      counts.rows++;
      counts[one.truth.accepted ? "accepted" : "rejected"]++;
      if (one.truth.accepted) counts[one.truth.outcome]++;
      truths?.add(JSON.stringify(one.truth));
      if (list.add(textOf(one.row))) continue;
      await Promise.all([list.flush(), truths?.flush()]);
      progress?.(counts.rows);
    }
    await Promise.all([list.flush(), truths?.flush()]);
  } finally {
    await Promise.all([list.close(), truths?.close()]);
  }
  return counts;
}

/** A file of lines; `add` answers false once the block should be flushed. */
async function openLines(path: string) {
  const file = await open(path, "w");
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let used = 0;
  const add = (line: string) => {
    used += block.write(line, used);
    block[used++] = 0x0a;
    return used < BLOCK_BYTES / 2;
  };
  const flush = async () => {
    await file.appendFile(block.subarray(0, used));
    used = 0;
  };
  return { add, flush, close: () => file.close() };
}

function csvLine(row: SyntheticRow): string {
  return columns.map((column) => csvField(row[column])).join(",");
}

function csvField(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return quotable.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// The curve of a growing record as a table, each figure beside what it was at the first size.
import type { RecordFigures } from "./measure.ts";

/** Beyond this, a record that grows has made the service slower. */
const BAR = 1.2;
const WIDTH = 13;

export function tableOf(figures: readonly RecordFigures[]): string {
  const [first] = figures;
  const last = figures.at(-1);
  if (!first || !last) return "";
  const heads = ["checks", "fill rows/s", "group of 64", "checks/s", "ratio", "who asked", "p95 ms", "ratio"];
  let before = 0;
  const curve = figures.map(({ rows, fillSeconds, groupMs, askedMs, asked95Ms }) => {
    const added = rows - before;
    before = rows;
    return line(
      number(rows),
      number(added / fillSeconds),
      `${groupMs.toFixed(2)} ms`,
      number((64 * 1000) / groupMs),
      (groupMs / first.groupMs).toFixed(2),
      `${askedMs.toFixed(2)} ms`,
      asked95Ms.toFixed(2),
      (askedMs / first.askedMs).toFixed(2),
    );
  });
  const { table, key, log, subject, asked } = last.bytes;
  return [
    line(...heads),
    ...curve,
    "",
    line("bytes a row", "table", "key", "log group", "Bloom", "B-tree", "together"),
    line(number(last.rows), ...[table, key, log, subject, asked, table + key + log + subject + asked].map(bytes)),
    "",
    ratio("group statement, largest / smallest record", last.groupMs / first.groupMs),
    ratio("who asked, largest / smallest record", last.askedMs / first.askedMs),
  ].join("\n");
}

function ratio(label: string, value: number): string {
  return `${label.padEnd(44)} ${value.toFixed(2)}   (bar ${BAR})${value <= BAR ? "" : "  MISSED"}`;
}

const line = (...figures: string[]) => figures.map((figure) => figure.padStart(WIDTH)).join("");
const number = (value: number) => Math.round(value).toLocaleString("en");
const bytes = (value: number) => value.toFixed(1);

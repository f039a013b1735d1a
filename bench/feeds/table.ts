// The figures of the feed benchmark as a table, and each ratio beside its bar.
import type { Imported } from "./import-process.ts";
import type { FeedFigures } from "./measure.ts";

const LABEL_WIDTH = 36;
const FIGURE_WIDTH = 12;

export function tableOf(figures: FeedFigures): string {
  const { copySeconds, first, again, delta, second, quietP99Ms, loadedP99Ms } = figures;
  return [
    line("", "rows", "seconds", "rows/s", "peak MiB"),
    line("COPY of what the first load wrote", number(first.rows), seconds(copySeconds), rate(first.rows, copySeconds)),
    importLine("first load", first),
    importLine("the same snapshot again", again),
    importLine("delta: new, changed, removed", delta),
    importLine("a second source, beside checks", second),
    "",
    line("", "p99 ms"),
    line("checks, quiet", quietP99Ms.toFixed(1)),
    line("checks, beside the second source", loadedP99Ms.toFixed(1)),
    "",
    ratio("first load / COPY", first.seconds / copySeconds, 4),
    ratio("the same again / first load", again.seconds / first.seconds, 0.5),
    ratio("delta, s", delta.seconds, 10),
    ratio("peak memory, MiB", first.peakMiB, 1_024),
    ratio("peak memory, all rows / a fifth", first.peakMiB / second.peakMiB, 1.2),
    ratio("check p99, beside a load / quiet", loadedP99Ms / quietP99Ms, 2),
  ].join("\n");
}

function importLine(label: string, { rows, seconds: taken, peakMiB }: Imported): string {
  return line(label, number(rows), seconds(taken), rate(rows, taken), peakMiB.toFixed(0));
}

function ratio(label: string, value: number, bar: number): string {
  const mark = value <= bar ? "" : "  MISSED";
  return `${line(label, value < 100 ? value.toFixed(2) : number(value))}   (bar ${number(bar)})${mark}`;
}

function line(label: string, ...figures: string[]): string {
  return label.padEnd(LABEL_WIDTH) + figures.map((figure) => figure.padStart(FIGURE_WIDTH)).join("");
}

const number = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 2 });
const seconds = (value: number) => value.toFixed(1);
const rate = (rows: number, taken: number) => number(Math.round(rows / taken));

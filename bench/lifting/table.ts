// The figures of the lifting benchmark as a table, and each beside its bar.
import type { LiftingFigures } from "./measure.ts";

const LABEL_WIDTH = 48;
const FIGURE_WIDTH = 12;

export function tableOf(figures: LiftingFigures): string {
  const { removals, sanctions, obligations, events, loadSeconds, notedSeconds, quietP99Ms, besideP99Ms } = figures;
  const missing = sanctions - Math.min(obligations, events);
  return [
    line("listings that one snapshot ends", count(removals)),
    line("sanctions in force on them", count(sanctions)),
    line("lift obligations", count(obligations)),
    line("events for agencies", count(events)),
    line("the load, s", loadSeconds.toFixed(1)),
    line("from its commit to the last obligation, s", notedSeconds.toFixed(1)),
    line("obligations a second", count(Math.round(obligations / Math.max(notedSeconds, 0.001)))),
    line("check p99 quiet, ms", quietP99Ms.toFixed(1)),
    line("check p99 beside load and obligations, ms", besideP99Ms.toFixed(1)),
    "",
    bar("obligations or events that are missing", missing, 0),
    bar("check p99, beside / quiet", besideP99Ms / quietP99Ms, 2),
  ].join("\n");
}

function bar(label: string, value: number, most: number): string {
  return `${line(label, value.toFixed(2))}   (bar ${most})${value <= most ? "" : "  MISSED"}`;
}

function line(label: string, figure: string): string {
  return label.padEnd(LABEL_WIDTH) + figure.padStart(FIGURE_WIDTH);
}

const count = (value: number) => value.toLocaleString("en");

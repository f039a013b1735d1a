// The table of a replay, and every figure in it that is not as it must be.
import { XIAMEN } from "./plan.ts";
import type { Replay, ReplayOptions } from "./year.ts";

const LABEL_WIDTH = 34;
const FIGURE_WIDTH = 12;
const BAR_WIDTH = 40;
const LATENCY_BOUNDS_MS = [5, 10, 20, 50, 100, 200];

type Expected = Pick<ReplayOptions, "records" | "checks" | "hits">;

/** What differs from the expectation, in words; empty when the replay is as it must be. */
export function differences({ lists, asked: { tally }, record }: Replay, { checks, hits }: Expected): string[] {
  const found: [what: string, found: number, expected: number][] = [
    ...lists.map(({ options, rejected, truth }): [string, number, number] => [
      `rejected rows of the ${options.kind} list`,
      rejected,
      truth.rejected,
    ]),
    ["checks", tally.checks, checks],
    ["hits", tally.hits, hits],
    ["false hits", tally.falseHits, 0],
    ["misses", tally.misses, 0],
    ["wrong reviews", tally.wrongReviews, 0],
    ["rows recorded", record.rows, checks],
    ["answers without a row", record.unrecorded, 0],
    ["rows without an answer", record.unanswered, 0],
    ["rows with another outcome", record.different, 0],
  ];
  return found.flatMap(([what, count, expected]) =>
    count === expected ? [] : [`${what}: ${figure(count)} instead of ${figure(expected)}`],
  );
}

export function tableOf({ lists, agencies, asked, record }: Replay, { records }: Expected): string {
  const { tally, seconds, singlesMs, batchesMs } = asked;
  const loadSeconds = lists.reduce((sum, list) => sum + list.seconds, 0);
  const at = (times: number[], share: number) => times[Math.floor(times.length * share)] ?? 0;
  const latency = (times: number[]) => `${at(times, 0.5).toFixed(1)} / ${at(times, 0.99).toFixed(1)}`;
  return [
    row("", "this run", "Xiamen 2018"),
    row("records", records, figure(XIAMEN.records)),
    ...lists.map(({ options, accepted }) => row(`  ${options.kind}, loaded`, accepted)),
    row(
      "  rejected",
      lists.reduce((sum, { rejected }) => sum + rejected, 0),
    ),
    row("load time, s", loadSeconds.toFixed(1)),
    row("  rows/s", Math.round(records / loadSeconds)),
    row("agencies", agencies, figure(XIAMEN.agencies)),
    row("checks", tally.checks, figure(XIAMEN.checks)),
    row("  single", singlesMs.length),
    row("  in batches", tally.checks - singlesMs.length),
    row("batches", batchesMs.length),
    row("hits", tally.hits, figure(XIAMEN.hits)),
    row("reviews", tally.reviews),
    row("false hits", tally.falseHits),
    row("misses", tally.misses),
    row("wrong reviews", tally.wrongReviews),
    row("rows recorded", record.rows),
    row("time of the checks, s", seconds.toFixed(1)),
    row("  checks/s", Math.round(tally.checks / seconds)),
    row("single check, p50 / p99, ms", latency(singlesMs)),
    row("batch, p50 / p99, ms", latency(batchesMs)),
    "",
    "single checks by time of the answer",
    ...bars(singlesMs),
  ].join("\n");
}

function row(label: string, value: number | string, then = ""): string {
  const text = typeof value === "number" ? figure(value) : value;
  return `${label.padEnd(LABEL_WIDTH)}${text.padStart(FIGURE_WIDTH)}${then.padStart(FIGURE_WIDTH + 2)}`;
}

function figure(value: number): string {
  return value.toLocaleString("en");
}

/** Times in classes, each as a bar of its share of all. */
function bars(times: number[]): string[] {
  let below = 0;
  return [...LATENCY_BOUNDS_MS, Infinity].map((bound) => {
    const first = times.findIndex((time) => time > bound);
    const upTo = first < 0 ? times.length : first;
    const share = (upTo - below) / times.length;
    below = upTo;
    const label = bound === Infinity ? `over ${LATENCY_BOUNDS_MS.at(-1)} ms` : `up to ${bound} ms`;
    return `  ${label.padEnd(14)}${(100 * share).toFixed(1).padStart(5)} % ${"█".repeat(Math.round(share * BAR_WIDTH))}`;
  });
}

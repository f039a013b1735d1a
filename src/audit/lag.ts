// How far the public log is behind what was committed: watched by every process, because an answer whose proof may never
// come is not given.
import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { Gauge, type Registry } from "../platform/metrics.ts";
import { listCosignedSizes } from "./cosignature-queries.ts";
import { readLag } from "./log-queries.ts";

/** From here on operators are told. */
export const LAG_SECONDS_TOLD = 5;
/** From here on checks stop. */
export const LAG_SECONDS_MAX = 60;
const LOOK_MS = 1_000;

export type LagWatch = {
  /** Seconds that the oldest entry has waited for its checkpoint. */
  seconds: () => number;
  stop: () => void;
};

/** `witnesses` by their names in the log's tables. */
export function watchLag(sql: Sql, registry: Registry, witnesses: readonly string[] = []): LagWatch {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const lag = gauge(
    "shixin_log_lag_seconds",
    "Age of the oldest entry that no checkpoint covers; a load's do not count",
  );
  const unpublished = gauge("shixin_log_unpublished_entries", "Entries that have no index yet");
  const size = gauge("shixin_tlog_tree_size", "Entries of the public log");
  const unwitnessed = new Gauge({
    name: "shixin_log_unwitnessed_entries",
    help: "Entries that this witness has not cosigned",
    labelNames: ["witness"],
    registers: [registry],
  });
  let seconds = 0;
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const reading = Promise.all([readLag(sql), listCosignedSizes(sql, witnesses)]);
      const late = () => new Error("the database did not answer in time");
      const [found, cosigned] = await withDeadline(reading, LOOK_MS, late);
      seconds = found.seconds;
      lag.set(found.seconds);
      unpublished.set(found.waiting);
      size.set(found.size);
      for (const { witness, size } of cosigned) unwitnessed.set({ witness }, found.size - size);
    } catch {
      // Without the database there are no checks either, and readiness says so by itself.
    } finally {
      looking = false;
    }
  }

  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  void look();
  return { seconds: () => seconds, stop: () => clearInterval(timer) };
}

/**
 * For a start: what was committed while nobody sequenced, by a command say, would stop the first checks by its age.
 * Returns when the log has taken it in, or after the time for which checks go on without.
 */
export async function catchUp(sql: Sql): Promise<void> {
  const until = performance.now() + LAG_SECONDS_MAX * 1_000;
  while ((await readLag(sql)).seconds > LAG_SECONDS_TOLD && performance.now() < until) await pause(LOOK_MS / 4);
}

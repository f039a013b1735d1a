// What operators see of notices: how many removals some agency has not acknowledged, and how many of those are late.
import type { Database } from "../../platform/database.ts";
import { Gauge, type Registry } from "../../platform/metrics.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { countUnacknowledged } from "./notice-queries.ts";

/** Read when the metrics are; a database that does not answer leaves it out. */
export function watchNotices(registry: Registry, { db, now }: { db: Database; now: Now }): void {
  const removals = new Gauge({
    name: "shixin_removals_unacknowledged",
    help: "Removals that an agency was told of and has not acknowledged",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      this.reset();
      const counted = await countUnacknowledged(db, shanghaiDate(now())).catch(() => null);
      if (!counted) return;
      removals.set({ state: "open" }, counted.open);
      removals.set({ state: "overdue" }, counted.overdue);
      removals.set({ state: "due_unknown" }, counted.dueUnknown);
    },
  });
}

// What operators see of feedback: what agencies still owe, and how much of it is overdue.
import type { Database } from "../platform/database.ts";
import { Gauge, type Registry } from "../platform/metrics.ts";
import { type Now, shanghaiDate } from "../platform/time.ts";
import { countOpenTasks } from "./task-queries.ts";

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchFeedback(registry: Registry, { db, now }: { db: Database; now: Now }): void {
  const tasks = new Gauge({
    name: "shixin_feedback_tasks",
    help: "Hits that no agency has reported on yet: all, and those overdue",
    labelNames: ["state"],
    registers: [],
    async collect() {
      this.reset();
      const counts = await countOpenTasks(db, shanghaiDate(now())).catch(() => null);
      if (!counts) return;
      this.set({ state: "open" }, counts.open);
      this.set({ state: "overdue" }, counts.overdue);
    },
  });
  registry.registerMetric(tasks);
}

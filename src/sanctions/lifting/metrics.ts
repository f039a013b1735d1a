// What operators see of lifting: what is owed, how much of it is overdue, and of how much nobody can say yet.
import type { Database } from "../../platform/database.ts";
import { Gauge, type Registry } from "../../platform/metrics.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import { countOpenObligations } from "./obligation-queries.ts";

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchLifting(registry: Registry, { db, now }: { db: Database; now: Now }): void {
  const obligations = new Gauge({
    name: "shixin_lift_obligations",
    help: "Sanctions that have lost their ground and are not lifted: all, those overdue, and those without a last day",
    labelNames: ["state"],
    registers: [],
    async collect() {
      this.reset();
      const counts = await countOpenObligations(db, shanghaiDate(now())).catch(() => null);
      if (!counts) return;
      this.set({ state: "open" }, counts.open);
      this.set({ state: "overdue" }, counts.overdue);
      this.set({ state: "due_unknown" }, counts.dueUnknown);
    },
  });
  registry.registerMetric(obligations);
}

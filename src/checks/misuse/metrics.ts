// What operators see of the watch: alerts that wait, and those that somebody looks into.
import type { Database } from "../../platform/database.ts";
import { Gauge, type Registry } from "../../platform/metrics.ts";
import { countAlerts } from "./queries.ts";

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchMisuse(registry: Registry, { db }: { db: Database }): void {
  const alerts = new Gauge({
    name: "shixin_misuse_alerts",
    help: "Alerts on unusual checks that are not closed",
    labelNames: ["rule", "state"],
    registers: [],
    async collect() {
      this.reset();
      for (const { rule, state, alerts } of await countAlerts(db).catch(() => [])) this.set({ rule, state }, alerts);
    },
  });
  registry.registerMetric(alerts);
}

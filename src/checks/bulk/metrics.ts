// What operators see of files of questions: how many wait or are being asked.
import type { Database } from "../../platform/database.ts";
import { Gauge, type Registry } from "../../platform/metrics.ts";
import { countOpenByState } from "./queries.ts";

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchBulk(registry: Registry, { db }: { db: Database }): void {
  const files = new Gauge({
    name: "shixin_bulk_checks",
    help: "Files of questions that are not over, by state",
    labelNames: ["state"],
    registers: [],
    async collect() {
      this.reset();
      const counts = await countOpenByState(db).catch(() => []);
      for (const { state, files: count } of counts) this.set({ state }, count);
    },
  });
  registry.registerMetric(files);
}

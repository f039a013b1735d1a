// What operators see of watches: how many are live.
import type { Database } from "../../platform/database.ts";
import { Gauge, type Registry } from "../../platform/metrics.ts";
import { countLive } from "./queries.ts";

/** Read when the metrics are; a database that does not answer leaves it out. */
export function watchWatches(registry: Registry, { db }: { db: Database }): void {
  const watches = new Gauge({
    name: "shixin_watches",
    help: "Live watches of all agencies",
    registers: [registry],
    async collect() {
      this.reset();
      const live = await countLive(db).catch(() => null);
      if (live !== null) watches.set(live);
    },
  });
}

// What operators see of the record's partitions: how far they are made, and what found none.
import type { Database } from "../../platform/database.ts";
import { Gauge, type Registry } from "../../platform/metrics.ts";
import type { Now } from "../../platform/time.ts";
import { countRest } from "./month-queries.ts";
import { countMonthsAhead } from "./months.ts";

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchMonths(registry: Registry, { db, now }: { db: Database; now: Now }): void {
  const watch = (name: string, help: string, read: () => Promise<number>) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        async collect() {
          this.reset();
          const value = await read().catch(() => null);
          if (value !== null) this.set(value);
        },
      }),
    );
  watch("shixin_check_months_ahead", "Months of the record of checks made beyond the present one", () =>
    countMonthsAhead(db, now()),
  );
  watch("shixin_check_rest_rows", "Checks that no month of the record was there for", () => countRest(db));
}

// What operators see of deliveries: how they end and how long they take, what waits, and which endpoints are disabled.
import type { Database } from "../../platform/database.ts";
import { Counter, Gauge, Histogram, type Registry } from "../../platform/metrics.ts";
import type { Now } from "../../platform/time.ts";
import { readBacklog } from "./delivery-queries.ts";
import { countByState } from "./endpoint-queries.ts";
import type { Attempt } from "./retry.ts";

export type DeliveryMetrics = { observe: (attempt: Attempt) => void };

export function createDeliveryMetrics(registry: Registry): DeliveryMetrics {
  const attempts = new Counter({
    name: "shixin_webhook_deliveries_total",
    help: "Attempts to deliver an event, by what came of them",
    labelNames: ["outcome"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "shixin_webhook_delivery_duration_seconds",
    help: "From the look-up of the host to the answer",
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 3, 15],
    registers: [registry],
  });
  return {
    observe({ outcome, ms }) {
      attempts.inc({ outcome });
      durations.observe(ms / 1_000);
    },
  };
}

/** Read when the metrics are; a database that does not answer leaves them out. */
export function watchWebhooks(registry: Registry, { db, now }: { db: Database; now: Now }): void {
  const gauge = (name: string, help: string, labelNames: string[], read: (gauge: Gauge) => Promise<void>) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        await read(this).catch(() => this.reset());
      },
    });
  gauge("shixin_webhook_endpoints", "Endpoints by state and reason", ["state", "reason"], async (endpoints) => {
    for (const { endpoints: n, ...labels } of await countByState(db)) endpoints.set(labels, n);
  });
  gauge("shixin_webhook_pending_deliveries", "What enabled endpoints are still to be told", [], async (pending) => {
    const { deliveries } = await readBacklog(db, now());
    pending.set(deliveries);
  });
  gauge("shixin_webhook_oldest_pending_seconds", "For how long the oldest of them waits", [], async (age) => {
    const { oldest } = await readBacklog(db, now());
    age.set(oldest === null ? 0 : (now().getTime() - oldest.getTime()) / 1_000);
  });
}

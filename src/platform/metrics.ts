// The registry of Prometheus metrics; modules make their own in it. Where several processes serve, whichever is asked
// answers for all of them.
import cluster from "node:cluster";
import { AggregatorRegistry, collectDefaultMetrics, Registry } from "prom-client";

export { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** What every process reads from the same tables: the largest is the latest, a sum would count it several times. */
const SHARED_GAUGES = /^shixin_/;
const ANSWER_MS_MAX = 6_000;

type Question = { metricsFor: number };
type Answer = { metricsOf: number; text: string | null };

/** Made at once: a process that is asked before it serves has counted nothing, and says so. */
const aggregator = new AggregatorRegistry();

export function createMetricsRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** The text of all metrics: of every process together where there are several. */
export async function readMetrics(registry: Registry): Promise<string> {
  return (cluster.isWorker ? await askPrimary() : null) ?? registry.metrics();
}

/** In the process that started the others: answers each of them with what all count together. */
export function answerMetrics(): void {
  cluster.on("message", (worker, message: Partial<Question>) => {
    const { metricsFor } = message;
    if (metricsFor === undefined) return;
    void aggregator
      .clusterMetrics()
      .catch(() => null)
      .then((text) => worker.isConnected() && worker.send({ metricsOf: metricsFor, text } satisfies Answer));
  });
}

/** Makes what this process counts known to the primary. */
export function shareMetrics(registry: Registry): void {
  if (!cluster.isWorker) return;
  AggregatorRegistry.setRegistries(registry);
  for (const metric of registry.getMetricsAsArray())
    if (SHARED_GAUGES.test(metric.name) && String(metric.type) === "gauge") Reflect.set(metric, "aggregator", "max");
}

let questions = 0;

/** Null where the primary does not answer in time: one's own are better than none. */
function askPrimary(): Promise<string | null> {
  const metricsFor = ++questions;
  return new Promise((resolve) => {
    const give = (text: string | null) => {
      clearTimeout(timer);
      process.off("message", listen);
      resolve(text);
    };
    const listen = (message: Partial<Answer>) => message.metricsOf === metricsFor && give(message.text ?? null);
    const timer = setTimeout(() => give(null), ANSWER_MS_MAX);
    process.on("message", listen);
    process.send?.({ metricsFor } satisfies Question);
  });
}

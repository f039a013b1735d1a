// Webhooks: what an agency is told goes to its own endpoints, signed, in order, and until it has arrived.
export { createDeliveryMetrics, watchWebhooks } from "./metrics.ts";
export { webhookOperations } from "./operations.ts";
export { RETENTION_DAYS } from "./retention.ts";
export { webhookRoutes } from "./routes.ts";
export { createSender } from "./sender.ts";
export type { Targets } from "./target.ts";
export { startDeliveries } from "./worker.ts";

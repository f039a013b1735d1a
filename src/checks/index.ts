// The check: one statement that reads the register, writes the record and answers.
export { type Checker, createChecker } from "./check.ts";
export { createHotConnection, type HotConnection } from "./connection.ts";
export { createCheckMetrics } from "./metrics.ts";
export { checkOperations, checkRoutes } from "./routes.ts";

// The check: one statement that reads the register, writes the record and answers.
export { type Checker, createChecker } from "./check.ts";
export { checkSource } from "./entry-source.ts";
export { createHotConnection, type HotConnection } from "./connection.ts";
export { type Erasure, eraseChecksBefore, eraseChecksById } from "./erasure.ts";
export { createCheckMetrics } from "./metrics.ts";
export { type GivenParty, readReceiptFile, type ReceiptTrust } from "./receipt-reading.ts";
export { addRecordCommand } from "./record-command.ts";
export { replayOperations, replayRoutes } from "./replay/routes.ts";
export { checkOperations, checkRoutes } from "./routes.ts";

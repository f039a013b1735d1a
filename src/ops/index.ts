// What operators see and run: health, metrics, documentation, the first run.
export { startBackground } from "./background.ts";
export { documentationRoutes, openApiDocument } from "./documentation.ts";
export { healthRoutes } from "./health.ts";
export { operatorOperations } from "./operator/operations.ts";
export { operatorPages, operatorRoutes } from "./operator/routes.ts";
export { registerKeyRingCommands } from "./key-ring-command.ts";
export { registerLogCommands } from "./log-command.ts";
export { prepareDemonstration } from "./demonstration.ts";
export { addRetentionCommand } from "./retention-command.ts";
export { describeRepeats, isRepeatable } from "./repeatable.ts";
export { problemPages } from "./problem-pages.ts";
export { keyRingPathOf, migrateRegister, openDatabase, openRuntime, type Runtime } from "./runtime.ts";
export { isWorker, startWorkers, tellServing } from "./workers.ts";
export { registerWitnessCommand } from "./witness-command.ts";

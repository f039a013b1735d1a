// The watch over checks: what is unusual is noticed, told, looked into by a person, and can hold a key back.
export { addCanaryCommand } from "./command.ts";
export { watchMisuse } from "./metrics.ts";
export { misuseOperations } from "./operations.ts";
export { misuseRoutes } from "./routes.ts";
export { defaultMisuseSettings, MisuseSettings } from "./rules.ts";
export { createSequenceWatch, type SequenceWatch } from "./sequence-watch.ts";
export { startMisuseWatch } from "./watch.ts";

// Watches: an agency is told when a party comes onto a list and off it.
export { addWatchCommand } from "./command.ts";
export { sweepWatches, watchFollower } from "./following.ts";
export { watchWatches } from "./metrics.ts";
export { watchOperations } from "./operations.ts";
export { watchRoutes } from "./routes.ts";
export { startWatches } from "./worker.ts";

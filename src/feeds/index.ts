// Feeds: the files of published lists, and how one becomes part of the register.
export { addFeedCommand } from "./command.ts";
export { readDifference } from "./difference.ts";
export { describeFinding } from "./finding.ts";
export { defaultThresholds, GateSettings } from "./gate.ts";
export { importFile, type ImportRequest, type LoadPhase, type LoadProgress } from "./load.ts";
export { type Manifest, readManifest } from "./manifest.ts";
export { findLoad, listLoads, type LoadRow } from "./queries.ts";
export { type RejectionCode, rejectionReasons } from "./rejection.ts";
export { discardLoad, releaseLoad } from "./release.ts";
export { rollbackLoad } from "./rollback.ts";
export type { LoadCounts, LoadMode } from "./schema.ts";
export { loadOperations } from "./operations.ts";
export { loadRoutes, type LoadRoutesOptions } from "./routes.ts";
export { findStrayLoad } from "./stray-load.ts";
export { changeSource, type SourceChange } from "./source.ts";
export { type Load, viewLoad } from "./view.ts";
export { type LoadWorker, startLoadWorker } from "./worker.ts";

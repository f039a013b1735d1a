// Feeds: the files of published lists, and how one becomes part of the register.
export { importFile, type ImportRequest, type Load, type LoadPhase, type LoadProgress } from "./load.ts";
export { findLoad, listLoads, type LoadMode, type LoadRow } from "./queries.ts";
export { type RejectionCode, rejectionReasons } from "./rejection.ts";
export type { LoadCounts } from "./schema.ts";

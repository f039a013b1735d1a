// The record of checks as a series of months: made ahead, indexed when they are over, given up when their time has come.
export { startRecordKeeper } from "./keeper.ts";
export { watchMonths } from "./metrics.ts";
export { makeMonths } from "./months.ts";
export { previewRetention, type Retention, retainRecords } from "./retention.ts";
export { type Holding, readGivenUpUntil } from "./retention-queries.ts";
export { defaultRetention, keptFrom, RetentionSettings } from "./retention-settings.ts";

// Notices: who is told that a listing ended or changed, who has acknowledged it, and what is to be taken down elsewhere.
export { watchNotices } from "./metrics.ts";
export { addNoticeCommands } from "./command.ts";
export { acknowledgedByLiftAt, listToldOfRemovals, type ToldAgency } from "./notice-queries.ts";
export { noticeOperations, noticeRoutes } from "./routes.ts";
export { ClearLookback, defaultNoticeSettings, type NoticeSettings } from "./settings.ts";
export { noticeFollower, type NoticeOptions, tellOfTermsOver } from "./telling.ts";
export { startNotices } from "./worker.ts";

// Statistics: figures of agencies, courts and the register by month, and what they come to in points.
export { addStatisticsCommands } from "./command.ts";
export { type DayCloser, startDayCloser } from "./day-closer.ts";
export { getOpen as readOpenStatisticsOperation, statisticsOperations } from "./operations.ts";
export type { OpenStatisticsAnswer } from "./resource.ts";
export { type AgencyUsage, readUsage } from "./usage.ts";
export { statisticsRoutes } from "./routes.ts";

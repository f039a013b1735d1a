// Statistics: figures of agencies, courts and the register by month, and what they come to in points.
export { startDayCloser } from "./day-closer.ts";

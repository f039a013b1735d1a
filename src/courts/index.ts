// The courts' time and authority: working calendar, clocks, who may act.
export { type Authority, type Delegation, hasAuthority, type Staff, type StaffRole, staffRoles } from "./authority.ts";
export { alignClocks, type ImportedNotice, importNotice, readCalendar, readCalendarFor } from "./calendar.ts";
export { type Clock, clockOf, type ClockState, clockState, lastDayOf, recomputeClocks } from "./clock.ts";
export { type ClockKind, clockKinds, type ClockName, type Period } from "./clock-kinds.ts";
export { addClockCommands } from "./clock-command.ts";
export { watchClocks } from "./clock-metrics.ts";
export { type ClockRow, listClocksOf } from "./clock-queries.ts";
export { type ClockStart, readOverdue, startClock, stopClocks } from "./clock-record.ts";
export { ClockView, clockView } from "./clock-view.ts";
export { type HolidayNotice, parseHolidayNotice, shippedNotices } from "./holiday-notice.ts";
export { enforcementOpinion, limitRule, listRule, workingRule } from "./law.ts";
export {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  calendarOf,
  CalendarUnknown,
  calendarVersion,
  isWorkingDay,
  knownThrough,
  workingDaysBetween,
  type WorkingCalendar,
} from "./working-calendar.ts";

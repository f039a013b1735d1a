// The courts' time and authority: working calendar, clocks, who may act.
export { type Authority, type Delegation, hasAuthority, type Staff, type StaffRole, staffRoles } from "./authority.ts";
export { type Clock, clockOf, type ClockState, clockState, lastDayOf, recomputeClocks } from "./clock.ts";
export { type ClockKind, clockKinds, type ClockName, type Period } from "./clock-kinds.ts";
export { type HolidayNotice, parseHolidayNotice, shippedNotices } from "./holiday-notice.ts";
export { enforcementOpinion, limitRule, listRule, workingRule } from "./law.ts";
export {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  calendarOf,
  CalendarUnknown,
  isWorkingDay,
  knownThrough,
  workingDaysBetween,
  type WorkingCalendar,
} from "./working-calendar.ts";

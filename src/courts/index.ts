// The courts: who they are, who acts for them and how far, and their time.
export { COURT_KEY, courtOfficers, courtReaders, type CourtScope, courtScopes } from "./access.ts";
export { forCourt, type Security, STAFF_SESSION } from "./access.ts";
export { createAccount, createPasswordHasher, enrolAtOnce, SESSION_COOKIE } from "./accounts/index.ts";
export { auditNameOf, type CourtActor, staffOf, systemActor } from "./actor.ts";
export { type Authority, type Delegation, hasAuthority, type Staff, type StaffRole, staffRoles } from "./authority.ts";
export { type Clock, clockOf, type ClockState, clockState, lastDayOf, recomputeClocks } from "./clock.ts";
export { type ClockKind, clockKinds, type ClockName, type Period } from "./clock-kinds.ts";
export { addCourtCommands } from "./command.ts";
export { importCourts, parseCourtFile, seedCourts } from "./court.ts";
export { findCourt, listCourts, listCourtsNamed, type NamedCourt } from "./court-queries.ts";
export { createDoor, type Door, type SignedIn } from "./door.ts";
export { type HolidayNotice, parseHolidayNotice, shippedNotices } from "./holiday-notice.ts";
export { handlingCourt, type Jurisdiction, jurisdictionOf } from "./jurisdiction.ts";
export { requireJurisdiction, visibleCourts } from "./jurisdiction.ts";
export { enforcementOpinion, limitRule, listRule, workingRule } from "./law.ts";
export { addCalendarDays, addMonths, addWorkingDays, calendarOf, CalendarUnknown } from "./working-calendar.ts";
export { isWorkingDay, knownThrough, workingDaysBetween, type WorkingCalendar } from "./working-calendar.ts";
export { courtOperations, courtRoutes } from "./routes.ts";

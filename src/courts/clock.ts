// A deadline as it runs: its last day by the calendar, its state at an instant, and its last day again when the calendar changes.
import { shanghaiDate } from "../platform/time.ts";
import { clockKinds, type ClockName } from "./clock-kinds.ts";
import {
  addCalendarDays,
  addMonths,
  addWorkingDays,
  afterRest,
  CalendarUnknown,
  type WorkingCalendar,
} from "./working-calendar.ts";

export type Clock = {
  kind: ClockName;
  /** When the reason arose or reached the court, not when somebody entered it. This day is not counted. */
  startedOn: string;
  /** Null while the calendar of that time is not known: the clock runs, and its end waits for the notice. */
  dueOn: string | null;
};

export type ClockState = "running" | "due_unknown" | "stopped_in_time" | "stopped_late" | "overdue" | "elapsed";

/** A clock that starts now. `statedDay` is the last day as the paper names it, for the kinds that have one. */
export function clockOf(kind: ClockName, startedOn: string, calendar: WorkingCalendar, statedDay?: string): Clock {
  if ((statedDay !== undefined) !== isStated(kind))
    throw new TypeError(`a clock of kind ${kind} ${isStated(kind) ? "needs" : "takes no"} stated day`);
  return { kind, startedOn, dueOn: statedDay ?? dueOrUnknown(kind, startedOn, calendar) };
}

/** The last day of a limit that began on `startedOn`; throws `CalendarUnknown` where no notice says. */
export function lastDayOf(kind: ClockName, startedOn: string, calendar: WorkingCalendar): string {
  const { period } = clockKinds[kind];
  switch (period.unit) {
    case "working_days":
      return addWorkingDays(calendar, startedOn, period.count);
    case "calendar_days":
      return addCalendarDays(calendar, startedOn, period.count);
    case "months":
      return afterRest(calendar, addMonths(startedOn, period.count));
    case "stated":
      throw new TypeError(`the last day of a clock of kind ${kind} is stated`);
  }
}

/** The clocks whose last day is another one by this calendar, with that day; those on which papers state it stay. */
export function recomputeClocks<C extends Clock>(clocks: readonly C[], calendar: WorkingCalendar): C[] {
  return clocks.flatMap((clock) => {
    if (isStated(clock.kind)) return [];
    const dueOn = dueOrUnknown(clock.kind, clock.startedOn, calendar);
    return dueOn === clock.dueOn ? [] : [{ ...clock, dueOn }];
  });
}

/** A clock's state at an instant. The last day counts whole, to its midnight in Shanghai. */
export function clockState({ kind, dueOn }: Clock, stoppedAt: Date | null, at: Date): ClockState {
  if (dueOn === null) return "due_unknown";
  const stopped = stoppedAt !== null && stoppedAt <= at;
  const passed = shanghaiDate(stopped ? stoppedAt : at) > dueOn;
  if (stopped) return passed ? "stopped_late" : "stopped_in_time";
  if (!passed) return "running";
  return clockKinds[kind].runsFor === "duty" ? "overdue" : "elapsed";
}

function isStated(kind: ClockName): boolean {
  return clockKinds[kind].period.unit === "stated";
}

function dueOrUnknown(kind: ClockName, startedOn: string, calendar: WorkingCalendar): string | null {
  try {
    return lastDayOf(kind, startedOn, calendar);
  } catch (error) {
    if (error instanceof CalendarUnknown) return null;
    throw error;
  }
}

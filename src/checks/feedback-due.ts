// The last day for feedback on what a check finds: working days from today, by the calendar that this process knows.
import { findPurpose } from "../agencies/index.ts";
import { addWorkingDays, calendarVersion, CalendarUnknown } from "../courts/index.ts";
import { readCalendar, readCalendarFor, type WorkingCalendar } from "../courts/index.ts";
import type { Database, Transaction } from "../platform/database.ts";
import { withDeadline } from "../platform/deadline.ts";
import { AppError } from "../platform/error.ts";
import { type Now, shanghaiDate } from "../platform/time.ts";
import { listTaskDays, moveTasks } from "./task-queries.ts";

/** A new notice is seen after this time: it says when an answer is owed, and nothing about who is listed. */
const CALENDAR_MS = 60_000;
const READING_MS_MAX = 3_000;

export type FeedbackDue = {
  /** The `days`-th working day from today; null where the calendar does not reach that far. */
  dueOn: (days: number) => Promise<string | null>;
};

export function createFeedbackDue({ db, now }: { db: Database; now: Now }): FeedbackDue {
  let known: { calendar: WorkingCalendar; readAtMs: number; lastDays: Map<string, string | null> } | null = null;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const calendar = await readCalendar(db);
    // Whichever process sees a new notice first corrects what was opened by the old one.
    if (known !== null && calendarVersion(known.calendar) !== calendarVersion(calendar))
      await db.transaction((tx) => alignFeedbackTasks(tx, shanghaiDate(now())));
    known = { calendar, readAtMs: performance.now(), lastDays: new Map() };
  }

  function readOnce(): Promise<void> {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  return {
    async dueOn(days) {
      const late = () => new AppError("register-unavailable", { retryAfterSeconds: 1 });
      if (known === null) await withDeadline(readOnce(), READING_MS_MAX, late);
      // Nobody waits for a calendar while another is known.
      else if (performance.now() - known.readAtMs > CALENDAR_MS) readOnce().catch(() => {});
      if (known === null) return null;
      const { calendar, lastDays } = known;
      const today = shanghaiDate(now());
      // Counting costs 10 µs and is the same for every check of a day.
      const place = `${today} ${days}`;
      const found = lastDays.get(place) ?? lastDay(calendar, today, days);
      lastDays.set(place, found);
      return found;
    },
  };
}

/** Moves the last day of every task that is not due yet, or has none, to what the calendar says now. */
export async function alignFeedbackTasks(tx: Transaction, today: string): Promise<number> {
  const calendar = await readCalendarFor(tx);
  const days = (await listTaskDays(tx, today)).map(({ openedOn, purpose }) => {
    const within = findPurpose(purpose)?.feedbackWithinWorkingDays ?? 0;
    return { openedOn, purpose, dueOn: lastDay(calendar, openedOn, within) };
  });
  return days.length === 0 ? 0 : moveTasks(tx, today, days);
}

function lastDay(calendar: WorkingCalendar, from: string, days: number): string | null {
  try {
    return addWorkingDays(calendar, from, days);
  } catch (error) {
    if (error instanceof CalendarUnknown) return null;
    throw error;
  }
}

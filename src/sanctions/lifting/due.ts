// By when agencies act: working days of the purpose from the day on which they were told, or unknown past the calendar.
import { findPurpose, type Purpose } from "../../agencies/index.ts";
import { addWorkingDays, CalendarUnknown, readCalendarFor, type WorkingCalendar } from "../../courts/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { type Duty, listOpenDays, moveDue } from "./due-queries.ts";

const daysOf: Record<Duty, (purpose: Purpose) => number> = {
  lift: ({ liftWithinWorkingDays }) => liftWithinWorkingDays,
  // Whoever looks at a refusal again looks at the matter as they did at the hit.
  review: ({ feedbackWithinWorkingDays }) => feedbackWithinWorkingDays,
};

/** Null where the calendar does not reach that far: a day is never guessed. */
export function dueDate(calendar: WorkingCalendar, duty: Duty, notedOn: string, purposeCode: string): string | null {
  const purpose = findPurpose(purposeCode);
  if (!purpose) return null;
  try {
    return addWorkingDays(calendar, notedOn, daysOf[duty](purpose));
  } catch (error) {
    if (error instanceof CalendarUnknown) return null;
    throw error;
  }
}

/** Gives whatever is open the last day that today's calendar says: a holiday notice may have come since. */
export async function alignDueDates(tx: Transaction): Promise<number> {
  const calendar = await readCalendarFor(tx);
  const moved = (await listOpenDays(tx)).flatMap((open) => {
    // Of a purpose that the catalogue has no more, the day that was told stands.
    if (!findPurpose(open.purpose)) return [];
    const dueOn = dueDate(calendar, open.duty, open.notedOn, open.purpose);
    return dueOn === open.dueOn ? [] : [{ ...open, dueOn }];
  });
  let rows = 0;
  for (const one of moved) rows += await moveDue(tx, one);
  return rows;
}

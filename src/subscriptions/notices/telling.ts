// Telling agencies of changes: whoever was shown a listing learns of its end and of its correction, once a change; what was
// published elsewhere is to be taken down.
import { findPurpose, purposeCodes } from "../../agencies/index.ts";
import { appendAudit } from "../../audit/index.ts";
import { addWorkingDays, CalendarUnknown, readCalendarFor, type WorkingCalendar } from "../../courts/index.ts";
import { appendEventsOf } from "../../events/index.ts";
import type { Transaction } from "../../platform/database.ts";
import { uuidAt } from "../../platform/id.ts";
import { addDays, type Now, shanghaiDate } from "../../platform/time.ts";
import { holdFollower, type RegisterFollower, type Stretch } from "../../registry/index.ts";
import type { NoticeSettings } from "./settings.ts";
import { cancelTakeDowns, openTakeDowns, tellOfTakeDowns } from "./take-down.ts";
import {
  allowMinutes,
  countTold,
  eventsOfStretch,
  eventsOfTermsOver,
  insertOfClear,
  insertOfReinstated,
  insertOfShown,
  insertOfTermsOver,
  type PurposeDue,
  supersedeEarlier,
} from "./telling-queries.ts";

const FOLLOWER = "notices";
const ACTOR = "system:notices";
/**
 * A check that began before a removal may be written after it. It is answered within three seconds or never
 * (`src/checks/connection.ts`), so that after five every answer that showed the listing is there to be found.
 */
const SETTLE_MS = 5_000;

export type NoticeOptions = { settings: NoticeSettings; now: Now };

export function noticeFollower({ settings, now }: NoticeOptions): RegisterFollower {
  return {
    name: FOLLOWER,
    settleMs: SETTLE_MS,
    follow: (tx, stretch) => tellOfChanges(tx, stretch, settings, now()),
  };
}

async function tellOfChanges(tx: Transaction, stretch: Stretch, settings: NoticeSettings, now: Date): Promise<void> {
  await allowMinutes(tx);
  const today = shanghaiDate(now);
  const shown = { dueOn: await readDues(tx, today), days: settings.lookbackDays };
  await insertOfShown(tx, stretch, shown);
  await insertOfReinstated(tx, stretch);
  await tellPastAskers(tx, stretch, settings, today);
  await supersedeEarlier(tx, stretch);
  await cancelTakeDowns(tx, stretch, now);
  const tasks = await openTakeDowns(tx, stretch, today);
  const notices = await countTold(tx, stretch);
  if (notices + tasks.length > 0) {
    const detail = { after: stretch.after, upTo: stretch.upTo, notices, takeDowns: tasks.length };
    await appendAudit(tx, { actor: ACTOR, action: "notice.tell", subject: `register_${stretch.upTo}`, detail });
  }
  await appendEventsOf(tx, notices, eventsOfStretch(stretch));
  await tellOfTakeDowns(tx, tasks);
}

async function tellPastAskers(
  tx: Transaction,
  stretch: Stretch,
  { clearLookback }: NoticeSettings,
  today: string,
): Promise<void> {
  const purposes = Object.entries(clearLookback).flatMap(([purpose, days]) =>
    days === undefined ? [] : [{ purpose, days }],
  );
  if (purposes.length === 0) return;
  const longest = Math.max(...purposes.map(({ days }) => days));
  const since = uuidAt(new Date(`${addDays(today, 0 - longest - 1)}T00:00:00+08:00`));
  await insertOfClear(tx, stretch, { purposes, since });
}

/** A term ends at midnight by itself: whoever was shown the listing learns of it then, whenever its row is ended. */
export async function tellOfTermsOver(tx: Transaction, settings: NoticeSettings, now: Date): Promise<number> {
  await allowMinutes(tx);
  // Until the commit the end of such a row waits, which would be told as an end of its own.
  await holdFollower(tx, FOLLOWER);
  const today = shanghaiDate(now);
  const shown = { dueOn: await readDues(tx, today), days: settings.lookbackDays };
  const notices = await insertOfTermsOver(tx, today, shown);
  if (notices === 0) return 0;
  const detail = { notices, lastDayBefore: today };
  await appendAudit(tx, { actor: ACTOR, action: "notice.tell", subject: "terms_over", detail });
  await appendEventsOf(tx, notices, eventsOfTermsOver());
  return notices;
}

/** By purpose, the last day for acknowledging what is told today: the days that it leaves for lifting. */
async function readDues(tx: Transaction, today: string): Promise<PurposeDue[]> {
  const calendar = await readCalendarFor(tx);
  return purposeCodes.map((purpose) => {
    return { purpose, dueOn: dueOrUnknown(calendar, today, findPurpose(purpose)?.liftWithinWorkingDays ?? 0) };
  });
}

function dueOrUnknown(calendar: WorkingCalendar, today: string, days: number): string | null {
  try {
    return addWorkingDays(calendar, today, days);
  } catch (error) {
    if (error instanceof CalendarUnknown) return null;
    throw error;
  }
}

// Lifting follows the register: what a change means for sanctions is noted in the transaction that remembers the change.
// Once a day everything in force is compared as well, because terms and sanctions end without any change.
import { setTimeout as pause } from "node:timers/promises";
import { appendAudit } from "../../audit/index.ts";
import { appendEvents, type NewEvent } from "../../events/index.ts";
import type { Database, Transaction } from "../../platform/database.ts";
import type { Logger } from "../../platform/log.ts";
import { type Now, shanghaiDate, systemNow } from "../../platform/time.ts";
import { type RegisterFollower, startFollower, type Stretch } from "../../registry/index.ts";
import { lockDay, setDay } from "./day-queries.ts";
import { alignDueDates } from "./due.ts";
import { listActiveSanctions, listTouchedSanctions } from "./evidence-queries.ts";
import { type Settled, settleSanctions, SLICE_ROWS } from "./settle.ts";

/** A change may touch a score of sanctions: a step holds them for about a second. */
const CHANGES_MAX = 500;
const DAY_LOOK_MS = 30_000;
const ACTOR = "system:lifting";

export function liftingFollower({ now = systemNow }: { now?: Now } = {}): RegisterFollower {
  return {
    name: "lifting",
    changesMax: CHANGES_MAX,
    async follow(tx, stretch) {
      const ids = await listTouchedSanctions(tx, stretch);
      const settled: Settled[] = [];
      for (let from = 0; from < ids.length; from += SLICE_ROWS)
        settled.push(await settleSanctions(tx, ids.slice(from, from + SLICE_ROWS), now()));
      await tell(tx, `register_position_${stretch.upTo}`, settled, stretch);
    },
  };
}

/** One slice of today's comparison; false when the day is done, or another process is at it. */
export async function compareToday(db: Database, now: Date): Promise<boolean> {
  const today = shanghaiDate(now);
  return db.transaction(async (tx) => {
    const place = await lockDay(tx, today);
    if (!place) return false;
    const ids = await listActiveSanctions(tx, place.after, SLICE_ROWS);
    const settled = ids.length > 0 ? [await settleSanctions(tx, ids, now)] : [];
    const isDone = ids.length < SLICE_ROWS;
    if (isDone) await alignDueDates(tx);
    await setDay(tx, today, isDone ? null : (ids.at(-1) ?? null));
    await tell(tx, `lifting_day_${today}`, settled, null);
    return !isDone;
  });
}

/** The last step of the transaction: what was noted, for the trail, and for the agencies. */
async function tell(tx: Transaction, subject: string, settled: readonly Settled[], stretch: Stretch | null) {
  const events: NewEvent[] = settled.flatMap((one) => one.events);
  const counts: Record<string, number> = {};
  for (const [name, count] of settled.flatMap((one) => Object.entries(one.counts)))
    if (count > 0) counts[name] = (counts[name] ?? 0) + count;
  if (Object.keys(counts).length === 0) return;
  await appendAudit(tx, { actor: ACTOR, action: "lift.note", subject, detail: { ...stretch, ...counts } });
  for (let from = 0; from < events.length; from += SLICE_ROWS)
    await appendEvents(tx, events.slice(from, from + SLICE_ROWS));
}

export function startLifting({ db, log, now = systemNow }: { db: Database; log: Logger; now?: Now }) {
  const follower = startFollower({ db, log }, liftingFollower({ now }));
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        while (!signal.aborted && (await compareToday(db, now())));
      } catch (error) {
        log.warn({ err: error }, "the day's comparison of sanctions begins again");
      }
      await pause(DAY_LOOK_MS, null, { signal }).catch(() => {});
    }
  }

  return {
    async stop(): Promise<void> {
      stopped.abort();
      await Promise.all([running, follower.stop()]);
    },
  };
}

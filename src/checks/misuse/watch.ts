// Reads the record behind the checks and raises what it notices: canaries within two minutes, the rules of a day every ten.
// It remembers its place in the transaction of what it raises, so that it may be killed, and run in several processes.
import { setTimeout as pause } from "node:timers/promises";
import type { Database, Transaction } from "../../platform/database.ts";
import type { Logger } from "../../platform/log.ts";
import type { Now } from "../../platform/time.ts";
import { raiseAlert } from "./alert.ts";
import { actionOn, type DayFacts, judgeDay, type MisuseRule, type MisuseSettings } from "./rules.ts";
import {
  allowLongStatements,
  listAsking,
  listCanaryChecks,
  listKeyFacts,
  lockWatch,
  setWatch,
} from "./watch-queries.ts";

const LOOK_MS = 15_000;
/** An id is older than its row by the wait for its statement, and made by the clock of another process. */
export const SETTLED_MS = 60_000;
const JUDGED_EVERY_MS = 600_000;
const DAY_MS = 86_400_000;
/** After a long pause, canaries are looked for so far back at once. */
const STRETCH_MS_MAX = 3_600_000;

export type WatchOptions = { settings: MisuseSettings; now: Now };

/** Looks for canaries; false while another process does. */
export async function findCanaries(db: Database, { settings, now }: WatchOptions): Promise<boolean> {
  const at = now();
  const settled = settledAt(at);
  return db.transaction(async (tx) => {
    const place = await lockWatch(tx, startOf(at));
    if (!place) return false;
    const from = place.canariesUntil;
    const to = new Date(Math.min(settled.getTime(), from.getTime() + STRETCH_MS_MAX));
    if (to <= from) return true;
    await raiseCanaries(tx, { from, to }, settings, at);
    await setWatch(tx, { ...place, canariesUntil: to });
    return true;
  });
}

/** Judges the last day of every agency that has asked since the last time, where that is ten minutes ago. */
export async function judgeDays(db: Database, { settings, now }: WatchOptions): Promise<boolean> {
  const at = now();
  return db.transaction(async (tx) => {
    const place = await lockWatch(tx, startOf(at));
    if (!place || at.getTime() - place.judgedAt.getTime() < JUDGED_EVERY_MS) return false;
    await judge(tx, place.judgedAt, settledAt(at), settings, at);
    await setWatch(tx, { ...place, judgedAt: at });
    return true;
  });
}

function settledAt(at: Date): Date {
  return new Date(at.getTime() - SETTLED_MS);
}

/** Of a watch that has never watched. */
function startOf(at: Date): Date {
  return new Date(at.getTime() - STRETCH_MS_MAX);
}

async function raiseCanaries(
  tx: Transaction,
  stretch: { from: Date; to: Date },
  settings: MisuseSettings,
  at: Date,
): Promise<void> {
  const action = actionOn("canary", settings);
  if (action === null) return;
  for (const { agencyId, keyId, checks } of await listCanaryChecks(tx, stretch))
    await raiseAlert(tx, { agencyId, keyId, rule: "canary", action, facts: { checks } }, at);
}

/** The day up to `to` of every agency that has asked since it was judged last. */
async function judge(tx: Transaction, since: Date, to: Date, settings: MisuseSettings, at: Date): Promise<void> {
  const from = new Date(to.getTime() - DAY_MS);
  await allowLongStatements(tx);
  const asked = { from: new Date(Math.max(from.getTime(), since.getTime() - SETTLED_MS)), to };
  for (const agencyId of await listAsking(tx, asked))
    for (const { keyId, ...facts } of await listKeyFacts(tx, agencyId, { from, to }, settings))
      for (const rule of judgeDay(facts, settings)) {
        const action = actionOn(rule, settings);
        if (action) await raiseAlert(tx, { agencyId, keyId, rule, action, facts: factsOf(rule, facts) }, at);
      }
}

/** The counts that a rule rests on. */
function factsOf(rule: MisuseRule, { checks, persons, personsFound, reviews, offHours, operators }: DayFacts) {
  if (rule === "low_hit_rate") return { checks, persons, personsFound, reviews };
  return rule === "off_hours" ? { checks, offHours } : { checks, operators };
}

export function startMisuseWatch({ db, log, ...options }: { db: Database; log: Logger } & WatchOptions) {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      for (const look of [findCanaries, judgeDays])
        await look(db, options).catch((error: unknown) => log.warn({ err: error }, "the watch looks again later"));
      await pause(LOOK_MS, null, { signal }).catch(() => {});
    }
  }

  return {
    async stop(): Promise<void> {
      stopped.abort();
      await running;
    },
  };
}

// Following the register: every change is handed on once, in order, in the transaction that remembers how far it got.
import { setTimeout as pause } from "node:timers/promises";
import type { Database, Transaction } from "../platform/database.ts";
import type { Logger } from "../platform/log.ts";
import { insertFollower, lockFollower, lockPlace, readNewest, setFollower } from "./follower-queries.ts";

/** Changes with positions above `after`, up to `upTo`. */
export type Stretch = { after: number; upTo: number };
export type RegisterFollower = {
  name: string;
  /** Sets of changes, not one by one: a load changes millions. A repetition of the same stretch never happens. */
  follow: (tx: Transaction, stretch: Stretch) => Promise<void>;
  /** The loop hands on what it has seen for so long: what began before a change may be written after it. */
  settleMs?: number;
  /** How many changes it takes at once, where a change means more to it than to others. */
  changesMax?: number;
};

/** A load's changes come in stretches of this size, so that no step holds its rows for long. */
const CHANGES_MAX = 5_000;
const REST_MS = 200;
const RETRY_MS = 1_000;

/** One stretch, not beyond `settled`; false when there is nothing new, or another process is at it. */
export async function followOnce(
  db: Database,
  { name, follow, changesMax = CHANGES_MAX }: RegisterFollower,
  settled = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const place = await lockFollower(tx, name);
    if (!place) return false;
    const { after, newest } = place;
    const upTo = Math.min(newest, settled, after + changesMax);
    if (after >= upTo) return false;
    await follow(tx, { after, upTo });
    await setFollower(tx, name, upTo);
    return true;
  });
}

/** Everything that is there now. */
export async function catchUpFollower(db: Database, follower: RegisterFollower): Promise<void> {
  await db.transaction((tx) => insertFollower(tx, follower.name));
  while (await followOnce(db, follower));
}

/** Keeps the follower of that name where it is until the commit: of what is written meanwhile it misses no change. */
export async function holdFollower(tx: Transaction, name: string): Promise<void> {
  await insertFollower(tx, name);
  await lockPlace(tx, name);
}

/** From the newest position, seen again and again, to the one that was seen `settleMs` ago. */
function watchSettling(settleMs: number): (newest: number) => number {
  const seen: { position: number; atMs: number }[] = [];
  let settled = 0;
  return (newest) => {
    const nowMs = performance.now();
    if (newest > (seen.at(-1)?.position ?? settled)) seen.push({ position: newest, atMs: nowMs });
    for (const { position } of seen.splice(0, seen.findLastIndex(({ atMs }) => nowMs - atMs >= settleMs) + 1))
      settled = position;
    return settled;
  };
}

export function startFollower({ db, log }: { db: Database; log: Logger }, follower: RegisterFollower) {
  const stopped = new AbortController();
  const { signal } = stopped;
  const settledOf = watchSettling(follower.settleMs ?? 0);
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await db.transaction((tx) => insertFollower(tx, follower.name));
        while (!signal.aborted)
          if (!(await followOnce(db, follower, settledOf(await readNewest(db))))) await rest(REST_MS);
      } catch (error) {
        log.warn({ err: error, follower: follower.name }, "a follower of the register begins again");
        await rest(RETRY_MS);
      }
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, null, { signal }).catch(() => {});
  }

  return {
    async stop(): Promise<void> {
      stopped.abort();
      await running;
    },
  };
}

// How much may be asked, decided in the memory of a process. What it hands out was drawn from the database before, so
// processes never overshoot together; what a killed one held is lost for the day, and never handed out twice.
import { LRUCache } from "lru-cache";
import type { Caller } from "../../agencies/index.ts";
import { quotaExceeded } from "../../platform/rate-limit.ts";
import { readStanding } from "./drawing.ts";
import { admitTo, handBack, newPurse, type Purse, type Source, takeFrom, type Taken } from "./purse.ts";
import { WHOLE_AGENCY } from "./queries.ts";
import { fieldsOfHeld, refusedStandings, standingsOf } from "./standing.ts";

/** What a key has not asked for goes back, so that another process may hand it out. */
const IDLE_MS = 1_000;
const ROUND_MS = 500;
/** Keys that a process holds something for: some 10 KiB each. */
const KEYS_MAX = 2_000;

export type Quota = {
  /** Takes a unit for each identity, or none: `quota-exceeded`. Waits only where this process holds too little. */
  take: (caller: Caller, units: number) => Taken | Promise<Taken>;
  /** Counts these parties, by their blind indexes; `quota-exceeded` where they are more than a day's. */
  admit: (caller: Caller, indexes: readonly string[]) => void;
  /** `quota-exceeded` where so many are not left today. Takes nothing: a file is counted as it is asked. */
  requireRoom: (caller: Caller, units: number) => Promise<void>;
  /** For what was not recorded after all. */
  giveBack: (caller: Caller, taken: Taken, units: number) => void;
  /** Of an answer: what is left. */
  fieldsOf: (caller: Caller) => Record<string, string>;
  /** Hands back whatever it holds. */
  stop: () => Promise<void>;
};

const nothingTaken: Taken = { day: "" };

export function createQuota(source: Source): Quota {
  const forgotten = (purse: Purse) => void handBack(source, purse).catch(() => {});
  const purses = new LRUCache<string, Purse>({
    max: KEYS_MAX,
    dispose: (purse, _, reason) => {
      if (reason === "evict") forgotten(purse);
    },
  });
  const round = setInterval(() => {
    const idleSinceMs = performance.now() - IDLE_MS;
    for (const purse of purses.values()) if (purse.lastTakenMs < idleSinceMs) forgotten(purse);
  }, ROUND_MS).unref();

  function purseOf(caller: Caller): Purse {
    const known = purses.get(caller.keyId);
    if (known) return known;
    const purse = newPurse(caller);
    purses.set(caller.keyId, purse);
    return purse;
  }

  return {
    take: (caller, units) => (units === 0 ? nothingTaken : takeFrom(source, purseOf(caller), units)),
    admit: (caller, indexes) => admitTo(source, purseOf(caller), indexes),
    requireRoom: (caller, units) => requireRoom(source, caller, units),
    giveBack(caller, { day }, units) {
      const purse = purseOf(caller);
      if (purse.drawn?.day === day) purse.left += units;
    },
    fieldsOf(caller) {
      const { told, left, drawn, dayEndsMs } = purseOf(caller);
      return told && drawn ? fieldsOfHeld(told, { left, drawn, dayEndsInMs: dayEndsMs - performance.now() }) : {};
    },
    async stop() {
      clearInterval(round);
      await Promise.allSettled([...purses.values()].map((purse) => handBack(source, purse)));
    },
  };
}

async function requireRoom(
  { connection, standard, paced }: Source,
  { agencyId, keyId }: Caller,
  units: number,
): Promise<void> {
  const { limits, levels, dayEndsInMs } = await connection.runBeside((db) => readStanding(db, agencyId, standard));
  const asked = [levels.get(WHOLE_AGENCY), levels.get(keyId)].flatMap((level) => level ?? []);
  const isShort = asked.some(({ allowance, ...level }) => level.limits.checksPerDay - allowance.granted < units);
  if (isShort || units > limits.key.checksPerDay)
    throw quotaExceeded(refusedStandings(standingsOf(asked, { left: 0, paced, dayEndsInMs }), units));
}

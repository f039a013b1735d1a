// What a process holds for a key: units that it has drawn from the database, and whom it has counted since. It draws ahead,
// so that hardly a check waits for it.
import type { LimitsByScope } from "../../agencies/index.ts";
import { AppError } from "../../platform/error.ts";
import { quotaExceeded, type RateStanding } from "../../platform/rate-limit.ts";
import type { HotConnection } from "../connection.ts";
import { draw, type Drawn, type Owner } from "./drawing.ts";
import { isOfPersons, refusedStandings, standingsOf, type ToldStandings, told } from "./standing.ts";

/** What was drawn is good for so long: then limits that were changed, and whom other processes counted, are read again. */
const HELD_MS = 5_000;
/** A key that asks on draws again before that, beside its checks. */
const REDRAWN_MS = 2_500;
/** Where the database had too little, it is not asked again for so long: buckets fill and others hand back meanwhile. */
const SHORT_MS = 200;

/** Where purses are filled from. */
export type Source = {
  connection: Pick<HotConnection, "runBeside">;
  standard: LimitsByScope;
  /** False for files, which are asked at the register's own pace: only days count. */
  paced: boolean;
};

/** What units were taken of; they go back to the same day only. */
export type Taken = { day: string };

export type Purse = Owner & {
  left: number;
  /** Whether parties were counted since it was drawn. */
  hasCounted: boolean;
  drawn: Drawn | null;
  told: ToldStandings | null;
  expiresMs: number;
  redrawMs: number;
  dayEndsMs: number;
  lastTakenMs: number;
  shortUntilMs: number;
  /** Why nothing can be drawn, for as long as that is not asked again. */
  refusal: AppError | null;
  /** Units that requests wait for, and the drawing under way. */
  waiting: number;
  drawing: Promise<void> | null;
};

export function newPurse({ agencyId, keyId }: Owner): Purse {
  const empty = { left: 0, hasCounted: false, drawn: null, told: null, refusal: null, waiting: 0, drawing: null };
  return {
    agencyId,
    keyId,
    ...empty,
    expiresMs: 0,
    redrawMs: 0,
    dayEndsMs: 0,
    lastTakenMs: performance.now(),
    shortUntilMs: 0,
  };
}

/** Units for one request, or none: at once where the purse holds them, or `quota-exceeded` where there are none. */
export function takeFrom(source: Source, purse: Purse, units: number): Taken | Promise<Taken> {
  const nowMs = performance.now();
  const taken = takeHeld(source, purse, units, nowMs);
  if (taken) return taken;
  if (nowMs < purse.shortUntilMs) refuse(source, purse, units);
  return takeDrawn(source, purse, units);
}

function takeHeld(source: Source, purse: Purse, units: number, nowMs: number): Taken | null {
  if (!purse.drawn || purse.left < units || nowMs >= purse.expiresMs) return null;
  purse.left -= units;
  purse.lastTakenMs = nowMs;
  const isLow = purse.left < purse.drawn.portion / 2 && nowMs >= purse.shortUntilMs;
  // Where that fails, the next one that needs it says so.
  if (isLow || nowMs >= purse.redrawMs) drawOnce(source, purse).catch(() => {});
  return purse.drawn;
}

async function takeDrawn(source: Source, purse: Purse, units: number): Promise<Taken> {
  for (;;) {
    const isCounted = purse.drawing === null;
    purse.waiting += units;
    try {
      await drawOnce(source, purse);
    } finally {
      // In one step with the taking: nothing that was waited for is handed back in between.
      purse.waiting -= units;
    }
    const nowMs = performance.now();
    const taken = takeHeld(source, purse, units, nowMs);
    if (taken) return taken;
    // A drawing that began before knew nothing of this request: another one does, unless there was too little anyway.
    if (isCounted || nowMs < purse.shortUntilMs) refuse(source, purse, units);
  }
}

function refuse(source: Source, purse: Purse, units: number): never {
  if (purse.refusal) throw purse.refusal;
  throw quotaExceeded(refusedStandings(standings(source, purse, purse.left), units));
}

/** Counts these parties; `quota-exceeded` where they are more than a day's. */
export function admitTo(source: Source, purse: Purse, indexes: readonly string[]): void {
  if (!purse.drawn) return;
  const { levels, sketches } = purse.drawn;
  const isFull = levels.some(({ scope, limits }) => {
    const room = limits.personsPerDay - sketches[scope].count();
    return indexes.length > room && sketches[scope].countNew(indexes) > Math.max(0, room);
  });
  if (isFull) throw quotaExceeded(standings(source, purse, 0).filter(isOfPersons));
  purse.hasCounted = true;
  for (const index of indexes) {
    sketches.agency.add(index);
    sketches.key.add(index);
  }
}

/** Tells the database what it should know before the purse is forgotten, and hands back what is left. */
export async function handBack(source: Source, purse: Purse): Promise<void> {
  await purse.drawing?.catch(() => {});
  if (purse.waiting === 0 && (purse.left > 0 || purse.hasCounted)) await drawOnce(source, purse, true);
}

/** One drawing of a purse at a time. */
function drawOnce(source: Source, purse: Purse, isLast = false): Promise<void> {
  purse.drawing ??= fill(source, purse, isLast).finally(() => {
    purse.drawing = null;
  });
  return purse.drawing;
}

async function fill(source: Source, purse: Purse, isLast: boolean): Promise<void> {
  const { agencyId, keyId, waiting: need, left, drawn: last } = purse;
  const returned = { day: last?.day ?? "", units: isLast ? left : 0 };
  if (isLast) purse.left = 0;
  purse.hasCounted = false;
  const sketches = last?.sketches ?? null;
  const { standard, paced } = source;
  const drawing = { agencyId, keyId, standard, paced, need, held: isLast ? null : left, returned, sketches };
  const work = source.connection.runBeside((db) => db.transaction((tx) => draw(tx, drawing)));
  const drawn = await work.catch((error: unknown) => {
    if (error instanceof AppError && error.code === "abnormal-usage-detected") {
      // What it holds is of before.
      purse.left = 0;
      purse.refusal = error;
      purse.shortUntilMs = performance.now() + SHORT_MS;
    }
    throw error;
  });
  const nowMs = performance.now();
  purse.refusal = null;
  // What is left of yesterday is gone.
  if (last?.day !== drawn.day) purse.left = 0;
  purse.left += drawn.units;
  purse.drawn = drawn;
  purse.dayEndsMs = nowMs + drawn.dayEndsInMs;
  purse.expiresMs = Math.min(nowMs + HELD_MS, purse.dayEndsMs);
  purse.redrawMs = nowMs + REDRAWN_MS;
  purse.shortUntilMs = drawn.isShort ? nowMs + SHORT_MS : 0;
  purse.told = told(standings(source, purse, 0));
}

function standings({ paced }: Source, { drawn, dayEndsMs }: Purse, left: number): RateStanding[] {
  return drawn ? standingsOf(drawn.levels, { left, paced, dayEndsInMs: dayEndsMs - performance.now() }) : [];
}

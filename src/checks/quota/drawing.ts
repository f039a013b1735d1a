// Draws from what an agency and its key may ask, or hands back what is left of an earlier drawing, in one transaction.
import { type Limits, type LimitsByScope, limitScopes, type LimitScope, readLimits } from "../../agencies/index.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { addDays, shanghaiDate } from "../../platform/time.ts";
import { findRestraint } from "../misuse/restraint-queries.ts";
import { drawn, grantable, type Level, portionOf, refill } from "./allowance.ts";
import {
  type AllowanceRow,
  insertAllowances,
  listAllowances,
  lockAllowances,
  readClock,
  saveAllowances,
  WHOLE_AGENCY,
} from "./queries.ts";
import { createSketch, type Sketch } from "./sketch.ts";

/** What is left of the burst of a key that is slowed. */
const SLOWED_SHARE = 0.1;
/** A person has to look: asking again sooner is of no use. */
const BLOCKED_SECONDS = 600;

export type Owner = { agencyId: string; keyId: string };
/** The parties of a day that a process has counted, for the agency and for the key. */
export type Sketches = { day: string; agency: Sketch; key: Sketch };

export type Drawing = Owner & {
  standard: LimitsByScope;
  paced: boolean;
  /** Units that requests wait for. */
  need: number;
  /** What the process holds and keeps; null: nothing is drawn ahead. */
  held: number | null;
  /** What it hands back, of which day. */
  returned: { day: string; units: number };
  sketches: Sketches | null;
};

export type Drawn = {
  day: string;
  units: number;
  /** True where it is less than was wanted. */
  isShort: boolean;
  /** What the process should hold at most, so that little lies idle with it. */
  portion: number;
  /** Until the day ends, by the clock of the database. */
  dayEndsInMs: number;
  /** The agency and the key as they are after it. */
  levels: Level[];
  /** Whom this process and those that drew before it have counted. */
  sketches: Sketches;
};

export async function draw(tx: Transaction, drawing: Drawing): Promise<Drawn> {
  const { agencyId, keyId, standard, paced, need, held, returned, sketches: known } = drawing;
  const restraint = await findRestraint(tx, agencyId, keyId);
  if (restraint === "block" && held !== null) throw blocked();
  const limits = slowed(await readLimits(tx, agencyId, standard), restraint);
  const { rows, nowMs } = await lockRows(tx, drawing);
  const day = shanghaiDate(new Date(nowMs));
  const sketches = known?.day === day ? known : newSketches(day);
  const before = limitScopes.map((scope): Level => {
    const row = rows.find((one) => scopeOf(one) === scope);
    const level = levelOf(row, limits[scope], { day, nowMs }, { scope, sketch: sketches[scope] });
    if (returned.day !== day) return level;
    return { ...level, allowance: drawn(level.allowance, -returned.units, level.limits, paced) };
  });
  const portion = portionOf(before);
  const ahead = held === null ? 0 : Math.max(0, portion - held);
  const units = grantable(before, { need, ahead, paced });
  const levels = before.map((level) => ({ ...level, allowance: drawn(level.allowance, units, level.limits, paced) }));
  await saveAllowances(
    tx,
    levels.map(({ scope, allowance: { filledAtMs, ...allowance } }): AllowanceRow => {
      const persons = sketches[scope].registers();
      const id = scope === "agency" ? WHOLE_AGENCY : keyId;
      return { agencyId, keyId: id, ...allowance, filledAt: new Date(filledAtMs), persons };
    }),
  );
  return {
    day,
    units,
    isShort: units < need + ahead,
    portion,
    dayEndsInMs: untilMidnight(day, nowMs),
    levels,
    sketches,
  };
}

/** Until who oversees agencies closes the alert; which rule it was, an agency reads in its list. */
function blocked(): AppError {
  const members = { "violated-policies": ["misuse"] };
  return new AppError("abnormal-usage-detected", { retryAfterSeconds: BLOCKED_SECONDS, members });
}

function slowed(limits: LimitsByScope, restraint: "slow" | "block" | null): LimitsByScope {
  if (restraint === null) return limits;
  return { ...limits, key: { ...limits.key, burst: Math.max(1, Math.floor(limits.key.burst * SLOWED_SHARE)) } };
}

/** What is left today of an agency, under `WHOLE_AGENCY`, and of those of its keys that have asked. */
export type Standing = { day: string; dayEndsInMs: number; limits: LimitsByScope; levels: Map<string, Level> };

export async function readStanding(reader: Reader, agencyId: string, standard: LimitsByScope): Promise<Standing> {
  const limits = await readLimits(reader, agencyId, standard);
  const rows = await listAllowances(reader, agencyId);
  const nowMs = await readClock(reader);
  const day = shanghaiDate(new Date(nowMs));
  const level = (row: AllowanceRow | undefined, scope: LimitScope) =>
    levelOf(row, limits[scope], { day, nowMs }, { scope, sketch: createSketch() });
  const levels = new Map(rows.map((row): [string, Level] => [row.keyId, level(row, scopeOf(row))]));
  if (!levels.has(WHOLE_AGENCY)) levels.set(WHOLE_AGENCY, level(undefined, "agency"));
  return { day, dayEndsInMs: untilMidnight(day, nowMs), limits, levels };
}

type Today = { day: string; nowMs: number };

/** `sketch` counts whom the row has counted as well. */
function levelOf(
  row: AllowanceRow | undefined,
  limits: Limits,
  today: Today,
  { scope, sketch }: { scope: LimitScope; sketch: Sketch },
): Level {
  if (row?.day === today.day) sketch.merge(row.persons);
  const allowance = refill(row ? { ...row, filledAtMs: row.filledAt.getTime() } : null, limits, today);
  return { scope, limits, allowance, persons: sketch.count() };
}

function scopeOf({ keyId }: AllowanceRow): LimitScope {
  return keyId === WHOLE_AGENCY ? "agency" : "key";
}

function newSketches(day: string): Sketches {
  return { day, agency: createSketch(), key: createSketch() };
}

function untilMidnight(day: string, nowMs: number): number {
  return Date.parse(`${addDays(day, 1)}T00:00:00+08:00`) - nowMs;
}

async function lockRows(tx: Transaction, { agencyId, keyId }: Owner) {
  const locked = await lockAllowances(tx, agencyId, keyId);
  if (locked.rows.length === 2) return locked;
  // An empty bucket of long ago is full by now.
  const none = { agencyId, day: "1970-01-01", granted: 0, tokens: 0, filledAt: new Date(0), persons: Buffer.alloc(0) };
  await insertAllowances(
    tx,
    [WHOLE_AGENCY, keyId].map((id) => ({ ...none, keyId: id })),
  );
  return lockAllowances(tx, agencyId, keyId);
}

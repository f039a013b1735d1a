// The gates before a load is applied. A file that cannot be meant is refused; one that surprises is held for a person.
import { z } from "zod";
import { AppError } from "../platform/error.ts";
import type { GateFinding, GateThresholds, LoadMode } from "./schema.ts";

const value = z.number().nonnegative();

/** Thresholds that differ from the defaults, as configuration and sources name them. */
export const GateSettings = z.strictObject({
  shrink: value.exactOptional(),
  growth: value.exactOptional(),
  churn: value.exactOptional(),
  rejects: value.exactOptional(),
  unknownCourts: value.exactOptional(),
  masked: value.exactOptional(),
  minors: value.exactOptional(),
  fixedTermMissing: value.exactOptional(),
  endedWithoutCount: value.exactOptional(),
});
export type GateSettings = Partial<GateThresholds>;

export const defaultThresholds: GateThresholds = {
  shrink: 0.05,
  growth: 0.2,
  churn: 0.2,
  rejects: 0.02,
  unknownCourts: 0.05,
  masked: 0.5,
  minors: 20,
  fixedTermMissing: 0,
  endedWithoutCount: 0.01,
};

/** A few rows are no trend: shares of small files mean nothing. */
const TREND_ROWS_MIN = 20;
/** One listing that ends is the daily business of every list. */
const ENDED_ROWS_MIN = 2;

export type GateFacts = {
  mode: LoadMode;
  /** Whether anybody said how many rows the file must hold. */
  isCounted: boolean;
  read: number;
  rejected: number;
  accepted: number;
  masked: number;
  /** Rows that are rejected because they name a minor, or may do so. */
  minors: number;
  /** Rows of the source that are live before the load. */
  live: number;
  new: number;
  changed: number;
  ended: number;
  missing: number;
  missingInTerm: number;
  newOfUnknownCourts: number;
};

type Measure = { rows: number; of: number; from: number };

/** What each gate counts: `rows` as a share `of` others, and from how many on it speaks; a bare number is of 1. */
function measuresOf(facts: GateFacts): Record<keyof GateThresholds, Measure> {
  const { live } = facts;
  const uncounted = facts.mode === "snapshot" && !facts.isCounted ? facts.missing : 0;
  return {
    shrink: { rows: facts.ended, of: live, from: ENDED_ROWS_MIN },
    growth: { rows: facts.new, of: live, from: TREND_ROWS_MIN },
    churn: { rows: facts.changed, of: live, from: TREND_ROWS_MIN },
    rejects: { rows: facts.rejected, of: facts.read, from: TREND_ROWS_MIN },
    unknownCourts: { rows: facts.newOfUnknownCourts, of: live > 0 ? facts.new : 0, from: TREND_ROWS_MIN },
    masked: { rows: facts.masked, of: facts.accepted, from: TREND_ROWS_MIN },
    minors: { rows: facts.minors, of: 1, from: 1 },
    fixedTermMissing: { rows: facts.missingInTerm, of: 1, from: 1 },
    endedWithoutCount: { rows: uncounted, of: live, from: ENDED_ROWS_MIN },
  };
}

/** The gates that the load does not pass. */
export function findingsOf(facts: GateFacts, thresholds: GateThresholds): GateFinding[] {
  const measures = Object.entries(measuresOf(facts)) as [keyof GateThresholds, Measure][];
  return measures.flatMap(([gate, { rows, of, from }]) => {
    const threshold = thresholds[gate];
    return of > 0 && rows >= from && rows / of > threshold ? [{ gate, value: rows / of, threshold, rows }] : [];
  });
}

export function refuseCount({ read, accepted }: { read: number; accepted: number }, expected: number | null): void {
  if (read === 0) refuse("the file holds no row");
  if (expected !== null && read !== expected) {
    refuse(`the file holds ${read} rows, not the ${expected} expected: send the whole file, or correct the number`);
  }
  if (accepted === 0) refuse(`all ${read} rows are rejected: see the file of rejected rows`);
}

export function refuse(note: string): never {
  throw new AppError("load-refused", { note });
}

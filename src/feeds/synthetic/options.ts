// What the caller asks for: how much invented data, of which kind, as of which day.

export type SyntheticKind = "national" | "local";

export type SyntheticOptions = {
  rows: number;
  /** The same options give the same bytes; another seed gives another list. */
  seed: number;
  kind: SyntheticKind;
  /** Share of flawed rows, 0 to 1. */
  flaws?: number;
  /** The "today" of every date, so that the output never depends on the clock. */
  asOf?: string;
};

export const DEFAULT_AS_OF = "2026-11-01";
/** Case numbers are invented from 90000000 up and have at most eight digits. */
const ROWS_MAX = 10_000_000;

export function assertSyntheticOptions({ rows, seed, flaws = 0 }: SyntheticOptions): void {
  if (!Number.isInteger(rows) || rows < 0 || rows > ROWS_MAX) throw new RangeError(`rows must be 0 to ${ROWS_MAX}.`);
  if (!Number.isInteger(seed)) throw new RangeError("seed must be a whole number.");
  if (!(flaws >= 0 && flaws <= 1)) throw new RangeError("flaws must be 0 to 1.");
}

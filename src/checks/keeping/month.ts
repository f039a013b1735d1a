// The months of the record of checks: each is a partition, bounded by the ids that are made in it. They begin and end at
// midnight in Shanghai, as everything does that counts days: figures of a month and its retention read one partition.
import { uuidAt } from "../../platform/id.ts";
import { shanghaiDate } from "../../platform/time.ts";

export type Month = {
  /** `2026-12`. */
  name: string;
  /** Below every id of the month. */
  from: string;
  /** Below every id that comes after it. */
  to: string;
};

export function monthOf(instant: Date): Month {
  return monthNamed(shanghaiDate(instant).slice(0, 7));
}

export function monthAfter({ name }: Month, months = 1): Month {
  return monthNamed(nameAfter(name, months));
}

/** When a month begins: `2026-12` at midnight in Shanghai. */
export function startOf(name: string): Date {
  return new Date(`${name}-01T00:00:00+08:00`);
}

/** Whole months from one to another, both `YYYY-MM`. */
export function monthsBetween(from: string, to: string): number {
  return countOf(to) - countOf(from);
}

function monthNamed(name: string): Month {
  return { name, from: uuidAt(startOf(name)), to: uuidAt(startOf(nameAfter(name, 1))) };
}

function nameAfter(name: string, months: number): string {
  const count = countOf(name) + months;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

function countOf(name: string): number {
  return 12 * Number(name.slice(0, 4)) + Number(name.slice(5)) - 1;
}

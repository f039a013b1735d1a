// The figures of one agency, court or register in one month, as counted, and by the names that rules and readers use.
import { agencyLevels, levelFigures } from "./figures.ts";

/** Counts of one body that fall into one month; of earlier ones, only those of which something may still be open. */
export type Count = { body: string; month: string; figure: string; part: string; value: number };

export type MonthFigures = {
  /** `checks.listed`, or `checks` for the sum of its parts. What was not counted is zero. */
  valueOf: (name: string) => number;
  /** The parts of a figure that were counted, in their order. */
  partsOf: (figure: string) => [part: string, value: number][];
};

const nameOf = (figure: string, part: string) => (part === "" ? figure : `${figure}.${part}`);

/** The figures of each body in each of `months`, which ascend; a body without counts has none. */
export function figuresByBody(
  counts: readonly Count[],
  months: readonly string[],
): Map<string, Map<string, MonthFigures>> {
  const byBody = Map.groupBy(counts, ({ body }) => body);
  return new Map([...byBody].map(([body, own]) => [body, figuresByMonth(own, months)]));
}

export function figuresByMonth(counts: readonly Count[], months: readonly string[]): Map<string, MonthFigures> {
  const byMonth = new Map<string, MonthFigures>();
  for (const month of months) {
    const values = new Map<string, number>();
    for (const count of counts) if (count.month === month) add(values, nameOf(count.figure, count.part), count.value);
    for (const [level, { came, went }] of Object.entries(agencyLevels)) {
      const until = (name: string) => sumUntil(counts, name, month);
      const open = went.reduce((left, name) => left - until(name), until(came));
      if (open !== 0) values.set(level, open);
    }
    byMonth.set(month, readingOf(values));
  }
  return byMonth;
}

/** Nothing was counted. */
export const noFigures: MonthFigures = readingOf(new Map());

function readingOf(values: ReadonlyMap<string, number>): MonthFigures {
  const names = [...values.keys()].sort();
  return {
    valueOf: (name) =>
      values.get(name) ??
      names.reduce((sum, each) => (each.startsWith(`${name}.`) ? sum + (values.get(each) ?? 0) : sum), 0),
    partsOf: (figure) =>
      names.flatMap((name) => {
        const isPart = name.startsWith(`${figure}.`);
        return isPart ? [[name.slice(figure.length + 1), values.get(name) ?? 0] as [string, number]] : [];
      }),
  };
}

function sumUntil(counts: readonly Count[], name: string, month: string): number {
  let sum = 0;
  for (const count of counts) {
    if (count.month > month || !levelFigures.includes(count.figure)) continue;
    if (count.figure === name || nameOf(count.figure, count.part) === name) sum += count.value;
  }
  return sum;
}

function add(values: Map<string, number>, name: string, value: number): void {
  values.set(name, (values.get(name) ?? 0) + value);
}

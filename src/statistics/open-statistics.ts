// The open figures: closed months only, summed over all agencies and all courts, without anything that points at a person.
import type { Database } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { figureScopes, type FigureScope } from "./figure-scope.ts";
import { figures } from "./figures.ts";
import { figuresByMonth, type MonthFigures, noFigures } from "./month-figures.ts";
import { lastDayOf } from "./month.ts";
import { inOneSnapshot, isClosed, lastClosedMonth, readCounts } from "./reading.ts";
import { listAgencies } from "./reading-queries.ts";
import { readLastClosedDay } from "./stored-queries.ts";
import { CELL_MIN, type OpenCell, withholdSmall } from "./withholding.ts";

export type OpenFigure = { scope: FigureScope; figure: string; cells: OpenCell[] };
export type OpenStatistics = { month: string; agencies: number; figures: OpenFigure[] };

/** A sum over few is as telling as they are: it is open where the number of these is. */
const summedOver: Record<string, string> = { objectionDays: "objectionsReviewed" };

/** Of the last closed month where none is named; `not-found` while it is not closed. */
export async function readOpenStatistics(db: Database, asked: string | undefined, now: Date): Promise<OpenStatistics> {
  return inOneSnapshot(db, async (reader) => {
    const closedThrough = await readLastClosedDay(reader);
    const month = asked ?? lastClosedMonth(closedThrough);
    if (month === null || !isClosed(month, closedThrough)) throw new AppError("not-found");
    const agencies = await listAgencies(reader, lastDayOf(month));
    const open = figureScopes.map(async (scope) => {
      const { counts } = await readCounts(reader, { scope, from: month, to: month }, now);
      return openFigures(scope, figuresByMonth(counts, [month]).get(month) ?? noFigures);
    });
    return { month, agencies: agencies.length, figures: (await Promise.all(open)).flat() };
  });
}

/** What is open at an end tells by its change what a month's figures withhold, so it is left out. */
export function openFigures(scope: FigureScope, month: MonthFigures): OpenFigure[] {
  return Object.entries(figures[scope]).flatMap(([figure, { kind, parts }]): OpenFigure[] => {
    if (kind === "level") return [];
    const base = summedOver[figure];
    if (base !== undefined && month.valueOf(base) < CELL_MIN)
      return [{ scope, figure, cells: [{ part: "", value: null }] }];
    return [{ scope, figure, cells: withholdSmall(cellsOf(figure, parts, month)) }];
  });
}

function cellsOf(figure: string, parts: readonly string[] | undefined, month: MonthFigures) {
  if (!parts) return [{ part: "", value: month.valueOf(figure) }];
  const found = month.partsOf(figure).map(([part]) => part);
  return [...new Set([...parts, ...found])].map((part) => ({ part, value: month.valueOf(`${figure}.${part}`) }));
}

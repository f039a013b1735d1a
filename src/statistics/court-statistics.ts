// Courts by month: their own figures and those of the courts below them.
import { type CourtActor, visibleCourts } from "../courts/index.ts";
import type { Database } from "../platform/database.ts";
import { figuresByBody, type MonthFigures, noFigures } from "./month-figures.ts";
import { inOneSnapshot, isClosed, lastDayTold, readCounts } from "./reading.ts";
import { readCourtNames, readOverdueClocks } from "./reading-queries.ts";

export type CourtMonth = { court: { code: string; name: string }; figures: MonthFigures };
export type CourtStatistics = { month: string; isClosed: boolean; rows: CourtMonth[] };

/** The actor's own court always, and every court below it of which anything was counted. */
export async function readCourtStatistics(
  db: Database,
  actor: CourtActor,
  month: string,
  now: Date,
): Promise<CourtStatistics> {
  return inOneSnapshot(db, async (reader) => {
    const bodies = await visibleCourts(reader, actor);
    const { counts, closedThrough } = await readCounts(reader, { scope: "court", bodies, from: month, to: month }, now);
    const overdue = await readOverdueClocks(reader, { day: lastDayTold(month, now), month, bodies });
    const byBody = figuresByBody([...counts, ...overdue], [month]);
    const names = await readCourtNames(reader);
    const codes = new Set([...(actor.court === null ? [] : [actor.court]), ...[...byBody.keys()].sort()]);
    const rows = [...codes].map((code) => ({
      court: { code, name: names.get(code) ?? code },
      figures: byBody.get(code)?.get(month) ?? noFigures,
    }));
    return { month, isClosed: isClosed(month, closedThrough), rows };
  });
}

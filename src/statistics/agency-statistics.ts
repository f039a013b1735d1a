// Agencies by month: their figures, and of a closed month what these come to in points.
import type { Database } from "../platform/database.ts";
import { figuresByBody, type MonthFigures, noFigures } from "./month-figures.ts";
import { monthsBetween } from "./month.ts";
import { isClosed, inOneSnapshot, lastDayTold, type Months, readCounts } from "./reading.ts";
import { type CountedAgency, listAgencies, listAskedBefore } from "./reading-queries.ts";
import { editionFor, readEditions } from "./rule-edition.ts";
import { assess, type Assessment } from "./rules.ts";

export type AgencyMonth = {
  agency: CountedAgency;
  month: string;
  isClosed: boolean;
  figures: MonthFigures;
  /** Null while the month runs, and where no rules apply to it. */
  assessment: Assessment | null;
};

export type AgencyStatistics = {
  month: string;
  isClosed: boolean;
  rows: AgencyMonth[];
  /** Agencies that were there at the end, those that asked in the month, and those that have never asked. */
  agencies: number;
  asking: number;
  neverAsked: CountedAgency[];
};

export async function readAgencyStatistics(db: Database, month: string, now: Date): Promise<AgencyStatistics> {
  return inOneSnapshot(db, async (reader) => {
    const told = lastDayTold(month, now);
    const agencies = await listAgencies(reader, told);
    const { counts, closedThrough } = await readCounts(reader, { scope: "agency", from: month, to: month }, now);
    const byBody = figuresByBody(counts, [month]);
    const isOver = isClosed(month, closedThrough);
    const rules = editionFor(await readEditions(reader), month);
    const rows = agencies.map((agency) => {
      const figures = byBody.get(agency.id)?.get(month) ?? noFigures;
      return { agency, month, isClosed: isOver, figures, assessment: isOver && rules ? assess(rules, figures) : null };
    });
    const asking = new Set(rows.filter(({ figures }) => figures.valueOf("checks") > 0).map(({ agency }) => agency.id));
    const asked = new Set([...asking, ...(await listAskedBefore(reader, told))]);
    const neverAsked = agencies.filter(({ id }) => !asked.has(id));
    return { month, isClosed: isOver, rows, agencies: agencies.length, asking: asking.size, neverAsked };
  });
}

/** The months of one agency, the earliest first. */
export async function readOwnStatistics(
  db: Database,
  agency: CountedAgency,
  { from, to }: Months,
  now: Date,
): Promise<AgencyMonth[]> {
  return inOneSnapshot(db, async (reader) => {
    const { counts, closedThrough } = await readCounts(reader, { scope: "agency", bodies: [agency.id], from, to }, now);
    const months = monthsBetween(from, to);
    const byMonth = figuresByBody(counts, months).get(agency.id);
    const editions = await readEditions(reader);
    return months.map((month) => {
      const figures = byMonth?.get(month) ?? noFigures;
      const isOver = isClosed(month, closedThrough);
      const rules = editionFor(editions, month);
      return { agency, month, isClosed: isOver, figures, assessment: isOver && rules ? assess(rules, figures) : null };
    });
  });
}

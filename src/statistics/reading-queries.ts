// Reading figures: what is stored of closed days, and what is counted of the days since.
import { type SQL, sql } from "drizzle-orm";
import type { Reader } from "../platform/database.ts";
import { overdueClocks } from "./court-figure-queries.ts";
import type { FigureScope } from "./figure-scope.ts";
import { levelFigures } from "./figures.ts";
import type { Count } from "./month-figures.ts";
import { endOf, countedBy, type FigureSource } from "./source-queries.ts";
import type { Stretch } from "./month.ts";

export type CountFilter = {
  scope: FigureScope;
  /** Null: all. */
  bodies: readonly string[] | null;
  /** The days of the months that are asked for; of earlier days the figures of `levelFigures` count. */
  stretch: Stretch;
};

/** By month, what lies before the stretch under an empty one. */
export async function readStoredCounts(reader: Reader, filter: CountFilter): Promise<Count[]> {
  return countsIn(reader, sql`select * from day_figure where scope = ${filter.scope}`, filter);
}

/** The same of `open`, the days that are not closed. */
export async function readOpenCounts(
  reader: Reader,
  sources: readonly FigureSource[],
  open: Stretch,
  filter: CountFilter,
): Promise<Count[]> {
  return countsIn(reader, countedBy(sources, open), filter);
}

async function countsIn(reader: Reader, rows: SQL, { bodies, stretch: { from, to } }: CountFilter): Promise<Count[]> {
  const month = sql`case when day < ${from}::date then '' else to_char(day, 'YYYY-MM') end`;
  const counts = await reader.execute<Count>(sql`
    select body, ${month} as month, figure, part, sum(value)::float8 as value
    from (${rows}) counted
    where day <= ${to}::date and (day >= ${from}::date or figure in (${listOf(levelFigures)}))
      ${bodies ? sql`and body in (${listOf(bodies)})` : sql``}
    group by body, 2, figure, part`);
  return [...counts];
}

/** Duties of courts that were overdue at the end of `day`, as counts of `month`. */
export async function readOverdueClocks(
  reader: Reader,
  { day, month, bodies }: { day: string; month: string; bodies: readonly string[] | null },
): Promise<Count[]> {
  const counts = await reader.execute<Count>(sql`
    select body, ${month}::text as month, figure, part, value::float8 as value from (${overdueClocks(day)}) counted
    ${bodies ? sql`where body in (${listOf(bodies)})` : sql``}`);
  return [...counts];
}

export type CountedAgency = { id: string; name: string; state: "active" | "suspended" };

/** The agencies that were there at the end of `day`, by name. */
export async function listAgencies(reader: Reader, day: string): Promise<CountedAgency[]> {
  const agencies = await reader.execute<CountedAgency>(sql`
    select id, name, state from agency where created_at < ${endOf(day)} order by name, id`);
  return [...agencies];
}

export async function findCountedAgency(reader: Reader, id: string): Promise<CountedAgency> {
  const [found] = await reader.execute<CountedAgency>(sql`select id, name, state from agency where id = ${id}`);
  if (!found) throw new Error("a key belongs to no agency");
  return found;
}

/** The agencies of which a check is counted on a closed day up to `day`. */
export async function listAskedBefore(reader: Reader, day: string): Promise<string[]> {
  const rows = await reader.execute<{ body: string }>(sql`
    select distinct body from day_figure where scope = 'agency' and figure = 'checks' and day <= ${day}::date`);
  return rows.map(({ body }) => body);
}

/** The names of courts, as they are called today, by code. */
export async function readCourtNames(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.execute<{ code: string; name: string }>(sql`
    select court_code as code, name from court_name where is_official and valid_until is null`);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

function listOf(values: readonly string[]): SQL {
  if (values.length === 0) return sql`null`;
  return sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  );
}

// The statements on stored figures and closed days.
import { and, between, desc, inArray, max, min, ne, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { FigureScope } from "./figure-scope.ts";
import type { Stretch } from "./month.ts";
import { countedBy, type FigureSource } from "./source-queries.ts";
import { closedDay, dayFigure } from "./schema.ts";

/** A count of one day in the table and from the rows; null where there is none. */
export type Difference = {
  scope: FigureScope;
  figure: string;
  part: string;
  body: string;
  day: string;
  stored: number | null;
  counted: number | null;
};

export type Comparison = {
  /** Closed days of the stretch, and figures that were compared. */
  days: number;
  figures: number;
  /** Whose rows do not tell any more: parties of checks that were erased. */
  uncountable: number;
  differences: Difference[];
};

/** Of a month of days a statement counts everything: longer than a request may take. */
const STATEMENT_TIMEOUT = "10min";

/** One process closes days; the lock ends with the transaction. False while another one is at it. */
export async function lockClosing(tx: Transaction): Promise<boolean> {
  await tx.execute(sql`select set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true)`);
  const [lock] = await tx.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('statistics.closing', 0)) as taken`,
  );
  return lock?.taken === true;
}

/** The beginning of the oldest transaction under way, or the first change of the register that somebody has yet to follow. */
export async function readOldestWork(reader: Reader): Promise<Date | null> {
  const [row] = await reader.execute<{ ms: number | null }>(sql`
    select (extract(epoch from least(
      (
        select min(xact_start) from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
      ),
      (select at from listing_change where position = (select min(position) + 1 from register_follower))
    )) * 1000)::float8 as ms`);
  return row?.ms ? new Date(row.ms) : null;
}

/** The first day that anything can be counted of; null in an empty register. */
export async function readFirstDay(reader: Reader): Promise<string | null> {
  const [row] = await reader.execute<{ day: string | null }>(sql`
    select (least(
      (select min(created_at) from agency),
      (select at from listing_change order by position limit 1),
      (select min(started_at) from load),
      (select min(started_on)::timestamp at time zone 'Asia/Shanghai' from clock),
      (select min(taken_in_on)::timestamp at time zone 'Asia/Shanghai' from objection)
    ) at time zone 'Asia/Shanghai')::date::text as day`);
  return row?.day ?? null;
}

/** From the first closed day to the last there is no gap. */
export async function readFirstClosedDay(reader: Reader): Promise<string | null> {
  const [row] = await reader.select({ day: min(closedDay.day) }).from(closedDay);
  return row?.day ?? null;
}

export async function readLastClosedDay(reader: Reader): Promise<string | null> {
  const [row] = await reader.select({ day: max(closedDay.day) }).from(closedDay);
  return row?.day ?? null;
}

/** The last day that was closed by another calendar. */
export async function readLastDayOfOtherCalendar(reader: Reader, calendarVersion: string): Promise<string | null> {
  const [row] = await reader
    .select({ day: closedDay.day })
    .from(closedDay)
    .where(ne(closedDay.calendarVersion, calendarVersion))
    .orderBy(desc(closedDay.day))
    .limit(1);
  return row?.day ?? null;
}

/** Stores what the sources count of a stretch; the number of figures. */
export async function insertFigures(
  tx: Transaction,
  sources: readonly FigureSource[],
  stretch: Stretch,
): Promise<number> {
  const inserted = await tx.execute(sql`
    insert into day_figure (scope, figure, part, body, day, value)
    select scope, figure, part, body, day, value from (${countedBy(sources, stretch)}) counted where value is not null`);
  return inserted.count;
}

export async function deleteFigures(tx: Transaction, figures: readonly string[], { from, to }: Stretch): Promise<void> {
  await tx.delete(dayFigure).where(and(inArray(dayFigure.figure, [...figures]), between(dayFigure.day, from, to)));
}

export async function insertClosedDays(
  tx: Transaction,
  { from, to }: Stretch,
  { calendarVersion, now }: { calendarVersion: string; now: Date },
): Promise<void> {
  await tx.execute(sql`
    insert into closed_day (day, calendar_version, closed_at)
    select day::date, ${calendarVersion}, ${now.toISOString()}::timestamptz
    from generate_series(${from}::date, ${to}::date, interval '1 day') day
    on conflict (day) do update set calendar_version = excluded.calendar_version`);
}

/** What of the stretch's closed days is stored in one way and counted in another, and how much was compared. */
export async function compareFigures(
  reader: Reader,
  sources: readonly FigureSource[],
  stretch: Stretch,
): Promise<Comparison> {
  const [row] = await reader.execute<Comparison>(sql`
    with counted as (
      select c.*, c.value is null as is_lost
      from (${countedBy(sources, stretch)}) c join closed_day using (day)
    ), compared as (
      select scope, figure, part, body, day, s.value as stored, c.value as counted, coalesce(c.is_lost, false) as is_lost
      from (select * from day_figure where day between ${stretch.from}::date and ${stretch.to}::date) s
      full join counted c using (scope, figure, part, body, day)
    )
    select
      (select count(*) from closed_day where day between ${stretch.from}::date and ${stretch.to}::date)::int as days,
      count(*)::int as figures,
      (count(*) filter (where is_lost))::int as uncountable,
      coalesce(
        jsonb_agg(
          jsonb_build_object('scope', scope, 'figure', figure, 'part', part, 'body', body, 'day', day,
            'stored', stored, 'counted', counted)
          order by day, scope, figure, part, body
        ) filter (where stored is distinct from counted and not is_lost),
        '[]'
      ) as differences
    from compared`);
  if (!row) throw new Error("an aggregate returned no row");
  return row;
}

/** Puts what was counted in the place of what is stored. */
export async function replaceFigures(tx: Transaction, differences: readonly Difference[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(differences)}::jsonb)
    as d (scope text, figure text, part text, body text, day date, counted bigint)`;
  await tx.execute(sql`
    delete from day_figure s using ${given}
    where (s.scope, s.figure, s.part, s.body, s.day) = (d.scope, d.figure, d.part, d.body, d.day)`);
  await tx.execute(sql`
    insert into day_figure (scope, figure, part, body, day, value)
    select d.scope, d.figure, d.part, d.body, d.day, d.counted from ${given} where d.counted is not null`);
}

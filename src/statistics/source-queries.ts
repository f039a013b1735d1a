// Counting from rows: what a source of figures is, and the ground that its statements share.
import { type SQL, sql } from "drizzle-orm";
import type { FigureScope } from "./figure-scope.ts";
import type { Stretch } from "./month.ts";

/**
 * Counts the days of a stretch: a selection of `figure, part, body, day, value`. A value is null where the rows do not
 * tell any more. Every row belongs to the day on which it was written, or to a day after that.
 */
export type FigureSource = {
  scope: FigureScope;
  count: (stretch: Stretch) => SQL;
  /** Reads whole months: only for days that are closed. */
  monthly?: true;
};

/** The day of an instant in Shanghai. */
export function dayOf(instant: SQL): SQL {
  return sql`(${instant} at time zone 'Asia/Shanghai')::date`;
}

/** Whether an instant falls into the stretch, in a form that an index can be asked. */
export function isWithin(instant: SQL, { from, to }: Stretch): SQL {
  return sql`${instant} >= ${startOf(from)} and ${instant} < ${endOf(to)}`;
}

/** The midnight with which a day begins. */
export function startOf(day: string): SQL {
  return sql`(${day}::date)::timestamp at time zone 'Asia/Shanghai'`;
}

export function endOf(day: string): SQL {
  return sql`(${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;
}

/** `in_time`, `late` or `undated` for what was done on the day `done` and due on `due`. */
export function timelinessOf(done: SQL, due: SQL): SQL {
  return sql`case when ${due} is null then 'undated' when ${done} <= ${due} then 'in_time' else 'late' end`;
}

/**
 * The listings that their courts ended within the stretch. A court may record its own end over that of a file, and nothing
 * ends a listing after its court: the last end is the court's, and so is its day.
 */
export function courtExits(stretch: Stretch): SQL {
  return sql`
    select c.listing_id, c.at, ${dayOf(sql`c.at`)} as day, l.list, x.court, l.court_name, x.operation, l.exit_reason,
      x.was_public, l.exit_reason is not null and l.exit_reason in ('R1', 'R2', 'performed') as is_performed
    from listing_change c
    join listing_exit x on x.listing_id = c.listing_id
    join listing l on l.id = c.listing_id
    where c.kind = 'ended' and ${isWithin(sql`c.at`, stretch)} and not exists (
      select from listing_change o where o.listing_id = c.listing_id and o.kind = 'ended' and o.position > c.position
    )`;
}

/** Everything that `sources` count of a stretch, with its scope. */
export function countedBy(sources: readonly FigureSource[], stretch: Stretch): SQL {
  const counted = sources.map(
    ({ scope, count }) =>
      sql`select ${scope}::text as scope, figure, part, body, day, value::bigint as value from (${count(stretch)}) source`,
  );
  return sql.join(counted, sql` union all `);
}

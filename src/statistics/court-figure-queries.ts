// What is counted of courts: publications, ways off the lists, deadlines, objections.
import { type SQL, sql } from "drizzle-orm";
import { publicIdSql } from "../platform/id-sql.ts";
import { dutyKinds } from "./figures.ts";
import { courtExits, dayOf, endOf, type FigureSource, isWithin, timelinessOf } from "./source-queries.ts";

/** A legacy case number names no court: there the published name says whose it is. */
const courtOfListing = sql`coalesce(l.court_code, l.court_name)`;

const changes: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select case c.kind when 'listed' then 'published' else 'ended' end as figure, l.list as part,
      ${courtOfListing} as body, ${dayOf(sql`c.at`)} as day, count(*) as value
    from listing_change c join listing l on l.id = c.listing_id
    where c.kind in ('listed', 'ended') and ${isWithin(sql`c.at`, stretch)}
    group by c.kind, l.list, 3, 4`,
};

const removals: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select each.figure, each.part, coalesce(e.court, e.court_name) as body, e.day, count(*) as value
    from (${courtExits(stretch)}) e
    cross join lateral (values
      ('removals', e.operation || coalesce('.' || e.exit_reason, ''), true),
      ('wrongfulListings', '', e.operation = 'revoke' and e.was_public)
    ) as each (figure, part, is_counted)
    where each.is_counted
    group by each.figure, each.part, 3, e.day`,
};

/**
 * The clock of a removal is the one that its reason set running and its act stopped. Another may have run before on the
 * same listing, and have stopped because its reason did not hold.
 */
const removalTimes: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select 'removalTimes' as figure, ${timelinessOf(sql`k.day`, sql`k.due_on`)} as part,
      coalesce(e.court, e.court_name) as body, e.day, count(*) as value
    from (${courtExits(stretch)}) e
    cross join lateral (
      select k.due_on, ${dayOf(sql`k.stopped_at`)} as day
      from clock k
      where k.subject = ${sql.raw(publicIdSql("lst", "e.listing_id"))} and k.stopped_at is not null
        and k.kind = case e.operation when 'revoke' then 'revocation' when 'delete' then 'deletion' when 'expire' then 'expiry' end
      order by k.stopped_at desc, k.id desc limit 1
    ) k
    group by 2, 3, e.day`,
};

const isDuty: SQL = sql`k.kind in (${sql.join(
  dutyKinds.map((kind) => sql`${kind}`),
  sql`, `,
)})`;

/** What ended before its time had begun, as the end of a term by deletion, was never owed. */
const clocks: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select case ${timelinessOf(sql`k.day`, sql`k.due_on`)}
        when 'in_time' then 'clocksKept' when 'late' then 'clocksLate' else 'clocksUndated' end as figure,
      k.kind as part, k.court as body, k.day, count(*) as value
    from (
      select k.*, ${dayOf(sql`k.stopped_at`)} as day
      from clock k
      where ${isWithin(sql`k.stopped_at`, stretch)} and ${isDuty}
    ) k
    where k.day >= k.started_on
    group by 1, k.kind, k.court, k.day`,
};

const objections: FigureSource = {
  scope: "court",
  count: ({ from, to }) => sql`
    select 'objections' as figure, o.kind as part, o.court_code as body, o.taken_in_on as day, count(*) as value
    from objection o
    where o.taken_in_on between ${from}::date and ${to}::date
    group by o.kind, o.court_code, o.taken_in_on`,
};

/** A rejection has its paper, whatever a reconsideration makes of it later. */
const reviews: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select each.figure, each.part, o.court_code as body, o.day, sum(each.value) as value
    from (
      select o.court_code, ${dayOf(sql`o.reviewed_at`)} as day, o.received_on, o.paper_sha256
      from objection o
      where o.kind = 'correction' and ${isWithin(sql`o.reviewed_at`, stretch)}
    ) o
    cross join lateral (values
      ('objectionsReviewed', case when o.paper_sha256 is null then 'upheld' else 'rejected' end, 1),
      ('objectionDays', '', o.day - o.received_on)
    ) as each (figure, part, value)
    group by each.figure, each.part, o.court_code, o.day
    having sum(each.value) <> 0`,
};

const reconsiderations: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select 'reconsiderations' as figure, r.outcome as part, r.court_code as body, ${dayOf(sql`r.decided_at`)} as day,
      count(*) as value
    from reconsideration r
    where ${isWithin(sql`r.decided_at`, stretch)}
    group by r.outcome, r.court_code, 4`,
};

const corrections: FigureSource = {
  scope: "court",
  count: (stretch) => sql`
    select 'corrections' as figure, '' as part, o.court_code as body, ${dayOf(sql`o.corrected_at`)} as day,
      count(*) as value
    from objection o
    where ${isWithin(sql`o.corrected_at`, stretch)}
    group by o.court_code, 4`,
};

export const courtActs: readonly FigureSource[] = [
  changes,
  removals,
  objections,
  reviews,
  reconsiderations,
  corrections,
];
export const courtDeadlines: readonly FigureSource[] = [removalTimes, clocks];

/** The duties that were overdue at the end of a day, by court and kind. A running clock is its court's of today. */
export function overdueClocks(day: string): SQL {
  return sql`
    select 'clocksOverdue' as figure, k.kind as part, k.court as body, count(*) as value
    from clock k
    where ${isDuty} and k.due_on < ${day}::date and (k.stopped_at is null or k.stopped_at >= ${endOf(day)})
    group by k.kind, k.court`;
}

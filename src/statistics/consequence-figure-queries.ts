// What is counted of consequences: feedback tasks and their answers, sanctions, and parties who performed after one.
import { type SQL, sql } from "drizzle-orm";
import { courtExits, dayOf, type FigureSource, isWithin, timelinessOf } from "./source-queries.ts";

/** A count of rows by agency on the day of `at`. */
function rowsByAgency(figure: string, part: SQL, from: SQL, at: SQL): FigureSource {
  return {
    scope: "agency",
    count: (stretch) => sql`
      select ${figure}::text as figure, ${part} as part, r.agency_id::text as body, ${dayOf(at)} as day, count(*) as value
      from ${from} r
      where ${isWithin(at, stretch)}
      group by 2, r.agency_id, 4`,
  };
}

const whole = sql`''::text`;

/** The report that another one replaced says so, in the transaction of that one. */
const replacesAnother = sql`exists (select from feedback p where p.task_id = f.task_id and p.superseded_by = f.id)`;

const tasksAnswered: FigureSource = {
  scope: "agency",
  count: (stretch) => sql`
    select 'tasksAnswered' as figure, ${timelinessOf(sql`f.day`, sql`t.due_on`)} as part, f.agency_id::text as body, f.day,
      count(*) as value
    from (
      select f.*, ${dayOf(sql`f.reported_at`)} as day
      from feedback f
      where ${isWithin(sql`f.reported_at`, stretch)} and not ${replacesAnother}
    ) f
    join feedback_task t on t.id = f.task_id
    group by 2, f.agency_id, f.day`,
};

/** On the day after the last one; a task that is opened later than that, on the day on which it is opened. */
const tasksMissed: FigureSource = {
  scope: "agency",
  count: ({ from, to }) => sql`
    select 'tasksMissed' as figure, '' as part, t.agency_id::text as body, t.day, count(*) as value
    from (
      select t.*, greatest(t.due_on + 1, ${dayOf(sql`t.opened_at`)}) as day from feedback_task t where t.due_on is not null
    ) t
    where t.day between ${from}::date and ${to}::date
      and not exists (select from feedback f where f.task_id = t.id and ${dayOf(sql`f.reported_at`)} <= t.due_on)
    group by t.agency_id, t.day`,
};

const performedAfterSanction: FigureSource = {
  scope: "agency",
  count: (stretch) => sql`
    select 'performedAfterSanction' as figure, '' as part, s.agency_id::text as body, p.day,
      count(distinct p.listing_id) as value
    from (${courtExits(stretch)}) p
    join sanction_listing r on r.listing_id = p.listing_id
    join sanction s on s.id = r.sanction_id and s.recorded_at < p.at
    where p.is_performed
    group by s.agency_id, p.day`,
};

export const consequenceActs: readonly FigureSource[] = [
  rowsByAgency("tasksOpened", whole, sql`feedback_task`, sql`r.opened_at`),
  rowsByAgency("feedback", sql`r.kind`, sql`feedback`, sql`r.reported_at`),
  rowsByAgency(
    "feedbackReplaced",
    whole,
    sql`(select f.* from feedback f where ${replacesAnother})`,
    sql`r.reported_at`,
  ),
  rowsByAgency("sanctions", sql`r.measure`, sql`sanction`, sql`r.recorded_at`),
  rowsByAgency("sanctionsByEffect", sql`r.effect`, sql`sanction`, sql`r.recorded_at`),
  rowsByAgency("sanctionsLifted", whole, sql`sanction`, sql`r.lifted_at`),
  performedAfterSanction,
];

export const consequenceDeadlines: readonly FigureSource[] = [tasksAnswered, tasksMissed];

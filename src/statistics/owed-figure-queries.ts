// What is counted of whatever agencies owe by a day: that it came, how it ended and whether in time, and what was missed.
import { type SQL, sql } from "drizzle-orm";
import { acknowledgedByLiftAt } from "../subscriptions/notices/index.ts";
import { dayOf, type FigureSource, timelinessOf } from "./source-queries.ts";

type Owed = {
  /** The figures of what came, and of what was not done by its last day. */
  came: string;
  missed: string;
  /**
   * A selection of `agency_id, opened_on, due_on, ended_on, ended`: the last is the figure that counts its end, and both are
   * null while there is none. `opened_on` and `ended_on` are days on which that was written.
   */
  rows: SQL;
};

function countOwed({ came, missed, rows }: Owed): { acts: FigureSource; deadlines: FigureSource[] } {
  const isIn = (day: SQL, from: string, to: string) => sql`${day} between ${from}::date and ${to}::date`;
  const counted = (figure: SQL, part: SQL, day: SQL, condition: SQL): FigureSource => ({
    scope: "agency",
    count: ({ from, to }) => sql`
      select ${figure} as figure, ${part} as part, o.agency_id::text as body, ${day} as day, count(*) as value
      from (${rows}) o
      where ${isIn(day, from, to)} and ${condition}
      group by 1, 2, o.agency_id, 4`,
  });
  const whole = sql`''::text`;
  const isLate = sql`coalesce(o.ended_on > o.due_on, true)`;
  return {
    acts: counted(sql`${came}::text`, whole, sql`o.opened_on`, sql`true`),
    deadlines: [
      counted(sql`o.ended`, timelinessOf(sql`o.ended_on`, sql`o.due_on`), sql`o.ended_on`, sql`true`),
      // On the day after the last one; what comes later than that, on the day on which it comes.
      counted(
        sql`${missed}::text`,
        whole,
        sql`greatest(o.due_on + 1, o.opened_on)`,
        sql`o.due_on is not null and ${isLate}`,
      ),
    ],
  };
}

/**
 * Removals of which agencies were told; a lift of what rested on the listing acknowledges one as well. One is superseded
 * where the listing changes again before that.
 */
const removals = countOwed({
  came: "removalsTold",
  missed: "removalsMissed",
  rows: sql`
    select notice.agency_id, ${dayOf(sql`notice.told_at`)} as opened_on, notice.due_on,
      ${dayOf(sql`coalesce(notice.acknowledged_at, least(lift.at, l.told_at))`)} as ended_on,
      case when notice.acknowledged_at is not null or lift.at <= coalesce(l.told_at, 'infinity') then 'removalsAcknowledged'
        when l.told_at is not null then 'removalsSuperseded' end as ended
    from notice
    left join notice l
      on l.position = notice.superseded_by and l.listing_id = notice.listing_id and l.agency_id = notice.agency_id
    cross join lateral (select ${acknowledgedByLiftAt} as at) lift
    where notice.kind = 'ended'`,
});

/** A sanction that was recorded in error is cancelled by the report that says so, and nothing need be lifted. */
const saidInError = sql`(
  select min(f.reported_at) from feedback f
  where f.task_id = s.task_id and f.former_sanctions = 'recorded_in_error' and f.reported_at >= s.recorded_at
)`;

/** What happened before anybody noted the obligation counts on the day on which it was noted. */
const lifts = countOwed({
  came: "liftsDue",
  missed: "liftsMissed",
  rows: sql`
    select o.agency_id, o.noted_on as opened_on, o.due_on,
      case when o.ended is not null then greatest(o.noted_on, ${dayOf(sql`o.ended_at`)}) end as ended_on, o.ended
    from (
      select o.*, each.ended, each.ended_at
      from lift_obligation o
      join sanction s on s.id = o.sanction_id
      cross join lateral (values
        ('lifted', 'liftsDone', s.lifted_at),
        ('cancelled', 'liftsCancelled', o.cancelled_at),
        ('closed', 'liftsClosed', o.closed_at),
        ('void', 'liftsVoid', case when o.state = 'void' then ${saidInError} end),
        ('open', null, null)
      ) as each (state, ended, ended_at)
      where each.state = o.state
    ) o`,
});

const reviews = countOwed({
  came: "reviewsDue",
  missed: "reviewsMissed",
  rows: sql`
    select r.agency_id, r.noted_on as opened_on, r.due_on,
      case when r.reviewed_at is not null then greatest(r.noted_on, ${dayOf(sql`r.reviewed_at`)}) end as ended_on,
      case when r.reviewed_at is not null then 'reviewsDone' end as ended
    from past_refusal_review r`,
});

const everything = [removals, lifts, reviews];

export const owedActs: readonly FigureSource[] = everything.map(({ acts }) => acts);
export const owedDeadlines: readonly FigureSource[] = everything.flatMap(({ deadlines }) => deadlines);

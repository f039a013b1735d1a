// What is counted of the register as a whole: files that came in, changes, and parties who performed after they were found.
import { sql } from "drizzle-orm";
import { courtExits, dayOf, type FigureSource, isWithin } from "./source-queries.ts";

/** A load that is rolled back later was activated all the same: its roll-back is counted by itself. */
const loads: FigureSource = {
  scope: "register",
  count: (stretch) => sql`
    select each.figure, '' as part, '' as body, o.day, sum(each.value) as value
    from (
      select ${dayOf(sql`o.finished_at`)} as day, (o.counts ->> 'accepted')::bigint as accepted
      from load o
      where o.position_after is not null and ${isWithin(sql`o.finished_at`, stretch)}
    ) o
    cross join lateral (values ('loads', 1), ('recordsAccepted', o.accepted)) as each (figure, value)
    group by each.figure, o.day
    having sum(each.value) <> 0`,
};

const rollbacks: FigureSource = {
  scope: "register",
  count: (stretch) => sql`
    select 'loadRollbacks' as figure, '' as part, '' as body, ${dayOf(sql`o.rolled_back_at`)} as day, count(*) as value
    from load o
    where ${isWithin(sql`o.rolled_back_at`, stretch)}
    group by 4`,
};

const changes: FigureSource = {
  scope: "register",
  count: (stretch) => sql`
    select 'changes' as figure, c.kind as part, '' as body, ${dayOf(sql`c.at`)} as day, count(*) as value
    from listing_change c
    where ${isWithin(sql`c.at`, stretch)}
    group by c.kind, 4`,
};

const performedAfterHit: FigureSource = {
  scope: "register",
  count: (stretch) => sql`
    select 'performedAfterHit' as figure, '' as part, '' as body, p.day, count(*) as value
    from (${courtExits(stretch)}) p
    where p.is_performed and exists (
      select from hit h where h.listing_id = p.listing_id and h.grade = 'exact' and h.checked_at < p.at
    )
    group by p.day`,
};

export const registerActs: readonly FigureSource[] = [loads, rollbacks, changes, performedAfterHit];

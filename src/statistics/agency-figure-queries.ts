// What is counted of agencies: their checks, whom they asked about, and what became of those listings.
import { type SQL, sql } from "drizzle-orm";
import { uuidAt } from "../platform/id.ts";
import { firstDayOf, lastDayOf, monthsEndingIn, type Stretch } from "./month.ts";
import { courtExits, dayOf, type FigureSource, isWithin } from "./source-queries.ts";

/**
 * A check's id is made before its answer, by another clock than the database's: so much may lie between them, and a day
 * is read as that much more of the primary key, of which the instants of the rows then decide.
 */
const CLOCKS_APART_MS = 2 * 3_600_000;

/** Of a check `c` of an agency `a`. */
export const isRecordedWithin = ({ from, to }: Stretch): SQL => {
  const first = uuidAt(new Date(Date.parse(`${from}T00:00:00+08:00`) - CLOCKS_APART_MS));
  const last = uuidAt(new Date(Date.parse(`${to}T24:00:00+08:00`) + CLOCKS_APART_MS));
  return sql`c.agency_id = a.id and c.id >= ${first}::uuid and c.id < ${last}::uuid
    and ${isWithin(sql`c.checked_at`, { from, to })}`;
};

const checks: FigureSource = {
  scope: "agency",
  count: (stretch) => sql`
    select 'checks' as figure, c.outcome as part, a.id::text as body, c.day, count(*) as value
    from agency a cross join lateral (
      select c.outcome, ${dayOf(sql`c.checked_at`)} as day from check_record c where ${isRecordedWithin(stretch)}
    ) c
    group by c.outcome, a.id, c.day`,
};

/** Of an erased check nobody can say any more about whom it was: its month is not counted again. */
function personsOf(month: string): SQL {
  const stretch = { from: firstDayOf(month), to: lastDayOf(month) };
  return sql`
    select ${stretch.to}::date as day, a.id, c.persons, c.persons_listed, c.is_erased
    from agency a cross join lateral (
      select count(distinct c.subject_index) as persons,
        count(distinct c.subject_index) filter (where c.outcome = 'listed') as persons_listed,
        bool_or(octet_length(c.subject_index) = 0) as is_erased
      from check_record c where ${isRecordedWithin(stretch)}
    ) c
    where c.persons > 0`;
}

const persons: FigureSource = {
  scope: "agency",
  monthly: true,
  count: (stretch) => {
    const months = monthsEndingIn(stretch).map(personsOf);
    const counted =
      months.length > 0
        ? sql.join(months, sql` union all `)
        : sql`select null::date as day, null::uuid as id, 0 as persons, 0 as persons_listed, false as is_erased where false`;
    return sql`
      select each.figure, '' as part, m.id::text as body, m.day, case when not m.is_erased then each.value end as value
      from (${counted}) m
      cross join lateral (values ('persons', m.persons), ('personsListed', m.persons_listed)) as each (figure, value)
      where each.value > 0`;
  },
};

/** A listing may end more than once, where its court ends what a file had dropped: a check counts with the first end after it. */
const hitsLaterEnded: FigureSource = {
  scope: "agency",
  count: (stretch) => sql`
    select 'hitsLaterEnded' as figure, '' as part, h.agency_id::text as body, ${dayOf(sql`l.at`)} as day, count(*) as value
    from listing_change l
    join hit h on h.listing_id = l.listing_id and h.checked_at < l.at
    where l.kind = 'ended' and ${isWithin(sql`l.at`, stretch)} and not exists (
      select from listing_change o
      where o.listing_id = l.listing_id and o.kind = 'ended' and o.position < l.position and o.at > h.checked_at
    )
    group by h.agency_id, 4`,
};

const hitsLaterRevoked: FigureSource = {
  scope: "agency",
  count: (stretch) => sql`
    select 'hitsLaterRevoked' as figure, '' as part, h.agency_id::text as body, e.day, count(*) as value
    from (${courtExits(stretch)}) e
    join hit h on h.listing_id = e.listing_id and h.checked_at < e.at
    where e.operation = 'revoke'
    group by h.agency_id, e.day`,
};

const performedAfterHit: FigureSource = {
  scope: "agency",
  count: (stretch) => sql`
    select 'performedAfterHit' as figure, '' as part, h.agency_id::text as body, p.day, count(distinct p.listing_id) as value
    from (${courtExits(stretch)}) p
    join hit h on h.listing_id = p.listing_id and h.grade = 'exact' and h.checked_at < p.at
    where p.is_performed
    group by h.agency_id, p.day`,
};

export const agencyActs: readonly FigureSource[] = [
  checks,
  persons,
  hitsLaterEnded,
  hitsLaterRevoked,
  performedAfterHit,
];

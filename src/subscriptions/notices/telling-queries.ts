// SQL that tells agencies of what changed, in sets: a stretch of the register's changes, joined with who was shown what.
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../platform/database.ts";
import { NEW_UUID_SQL, publicIdSql } from "../../platform/id-sql.ts";
import type { Stretch } from "../../registry/index.ts";

/** A purpose with a day, or with a number of days. */
export type PurposeDue = { purpose: string; dueOn: string | null };
export type PurposeDays = { purpose: string; days: number };

const newUuid = sql.raw(NEW_UUID_SQL);
const within = (position: SQL, { after, upTo }: Stretch) => sql`${position} > ${after} and ${position} <= ${upTo}`;
const dues = (given: readonly PurposeDue[]) => sql`
  jsonb_to_recordset(${JSON.stringify(given.map(({ purpose, dueOn }) => ({ purpose, due_on: dueOn })))}::jsonb)
    as due (purpose text, due_on date)`;
const shownSince = (days: number | null) =>
  days === null ? sql`true` : sql`h.checked_at >= now() - make_interval(days => ${days})`;

/** A stretch may concern every agency: the pool's ten seconds are for requests. */
export async function allowMinutes(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('statement_timeout', '300s', true)`);
}

/**
 * Of every listing that ended or says something else since: whoever was shown it before. The check's own position tells
 * before from after, to the change. The mark of an objection, or a window, leaves the content as it was.
 */
export async function insertOfShown(
  tx: Transaction,
  stretch: Stretch,
  { dueOn, days }: { dueOn: readonly PurposeDue[]; days: number | null },
): Promise<void> {
  await tx.execute(sql`
    insert into notice (id, agency_id, listing_id, position, kind, operation, due_on)
    select ${newUuid}, told.*
    from (
      select h.agency_id, c.listing_id, c.position, c.kind,
        case when c.kind = 'ended' then l.exit_operation end, min(due.due_on)
      from listing_change c
      join hit h on h.listing_id = c.listing_id and ${shownSince(days)}
      join check_record r on r.agency_id = h.agency_id and r.id = h.check_id and r.register_position < c.position
      join listing l on l.id = c.listing_id
      left join ${dues(dueOn)} on due.purpose = h.purpose
      where ${within(sql`c.position`, stretch)}
        and (
          c.kind = 'ended'
          or c.kind = 'changed' and c.content_hash is distinct from (
            select before.content_hash from listing_change before
            where before.listing_id = c.listing_id and before.version < c.version order by before.version desc limit 1
          )
        )
        and not (
          -- The end of the term was told on its day.
          c.kind = 'ended' and l.exit_operation = 'expire' and exists (
            select from notice n where n.listing_id = c.listing_id and n.agency_id = h.agency_id and n.position = 0
          )
        )
      group by h.agency_id, c.listing_id, c.position, c.kind, l.exit_operation
      order by c.position, h.agency_id
    ) told
    on conflict do nothing`);
}

/** Of every listing that a roll-back lists again: whoever was told of its end. */
export async function insertOfReinstated(tx: Transaction, stretch: Stretch): Promise<void> {
  await tx.execute(sql`
    insert into notice (id, agency_id, listing_id, position, kind, cause)
    select ${newUuid}, told.*
    from (
      select distinct n.agency_id, c.listing_id, c.position, 'listed', 'reinstated'
      from listing_change c
      join notice n on n.listing_id = c.listing_id and n.kind = 'ended' and n.position < c.position
      where c.kind = 'listed' and ${within(sql`c.position`, stretch)}
    ) told
    on conflict do nothing`);
}

/**
 * Of every new listing: agencies whose check of that number was clear within the days of a purpose that switches this
 * on. Whether the name agrees too is for the agency's next check to tell. `since` is below every id of the longest window:
 * a small part of each agency's rows.
 */
export async function insertOfClear(
  tx: Transaction,
  stretch: Stretch,
  { purposes, since }: { purposes: readonly PurposeDays[]; since: string },
): Promise<void> {
  await tx.execute(sql`
    insert into notice (id, agency_id, listing_id, position, kind, cause, check_id)
    select ${newUuid}, told.*
    from (
      select distinct on (c.position, r.agency_id)
        r.agency_id, c.listing_id, c.position, 'listed', 'past_clear', r.id
      from listing_change c
      join listing l on l.id = c.listing_id and l.state = 'published'
      join document d on d.subject_id = l.subject_id and d.number_sealed is not null
      join check_record r on r.subject_index = d.blind_index and r.id >= ${since}::uuid
      join jsonb_to_recordset(${JSON.stringify(purposes)}::jsonb) as wanted (purpose text, days int)
        on wanted.purpose = r.purpose
      join agency_purpose p on p.agency_id = r.agency_id and p.purpose = r.purpose
      where c.kind = 'listed' and ${within(sql`c.position`, stretch)}
        and r.outcome = 'clear' and r.register_position < c.position and l.list = any (r.lists)
        and r.checked_at >= now() - make_interval(days => wanted.days)
      order by c.position, r.agency_id, r.id desc
    ) told
    on conflict do nothing`);
}

/** Whoever is told something newer of a listing need not acknowledge what came before. */
export async function supersedeEarlier(tx: Transaction, stretch: Stretch): Promise<void> {
  await tx.execute(sql`
    update notice n set superseded_by = later.position
    from (
      select listing_id, agency_id, max(position) as position from notice
      where ${within(sql`position`, stretch)} group by listing_id, agency_id
    ) later
    where n.listing_id = later.listing_id and n.agency_id = later.agency_id and n.position < later.position
      and n.acknowledged_at is null and n.superseded_by is null`);
}

/**
 * Of every published listing whose last day has passed and which nobody has ended yet: whoever was shown it and was not
 * told of its end. How many there are.
 */
export async function insertOfTermsOver(
  tx: Transaction,
  today: string,
  { dueOn, days }: { dueOn: readonly PurposeDue[]; days: number | null },
): Promise<number> {
  const result = await tx.execute(sql`
    insert into notice (id, agency_id, listing_id, position, kind, operation, due_on)
    select ${newUuid}, told.*
    from (
      select h.agency_id, h.listing_id, 0, 'ended', 'expire', min(due.due_on)
      from hit h
      join listing l on l.id = h.listing_id and l.state = 'published' and l.answers_until < ${today}::date
      left join ${dues(dueOn)} on due.purpose = h.purpose
      where ${shownSince(days)}
        and not exists (select from notice n where n.listing_id = h.listing_id and n.agency_id = h.agency_id and n.position = 0)
      group by h.agency_id, h.listing_id
    ) told
    on conflict do nothing`);
  return result.count;
}

/** What this transaction has told: a stretch that is followed again tells nothing twice. */
const now = sql`n.told_at = now()`;

export async function countTold(tx: Transaction, stretch: Stretch): Promise<number> {
  const [row] = await tx.execute<{ notices: number }>(sql`
    select count(*)::int as notices from notice n where ${within(sql`n.position`, stretch)} and ${now}`);
  return row?.notices ?? 0;
}

/** The events of a stretch's notices: a listing's public id is made once, however many are told. */
export function eventsOfStretch(stretch: Stretch): SQL {
  return eventsOf(sql`${within(sql`n.position`, stretch)} and ${now}`);
}

/** The events of the terms that this transaction found over. */
export function eventsOfTermsOver(): SQL {
  return eventsOf(sql`n.position = 0 and ${now}`);
}

function eventsOf(condition: SQL): SQL {
  return sql`(
    with told as materialized (select * from notice n where ${condition}),
    named as materialized (
      select listing_id, ${sql.raw(publicIdSql("lst", "listing_id"))} as listing
      from (select distinct listing_id from told) l
    )
    select n.agency_id, 'listing.' || n.kind as type, named.listing as order_key,
      jsonb_strip_nulls(jsonb_build_object(
        'listing', named.listing, 'notice', ${sql.raw(publicIdSql("ntc", "n.id"))},
        'operation', n.operation, 'cause', n.cause,
        'check', case when n.check_id is not null then ${sql.raw(publicIdSql("chk", "n.check_id"))} end
      )) as data,
      row_number() over (order by n.position, n.agency_id) as place
    from told n join named using (listing_id)
  )`;
}

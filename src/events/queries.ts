// SQL on events: appended, read in their order, and in the end pruned; never changed.
import { and, asc, eq, gt, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { EventType, NewEvent } from "./event-types.ts";
import { event } from "./schema.ts";

export type EventRow = typeof event.$inferSelect;
/** A place in the order of all events: the position after which one reads on, and the event that stands there. */
export type EventPlace = { position: number; eventId: string | null };
/** The newest place, and the position up to which events are no longer kept. */
export type EventExtent = { newest: EventPlace; prunedThrough: number };

/** Events that a program holds, as a selection. */
export function givenEvents(events: readonly NewEvent[]): SQL {
  const rows = events.map(({ agencyId, type, orderKey, data }) => ({
    agency_id: agencyId,
    type,
    order_key: orderKey,
    data,
  }));
  return sql`(
    select given.agency_id, given.type, given.order_key, given.data, place
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as item (element, place)
    cross join lateral jsonb_to_record(item.element) as given (agency_id uuid, type text, order_key text, data jsonb)
  )`;
}

export async function insertEvents(tx: Transaction, count: number, rows: SQL): Promise<void> {
  await tx.execute(sql`
    with taken as (
      insert into event_state (position) values (${count})
      on conflict (one) do update set position = event_state.position + excluded.position
      returning position - ${count} as before
    )
    insert into event (position, id, agency_id, type, order_key, data)
    select taken.before + row_number() over (order by r.place), gen_random_uuid(), r.agency_id, r.type, r.order_key, r.data
    from ${rows} as r, taken`);
}

export async function readExtent(reader: Reader): Promise<EventExtent> {
  const [row] = await reader.execute<{ position: number; id: string | null; pruned_through: number }>(sql`
    select s.position, s.pruned_through, e.id from event_state s left join event e on e.position = s.position`);
  if (!row) return { newest: { position: 0, eventId: null }, prunedThrough: 0 };
  return { newest: { position: row.position, eventId: row.id }, prunedThrough: row.pruned_through };
}

export async function findEventIdAt(reader: Reader, position: number): Promise<string | undefined> {
  const [row] = await reader.select({ id: event.id }).from(event).where(eq(event.position, position));
  return row?.id;
}

export type EventFilter = { upTo?: number; types?: readonly EventType[] | undefined };

/** An agency's events after a position, in their order. */
export async function listEventsAfter(
  reader: Reader,
  agencyId: string,
  after: number,
  limit: number,
  { upTo, types }: EventFilter = {},
): Promise<EventRow[]> {
  return reader
    .select()
    .from(event)
    .where(
      and(
        eq(event.agencyId, agencyId),
        gt(event.position, after),
        upTo === undefined ? undefined : lte(event.position, upTo),
        types === undefined ? undefined : inArray(event.type, [...types]),
      ),
    )
    .orderBy(asc(event.position))
    .limit(limit);
}

/**
 * Removes, of the `rows` oldest events, those before the first that is not older than `before`, so that what is kept has
 * no holes; says how many went. Its last step takes the row that appending takes.
 */
export async function deleteOldest(tx: Transaction, before: Date, rows: number): Promise<number> {
  const [pruned] = await tx.execute<{ events: number }>(sql`
    with oldest as (
      select position, bool_and(at < ${before.toISOString()}::timestamptz) over (order by position) as is_old
      from (select position, at from event order by position limit ${rows}) as first
    ),
    gone as (
      delete from event using oldest where event.position = oldest.position and oldest.is_old returning event.position
    ),
    last as (select max(position) as position, count(*)::int as events from gone)
    update event_state s set pruned_through = greatest(s.pruned_through, last.position)
    from last where last.events > 0
    returning last.events`);
  return pruned?.events ?? 0;
}

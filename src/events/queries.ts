// SQL on events: appended and read, never changed.
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { NewEvent } from "./event-types.ts";
import { event } from "./schema.ts";

export type EventRow = typeof event.$inferSelect;

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

/** An agency's events after a position, in their order. */
export async function listEventsAfter(
  reader: Reader,
  agencyId: string,
  after: number,
  limit: number,
): Promise<EventRow[]> {
  return reader
    .select()
    .from(event)
    .where(and(eq(event.agencyId, agencyId), gt(event.position, after)))
    .orderBy(asc(event.position))
    .limit(limit);
}

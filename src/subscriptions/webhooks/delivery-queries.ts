// SQL on deliveries: taken over from the events, claimed, settled, listed.
import { and, asc, desc, eq, inArray, isNotNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Database, Reader, Transaction } from "../../platform/database.ts";
import { type deliveryStates, webhookAttempt, webhookDelivery, webhookEndpoint } from "./schema.ts";

export type DeliveryRow = typeof webhookDelivery.$inferSelect;
export type NewDeliveryRow = typeof webhookDelivery.$inferInsert;
export type AttemptRow = typeof webhookAttempt.$inferSelect;
export type DeliveryState = (typeof deliveryStates)[number];

const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

/** Whose agreement is in force: nobody else is told anything. */
const inForce = (today: string): SQL => sql`exists (
  select from agency a where a.id = e.agency_id and a.state = 'active' and ${today}::date
    between coalesce(a.agreement_from, '-infinity') and coalesce(a.agreement_until, 'infinity'))`;

/**
 * Makes deliveries of the events after each endpoint's place, at most so many that `pendingMax` are pending; what was
 * delivered once and comes again (a replay set the place back) becomes pending again. Says how many endpoints moved on.
 */
export async function takeOverEvents(db: Database, today: string, now: Date, pendingMax: number): Promise<number> {
  const moved = await db.execute(sql`
    with behind as (
      select e.id, e.agency_id, e.place, e.types, s.position as newest, greatest(0, ${pendingMax} - (
        select count(*) from webhook_delivery d where d.endpoint_id = e.id and d.state = 'pending'
      )) as room
      from webhook_endpoint e, event_state s
      where e.state = 'enabled' and e.place < s.position and ${inForce(today)}
        and exists (select from event v where v.agency_id = e.agency_id and v.position > e.place)
      for update of e skip locked
    ),
    told as (
      select b.id as endpoint_id, b.types, v.*
      from behind b cross join lateral (
        select v.position, v.id, v.at, v.type, v.order_key, v.data from event v
        where v.agency_id = b.agency_id and v.position > b.place and v.position <= b.newest
        order by v.position limit b.room
      ) v
    ),
    taken as (
      insert into webhook_delivery
        (id, endpoint_id, position, event_id, event_at, type, order_key, data, next_attempt_at, created_at)
      select gen_random_uuid(), endpoint_id, position, id, at, type, order_key, data, ${at(now)}, ${at(now)}
      from told where types is null or type = any (types) order by position
      on conflict (endpoint_id, position) do update
        set state = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at, ended_at = null
        where webhook_delivery.state <> 'pending'
    )
    update webhook_endpoint e set place = case when t.rows < b.room then b.newest else t.last end
    from behind b cross join lateral (
      select count(*) as rows, max(position) as last from told where told.endpoint_id = b.id
    ) t
    where e.id = b.id and b.room > 0
    returning e.id`);
  return moved.length;
}

/** Lets endpoints of which no event waits move on to the newest, so that their places do not grow old. */
export async function advanceIdle(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update webhook_endpoint e set place = s.position from event_state s
    where e.state = 'enabled' and e.place < s.position
      and not exists (select from event v where v.agency_id = e.agency_id and v.position > e.place)`);
}

export type DueEndpoint = { id: string; url: string; agencyId: string; failures: number; isSlow: boolean };

/**
 * Enabled endpoints with something due, in any order, each held to the end of the transaction: whoever claims for an
 * endpoint sees what was claimed for it before.
 */
export async function lockDueEndpoints(
  tx: Transaction,
  today: string,
  now: Date,
  limit: number,
): Promise<DueEndpoint[]> {
  return tx.execute<DueEndpoint>(sql`
    select e.id, e.url, e.agency_id as "agencyId", e.failures, e.is_slow as "isSlow" from webhook_endpoint e
    where e.state = 'enabled' and coalesce(e.paused_until <= ${at(now)}, true) and ${inForce(today)}
      and exists (
        select from webhook_delivery d where d.endpoint_id = e.id and d.state = 'pending'
          and d.next_attempt_at <= ${at(now)} and coalesce(d.claimed_until <= ${at(now)}, true))
    order by random() limit ${limit}
    for update of e skip locked`);
}

/** How much may be under way: for each endpoint, by its id, and in all, the first of every endpoint before the second of any. */
export type ClaimRoom = { perEndpoint: ReadonlyMap<string, number>; total: number };

/**
 * Claims what is due: of each endpoint at most as much as there is room for beside what others have claimed, nothing
 * while something earlier about the same thing is pending, retries before what is new. `offset 0` keeps the look for
 * something earlier an index probe: as a join, on a table without statistics, it reads all that is pending (22 ms for 32
 * of 4,000; 0.3 so).
 */
export async function claimDue(
  tx: Transaction,
  { perEndpoint, total }: ClaimRoom,
  { claim, now, until }: { claim: string; now: Date; until: Date },
): Promise<DeliveryRow[]> {
  const rooms = JSON.stringify([...perEndpoint].map(([id, room]) => ({ id, room })));
  const ids = await tx.execute<{ id: string }>(sql`
    with due as (
      select d.id, row_number() over (partition by e.id order by d.attempts desc nulls last, d.position) as turn
      from jsonb_to_recordset(${rooms}::jsonb) as e (id uuid, room int)
      cross join lateral (
        select e.room - count(*) as free from webhook_delivery d
        where d.endpoint_id = e.id and d.claim is not null and d.claimed_until > ${at(now)}
      ) left_over
      cross join lateral (
        select d.id, d.attempts, d.position from webhook_delivery d
        where d.endpoint_id = e.id and d.state = 'pending' and d.next_attempt_at <= ${at(now)}
          and coalesce(d.claimed_until <= ${at(now)}, true)
          and not exists (
            select from webhook_delivery earlier where earlier.endpoint_id = d.endpoint_id
              and earlier.order_key = d.order_key and earlier.state = 'pending' and earlier.position < d.position offset 0)
        order by d.attempts desc nulls last, d.position limit greatest(0, left_over.free)
      ) d
    )
    update webhook_delivery d set claim = ${claim}::uuid, claimed_until = ${at(until)}
    where d.id in (select id from due order by turn, random() limit ${total})
    returning d.id`);
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(webhookDelivery)
    .where(
      inArray(
        webhookDelivery.id,
        ids.map(({ id }) => id),
      ),
    );
}

/** The next number is safe: whoever records holds the endpoint. */
export async function insertAttempt(tx: Transaction, row: Omit<AttemptRow, "number">): Promise<void> {
  const number = sql`(select coalesce(max(number), 0) + 1 from webhook_attempt where delivery_id = ${row.deliveryId})`;
  await tx.insert(webhookAttempt).values({ ...row, number });
}

/** What came of an attempt, unless the delivery is no longer the claimant's. */
export async function settleDelivery(
  tx: Transaction,
  { id, claim }: { id: string; claim: string },
  changes: Partial<NewDeliveryRow>,
): Promise<void> {
  await tx
    .update(webhookDelivery)
    .set({ ...changes, attempts: sql`${webhookDelivery.attempts} + 1`, claim: null, claimedUntil: null })
    .where(and(eq(webhookDelivery.id, id), eq(webhookDelivery.claim, claim)));
}

export async function insertDelivery(tx: Transaction, row: NewDeliveryRow): Promise<void> {
  await tx.insert(webhookDelivery).values(row);
}

/** The delivery with the agency's endpoint that it goes to. */
export async function findDelivery(reader: Reader, agencyId: string, id: string): Promise<DeliveryRow | undefined> {
  const [found] = await reader
    .select({ delivery: webhookDelivery })
    .from(webhookDelivery)
    .innerJoin(webhookEndpoint, eq(webhookEndpoint.id, webhookDelivery.endpointId))
    .where(
      and(eq(webhookDelivery.id, id), eq(webhookEndpoint.agencyId, agencyId), ne(webhookEndpoint.state, "removed")),
    );
  return found?.delivery;
}

/** Makes a delivery of an event due now, from the first attempt on. */
export async function restartDelivery(tx: Transaction, id: string, now: Date): Promise<void> {
  await restart(tx, and(eq(webhookDelivery.id, id), ne(webhookDelivery.state, "cancelled")), now);
}

/** The same for whatever an endpoint has still to be told. */
export async function restartPending(tx: Transaction, endpointId: string, now: Date): Promise<void> {
  await restart(tx, and(eq(webhookDelivery.endpointId, endpointId), eq(webhookDelivery.state, "pending")), now);
}

async function restart(tx: Transaction, which: SQL | undefined, now: Date): Promise<void> {
  await tx
    .update(webhookDelivery)
    .set({ state: "pending", attempts: 0, nextAttemptAt: now, endedAt: null })
    .where(and(which, isNotNull(webhookDelivery.position)));
}

export async function cancelPending(tx: Transaction, endpointId: string, now: Date): Promise<void> {
  await tx
    .update(webhookDelivery)
    .set({ state: "cancelled", endedAt: now, claim: null, claimedUntil: null })
    .where(and(eq(webhookDelivery.endpointId, endpointId), eq(webhookDelivery.state, "pending")));
}

export type DeliveryFilter = { endpointId: string; state?: DeliveryState | undefined };

/** An endpoint's log, newest first. */
export async function listDeliveries(
  reader: Reader,
  { endpointId, state }: DeliveryFilter,
  before: number | null,
  limit: number,
): Promise<DeliveryRow[]> {
  return reader
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.endpointId, endpointId),
        state === undefined ? undefined : eq(webhookDelivery.state, state),
        before === null ? undefined : lt(webhookDelivery.sequence, before),
      ),
    )
    .orderBy(desc(webhookDelivery.sequence))
    .limit(limit);
}

export async function listAttempts(reader: Reader, deliveryIds: readonly string[]): Promise<AttemptRow[]> {
  return reader
    .select()
    .from(webhookAttempt)
    .where(inArray(webhookAttempt.deliveryId, [...deliveryIds]))
    .orderBy(asc(webhookAttempt.deliveryId), asc(webhookAttempt.number));
}

/** Forgets deliveries that were over before `before`; says how many, at most `rows`. */
export async function deleteEnded(tx: Transaction, before: Date, rows: number): Promise<number> {
  const old = tx
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(lt(webhookDelivery.endedAt, before))
    .limit(rows);
  const gone = await tx
    .delete(webhookDelivery)
    .where(inArray(webhookDelivery.id, old))
    .returning({ id: webhookDelivery.id });
  return gone.length;
}

/** How much is to be delivered by now, and since when the oldest is due. */
export async function readBacklog(reader: Reader, now: Date): Promise<{ deliveries: number; oldest: Date | null }> {
  const [row] = await reader.execute<{ deliveries: number; oldest: string | null }>(sql`
    select count(*)::int as deliveries, min(d.created_at) as oldest
    from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
    where e.state = 'enabled' and d.state = 'pending' and d.created_at <= ${at(now)}`);
  return { deliveries: row?.deliveries ?? 0, oldest: row?.oldest ? new Date(row.oldest) : null };
}

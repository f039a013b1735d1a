// Telling agencies something: in the transaction of what it is about, so that neither is there without the other.
import type { SQL } from "drizzle-orm";
import type { Transaction } from "../platform/database.ts";
import type { NewEvent } from "./event-types.ts";
import { givenEvents, insertEvents } from "./queries.ts";

/**
 * Appends `events` in their order. The last step of a transaction: it holds the one row of `event_state` until the
 * commit, so that positions are dense and in commit order.
 */
export async function appendEvents(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length > 0) await insertEvents(tx, events.length, givenEvents(events));
}

/** The same for the `count` rows of a selection of `agency_id, type, order_key, data` and their order `place`. */
export async function appendEventsOf(tx: Transaction, count: number, rows: SQL): Promise<void> {
  if (count > 0) await insertEvents(tx, count, rows);
}

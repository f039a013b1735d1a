// SQL on webhook endpoints and their keys.
import { and, asc, count, desc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { agency } from "../../agencies/schema.ts";
import type { Reader, Transaction } from "../../platform/database.ts";
import { webhookDelivery, webhookEndpoint, webhookKey } from "./schema.ts";

export type EndpointRow = typeof webhookEndpoint.$inferSelect;
export type NewEndpointRow = typeof webhookEndpoint.$inferInsert;
export type EndpointChanges = Partial<Omit<NewEndpointRow, "id" | "agencyId" | "version">>;
export type KeyRow = typeof webhookKey.$inferSelect;

/** How many endpoints an agency has. Holds the agency's row, so that two requests do not make one too many. */
export async function countEndpoints(tx: Transaction, agencyId: string): Promise<number> {
  await tx.select({ id: agency.id }).from(agency).where(eq(agency.id, agencyId)).for("no key update");
  const [row] = await tx.select({ endpoints: count() }).from(webhookEndpoint).where(isOf(agencyId));
  return row?.endpoints ?? 0;
}

export async function insertEndpoint(tx: Transaction, row: NewEndpointRow): Promise<EndpointRow> {
  const [inserted] = await tx.insert(webhookEndpoint).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

export async function listEndpoints(reader: Reader, agencyId: string): Promise<EndpointRow[]> {
  return reader
    .select()
    .from(webhookEndpoint)
    .where(isOf(agencyId))
    .orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id));
}

export async function findEndpoint(reader: Reader, agencyId: string, id: string): Promise<EndpointRow | undefined> {
  const [found] = await reader
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.id, id), isOf(agencyId)));
  return found;
}

/** The endpoint, held to the end of the transaction: before anything is changed of it or its deliveries. */
export async function lockEndpoint(tx: Transaction, id: string): Promise<EndpointRow | undefined> {
  const [found] = await tx.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id)).for("update");
  return found;
}

/** A change that its agency sees as one: it gets the next version. */
export async function changeEndpoint(tx: Transaction, id: string, changes: EndpointChanges): Promise<EndpointRow> {
  return updateEndpoint(tx, id, { ...changes, version: sql`${webhookEndpoint.version} + 1` });
}

/** How it does. */
export async function noteHealth(tx: Transaction, id: string, health: EndpointChanges): Promise<EndpointRow> {
  return updateEndpoint(tx, id, health);
}

async function updateEndpoint(
  tx: Transaction,
  id: string,
  changes: EndpointChanges & { version?: SQL },
): Promise<EndpointRow> {
  const [changed] = await tx.update(webhookEndpoint).set(changes).where(eq(webhookEndpoint.id, id)).returning();
  if (!changed) throw new Error("an endpoint that was locked is gone");
  return changed;
}

export async function insertKey(tx: Transaction, row: typeof webhookKey.$inferInsert): Promise<void> {
  await tx.insert(webhookKey).values(row);
}

/** The keys that sign at `at`, the newest first. */
export async function listKeys(reader: Reader, endpointIds: readonly string[], at: Date): Promise<KeyRow[]> {
  return reader
    .select()
    .from(webhookKey)
    .where(
      and(inArray(webhookKey.endpointId, [...endpointIds]), or(isNull(webhookKey.endsAt), gt(webhookKey.endsAt, at))),
    )
    .orderBy(desc(webhookKey.generation));
}

/** Sets the end of the key that has none, and forgets those that have ended; says the number of the newest. */
export async function retireKeys(tx: Transaction, endpointId: string, endsAt: Date, at: Date): Promise<number> {
  const isOfEndpoint = eq(webhookKey.endpointId, endpointId);
  const [newest] = await tx
    .update(webhookKey)
    .set({ endsAt })
    .where(and(isOfEndpoint, isNull(webhookKey.endsAt)))
    .returning();
  await tx.delete(webhookKey).where(and(isOfEndpoint, lte(webhookKey.endsAt, at)));
  return newest?.generation ?? 0;
}

export async function deleteKeys(tx: Transaction, endpointId: string): Promise<void> {
  await tx.delete(webhookKey).where(eq(webhookKey.endpointId, endpointId));
}

/** How many deliveries of each endpoint are still to be made. */
export async function countWaiting(reader: Reader, endpointIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await reader
    .select({ endpointId: webhookDelivery.endpointId, deliveries: count() })
    .from(webhookDelivery)
    .where(and(inArray(webhookDelivery.endpointId, [...endpointIds]), eq(webhookDelivery.state, "pending")))
    .groupBy(webhookDelivery.endpointId);
  return new Map(rows.map(({ endpointId, deliveries }) => [endpointId, deliveries]));
}

/** How many endpoints there are in each state, and for each reason. */
export async function countByState(reader: Reader): Promise<{ state: string; reason: string; endpoints: number }[]> {
  return reader
    .select({
      state: webhookEndpoint.state,
      reason: sql<string>`coalesce(${webhookEndpoint.disabledBy}, '')`,
      endpoints: count(),
    })
    .from(webhookEndpoint)
    .where(ne(webhookEndpoint.state, "removed"))
    .groupBy(webhookEndpoint.state, webhookEndpoint.disabledBy);
}

/** Enabled endpoints that have not been told what is no longer kept. */
export async function listLeftBehind(tx: Transaction, prunedThrough: number): Promise<EndpointRow[]> {
  return tx
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.state, "enabled"), sql`${webhookEndpoint.place} < ${prunedThrough}`))
    .for("update");
}

function isOf(agencyId: string): SQL | undefined {
  return and(eq(webhookEndpoint.agencyId, agencyId), ne(webhookEndpoint.state, "removed"));
}

// The statements on loads.
import { and, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Client } from "pg";
import type { Reader, Transaction } from "../platform/database.ts";
import { differenceTable, undoTable } from "../registry/index.ts";
import { type LoadState, statesBefore } from "./lifecycle.ts";
import { load, loadDifference, loadException, type LoadProgressRecord } from "./schema.ts";

export type LoadRow = typeof load.$inferSelect;
type LoadValues = Partial<typeof load.$inferInsert>;

/** First key of the advisory locks on sources; any constant that nothing else uses. */
const SOURCE_LOCK = 7_305_125;
const finished: LoadState[] = ["activated", "discarded", "failed"];

/** Held by the session until it ends, however it ends. */
export async function tryLockSource(client: Client, source: string): Promise<boolean> {
  const query = "select pg_try_advisory_lock($1, hashtext($2)) as locked";
  const { rows } = await client.query<{ locked: boolean }>(query, [SOURCE_LOCK, source]);
  return rows[0]?.locked === true;
}

/** Held until the transaction ends; not while any session holds the source. */
export async function tryLockSourceFor(tx: Transaction, source: string): Promise<boolean> {
  const [row] = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${SOURCE_LOCK}, hashtext(${source})) as locked`,
  );
  return row?.locked === true;
}

export async function insertLoad(tx: Transaction, row: typeof load.$inferInsert): Promise<LoadRow> {
  const [inserted] = await tx.insert(load).values(row).returning();
  if (!inserted) throw new Error("a load was not inserted");
  return inserted;
}

/** Null where the load stands in no state from which it may come there. Times are the database's. */
export async function moveLoad(
  tx: Transaction,
  id: string,
  to: LoadState,
  values: LoadValues = {},
): Promise<LoadRow | null> {
  const [moved] = await tx
    .update(load)
    .set({
      ...values,
      state: to,
      ...(finished.includes(to) ? { finishedAt: sql`now()` } : {}),
      ...(values.decidedBy ? { decidedAt: sql`now()` } : {}),
      ...(values.rolledBackBy ? { rolledBackAt: sql`now()` } : {}),
    })
    .where(and(eq(load.id, id), inArray(load.state, statesBefore(to))))
    .returning();
  return moved ?? null;
}

/** Imports from a file of the command line that were not finished; under the source's lock, those of killed processes. */
export async function findUnfinished(reader: Reader, source: string): Promise<string[]> {
  const unfinished = and(inArray(load.state, ["receiving", "validating"]), isNull(load.uploadBytes));
  const rows = await reader
    .select({ id: load.id })
    .from(load)
    .where(and(eq(load.source, source), unfinished));
  return rows.map(({ id }) => id);
}

/** The load of the source that waits for a person, or whose upload waits for bytes or for its import. */
export async function findWaiting(reader: Reader, source: string): Promise<LoadRow | null> {
  const uploading = and(inArray(load.state, ["receiving", "validating"]), isNotNull(load.uploadBytes));
  const waiting = and(eq(load.source, source), or(inArray(load.state, ["held", "ready"]), uploading));
  const [found] = await reader.select().from(load).where(waiting).limit(1);
  return found ?? null;
}

export async function findNewestSnapshot(reader: Reader, source: string): Promise<LoadRow | null> {
  const activated = and(eq(load.source, source), eq(load.mode, "snapshot"), eq(load.state, "activated"));
  const [found] = await reader.select().from(load).where(activated).orderBy(desc(load.asOf)).limit(1);
  return found ?? null;
}

/** A waiting load keeps others of its source away, so that loads become active in the order of their ids. */
export async function findLastActivated(reader: Reader, source: string): Promise<LoadRow | null> {
  const activated = and(eq(load.source, source), eq(load.state, "activated"));
  const [found] = await reader.select().from(load).where(activated).orderBy(desc(load.id)).limit(1);
  return found ?? null;
}

export async function findRolledBackAfter(reader: Reader, { source, id }: LoadRow): Promise<LoadRow[]> {
  const rolledBack = and(eq(load.source, source), eq(load.state, "rolled_back"), gt(load.id, id));
  return reader.select().from(load).where(rolledBack);
}

export async function findLoad(reader: Reader, id: string): Promise<LoadRow | null> {
  const [found] = await reader.select().from(load).where(eq(load.id, id));
  return found ?? null;
}

/** An upload whose import begins, for the first time or again. */
export async function restartLoad(tx: Transaction, id: string): Promise<LoadRow | null> {
  const [restarted] = await tx
    .update(load)
    .set({ state: "receiving", importAttempts: sql`${load.importAttempts} + 1`, counts: null, progress: null })
    .where(and(eq(load.id, id), inArray(load.state, ["receiving", "validating"]), isNotNull(load.uploadBytes)))
    .returning();
  return restarted ?? null;
}

export async function setProgress(tx: Transaction, id: string, progress: LoadProgressRecord): Promise<void> {
  await tx.update(load).set({ progress }).where(eq(load.id, id));
}

/** Newest first. */
export async function listLoads(reader: Reader, limit: number): Promise<LoadRow[]> {
  return reader.select().from(load).orderBy(desc(load.id)).limit(limit);
}

/** Keeps what the comparison of this transaction found, in place of an earlier one of the load. */
export async function keepDifference(tx: Transaction, loadId: string): Promise<void> {
  await tx.delete(loadDifference).where(eq(loadDifference.loadId, loadId));
  await tx.delete(loadException).where(eq(loadException.loadId, loadId));
  await tx.execute(sql`
    insert into load_difference (load_id, court, outcome, rows)
    select ${loadId}::uuid, court, outcome, count(*) from ${sql.identifier(differenceTable)}
      where outcome not in ('restated', 'named') group by court, outcome
    union all
    select ${loadId}::uuid, court, 'conflict', count(*) from ${sql.identifier(differenceTable)} where conflicting group by court`);
  await tx.execute(sql`
    insert into load_exception (load_id, kind, listing_id)
    select ${loadId}::uuid, outcome, listing_id from ${sql.identifier(differenceTable)}
      where outcome in ('superseded', 'disputed')
    union
    select ${loadId}::uuid, 'conflict', listing_id from ${sql.identifier(differenceTable)} where conflicting`);
}

/** Keeps what the roll-back of this transaction leaves as it is. */
export async function keepLeft(tx: Transaction, loadId: string): Promise<void> {
  await tx.execute(sql`
    insert into load_exception (load_id, kind, listing_id)
    select ${loadId}::uuid, 'left', listing_id from ${sql.identifier(undoTable)} where is_left`);
}

export type CourtDifference = { court: string; outcomes: Record<string, number> };

/** Courts with the most rows first. */
export async function listDifferences(reader: Reader, loadId: string): Promise<CourtDifference[]> {
  const rows = await reader
    .select({
      court: loadDifference.court,
      outcomes: sql<Record<string, number>>`jsonb_object_agg(${loadDifference.outcome}, ${loadDifference.rows})`,
    })
    .from(loadDifference)
    .where(eq(loadDifference.loadId, loadId))
    .groupBy(loadDifference.court)
    .orderBy(sql`sum(${loadDifference.rows}) desc, ${loadDifference.court}`);
  return rows;
}

export async function listExceptions(reader: Reader, loadId: string, limit: number) {
  return reader
    .select({ kind: loadException.kind, listingId: loadException.listingId })
    .from(loadException)
    .where(eq(loadException.loadId, loadId))
    .orderBy(loadException.kind, loadException.listingId)
    .limit(limit);
}

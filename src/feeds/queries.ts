// The statements on loads.
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { load, type LoadCounts } from "./schema.ts";

export type LoadRow = typeof load.$inferSelect;
export type LoadMode = LoadRow["mode"];

export async function insertLoad(tx: Transaction, row: typeof load.$inferInsert): Promise<void> {
  await tx.insert(load).values(row);
}

export async function setValidating(
  tx: Transaction,
  id: string,
  fileSha256: Buffer,
  counts: LoadCounts,
): Promise<void> {
  await tx.update(load).set({ state: "validating", fileSha256, counts }).where(eq(load.id, id));
}

export async function setActivated(tx: Transaction, id: string, counts: LoadCounts): Promise<void> {
  await tx
    .update(load)
    .set({ state: "activated", counts, finishedAt: sql`now()` })
    .where(eq(load.id, id));
}

export async function setFailed(tx: Transaction, id: string, failure: string): Promise<void> {
  const failed = { state: "failed", failure, finishedAt: sql`now()` } as const;
  await tx
    .update(load)
    .set(failed)
    .where(and(eq(load.id, id), inArray(load.state, ["receiving", "validating"])));
}

/** Loads that were not finished; under the source's lock, those of killed processes. */
export async function findUnfinished(reader: Reader, source: string): Promise<string[]> {
  const unfinished = inArray(load.state, ["receiving", "validating"]);
  const rows = await reader
    .select({ id: load.id })
    .from(load)
    .where(and(eq(load.source, source), unfinished));
  return rows.map(({ id }) => id);
}

export async function findNewestSnapshot(reader: Reader, source: string): Promise<LoadRow | null> {
  const activated = and(eq(load.source, source), eq(load.mode, "snapshot"), eq(load.state, "activated"));
  const [found] = await reader.select().from(load).where(activated).orderBy(desc(load.asOf)).limit(1);
  return found ?? null;
}

export async function findLoad(reader: Reader, id: string): Promise<LoadRow | null> {
  const [found] = await reader.select().from(load).where(eq(load.id, id));
  return found ?? null;
}

/** Newest first. */
export async function listLoads(reader: Reader, limit: number): Promise<LoadRow[]> {
  return reader.select().from(load).orderBy(desc(load.id)).limit(limit);
}

// SQL on files of questions: begun by a request, carried on by whoever holds the lease, read by the agency.
import { and, asc, desc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { checkColumns, type CheckRow } from "../queries.ts";
import { bulkCheck, checkRecord } from "../schema.ts";

export type BulkRow = typeof bulkCheck.$inferSelect;
export type NewBulkRow = typeof bulkCheck.$inferInsert;

const isOpen = inArray(bulkCheck.state, ["queued", "running"]);

export async function insertBulk(tx: Transaction, row: NewBulkRow): Promise<BulkRow> {
  const [inserted] = await tx.insert(bulkCheck).values(row).returning();
  if (!inserted) throw new Error("an insert returned no row");
  return inserted;
}

/** The agency's own; another agency's is not found. */
export async function findBulk(reader: Reader, agencyId: string, id: string): Promise<BulkRow | undefined> {
  const [found] = await reader
    .select()
    .from(bulkCheck)
    .where(and(eq(bulkCheck.agencyId, agencyId), eq(bulkCheck.id, id)));
  return found;
}

export async function listBulk(
  reader: Reader,
  agencyId: string,
  before: string | null,
  limit: number,
): Promise<BulkRow[]> {
  const earlier = before === null ? undefined : lt(bulkCheck.id, before);
  return reader
    .select()
    .from(bulkCheck)
    .where(and(eq(bulkCheck.agencyId, agencyId), earlier))
    .orderBy(desc(bulkCheck.id))
    .limit(limit);
}

/** What nobody works on, oldest first. */
export async function listClaimable(reader: Reader): Promise<BulkRow[]> {
  return reader
    .select()
    .from(bulkCheck)
    .where(and(isOpen, or(isNull(bulkCheck.leasedUntil), lt(bulkCheck.leasedUntil, sql`now()`))))
    .orderBy(asc(bulkCheck.id));
}

/** How many of the agency's are not over. */
export async function countOpen(reader: Reader, agencyId: string): Promise<number> {
  return reader.$count(bulkCheck, and(eq(bulkCheck.agencyId, agencyId), isOpen));
}

/** Of every agency. */
export async function countOpenByState(reader: Reader): Promise<{ state: BulkRow["state"]; files: number }[]> {
  return reader
    .select({ state: bulkCheck.state, files: sql<number>`count(*)::int` })
    .from(bulkCheck)
    .where(isOpen)
    .groupBy(bulkCheck.state);
}

/** Takes the lease, where nobody has it; what the row was then. */
export async function claim(tx: Transaction, id: string, lease: string, seconds: number): Promise<BulkRow | undefined> {
  const [claimed] = await tx
    .update(bulkCheck)
    .set({
      state: "running",
      startedAt: sql`coalesce(${bulkCheck.startedAt}, now())`,
      lease,
      leasedUntil: sql`now() + make_interval(secs => ${seconds})`,
    })
    .where(and(eq(bulkCheck.id, id), isOpen, or(isNull(bulkCheck.leasedUntil), lt(bulkCheck.leasedUntil, sql`now()`))))
    .returning();
  return claimed;
}

export type Advance = Partial<
  Pick<BulkRow, "total" | "done" | "listed" | "review" | "clear" | "invalid" | "resultBytes" | "lastCheckId">
>;

/** Moves on and prolongs the lease; nothing where it was lost. */
export async function advance(
  tx: Transaction,
  { id, lease }: Pick<BulkRow, "id" | "lease">,
  values: Advance,
  seconds: number,
): Promise<BulkRow | undefined> {
  const [moved] = await tx
    .update(bulkCheck)
    .set({ ...values, leasedUntil: sql`now() + make_interval(secs => ${seconds})` })
    .where(and(eq(bulkCheck.id, id), eq(bulkCheck.lease, lease ?? ""), eq(bulkCheck.state, "running")))
    .returning();
  return moved;
}

export async function finish(
  tx: Transaction,
  { id, lease }: Pick<BulkRow, "id" | "lease">,
  state: "succeeded" | "failed" | "canceled",
  problem: string | null,
): Promise<boolean> {
  const ended = await tx
    .update(bulkCheck)
    .set({ state, problem, finishedAt: sql`now()`, lease: null, leasedUntil: null })
    .where(and(eq(bulkCheck.id, id), eq(bulkCheck.lease, lease ?? ""), eq(bulkCheck.state, "running")))
    .returning({ id: bulkCheck.id });
  return ended.length > 0;
}

/** Gives the lease back, so that the next start goes on at once. */
export async function giveBack(tx: Transaction, { id, lease }: Pick<BulkRow, "id" | "lease">): Promise<void> {
  await tx
    .update(bulkCheck)
    .set({ lease: null, leasedUntil: null })
    .where(and(eq(bulkCheck.id, id), eq(bulkCheck.lease, lease ?? "")));
}

/** What waits is over at once; what runs is told to end. */
export async function requestCancel(tx: Transaction, agencyId: string, id: string): Promise<BulkRow | undefined> {
  const isWaiting = sql`${bulkCheck.state} = 'queued'`;
  const [asked] = await tx
    .update(bulkCheck)
    .set({
      cancelRequested: true,
      state: sql`case when ${isWaiting} then 'canceled' else ${bulkCheck.state} end`,
      finishedAt: sql`case when ${isWaiting} then now() else ${bulkCheck.finishedAt} end`,
    })
    .where(and(eq(bulkCheck.agencyId, agencyId), eq(bulkCheck.id, id), isOpen))
    .returning();
  return asked;
}

/** Checks of this file that are on record and later than the last whose result is safe, in the order of its rows. */
export async function listUntold(
  reader: Reader,
  { id, agencyId, lastCheckId }: Pick<BulkRow, "id" | "agencyId" | "lastCheckId">,
): Promise<CheckRow[]> {
  return reader
    .select(checkColumns)
    .from(checkRecord)
    .where(and(eq(checkRecord.agencyId, agencyId), gt(checkRecord.id, lastCheckId), eq(checkRecord.batchId, id)))
    .orderBy(asc(checkRecord.id));
}

/** Files that are needed: the questions of what is open, the results of `days`. */
export async function listKept(reader: Reader, days: number): Promise<{ id: string; isOpen: boolean }[]> {
  return reader
    .select({ id: bulkCheck.id, isOpen: sql<boolean>`${bulkCheck.finishedAt} is null` })
    .from(bulkCheck)
    .where(or(isOpen, gt(bulkCheck.finishedAt, sql`now() - make_interval(days => ${days})`)));
}

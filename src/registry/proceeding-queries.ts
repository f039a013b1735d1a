// The statements on what courts did about a listing: proceedings, exits, windows.
import { and, eq, getTableColumns, gte, inArray, isNull, lte } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import type { Proceeding } from "./act-queries.ts";
import { exceptionWindow, listing, listingExit, proceeding } from "./schema.ts";

export type WindowRow = typeof exceptionWindow.$inferSelect;

export async function insertProceedings(tx: Transaction, rows: (typeof proceeding.$inferInsert)[]): Promise<void> {
  await tx.insert(proceeding).values(rows);
}

export async function updateProceeding(tx: Transaction, listingId: string, change: Partial<Proceeding>): Promise<void> {
  await tx.update(proceeding).set(change).where(eq(proceeding.listingId, listingId));
}

export async function insertExit(tx: Transaction, row: typeof listingExit.$inferInsert): Promise<void> {
  await tx.insert(listingExit).values(row);
}

export async function updateExit(
  tx: Transaction,
  listingId: string,
  change: Partial<typeof listingExit.$inferInsert>,
): Promise<void> {
  await tx.update(listingExit).set(change).where(eq(listingExit.listingId, listingId));
}

export async function insertWindow(tx: Transaction, row: typeof exceptionWindow.$inferInsert): Promise<void> {
  await tx.insert(exceptionWindow).values(row);
}

export async function findWindow(reader: Reader, listingId: string, id: string): Promise<WindowRow | null> {
  const [found] = await reader
    .select()
    .from(exceptionWindow)
    .where(and(eq(exceptionWindow.id, id), eq(exceptionWindow.listingId, listingId)));
  return found ?? null;
}

export async function updateWindow(tx: Transaction, id: string, change: Partial<WindowRow>): Promise<void> {
  await tx.update(exceptionWindow).set(change).where(eq(exceptionWindow.id, id));
}

export async function listWindows(reader: Reader, listingIds: string[]): Promise<WindowRow[]> {
  if (listingIds.length === 0) return [];
  return reader
    .select()
    .from(exceptionWindow)
    .where(inArray(exceptionWindow.listingId, listingIds))
    .orderBy(exceptionWindow.id);
}

/** The windows of live limits that are open for these parties on the day `on`. */
export async function listOpenWindows(reader: Reader, subjectIds: string[], on: string): Promise<WindowRow[]> {
  if (subjectIds.length === 0) return [];
  return reader
    .select(getTableColumns(exceptionWindow))
    .from(exceptionWindow)
    .innerJoin(listing, and(eq(listing.id, exceptionWindow.listingId), eq(listing.state, "published")))
    .where(
      and(
        inArray(exceptionWindow.subjectId, subjectIds),
        isNull(exceptionWindow.closedAt),
        lte(exceptionWindow.startsOn, on),
        gte(exceptionWindow.endsOn, on),
      ),
    );
}

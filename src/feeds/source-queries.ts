// The statements on sources.
import { asc, eq, inArray, isNotNull, lt } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { feedSource } from "./schema.ts";

export type SourceRow = typeof feedSource.$inferSelect;

export async function insertSource(tx: Transaction, row: typeof feedSource.$inferInsert): Promise<void> {
  await tx.insert(feedSource).values(row).onConflictDoNothing();
}

export async function findSource(reader: Reader, name: string): Promise<SourceRow | null> {
  const [found] = await reader.select().from(feedSource).where(eq(feedSource.name, name));
  return found ?? null;
}

/** Of an agency, or of courts; null: of every court. */
export async function listSourcesOf(
  reader: Reader,
  owner: { agencyId: string } | { courts: readonly string[] | null },
): Promise<SourceRow[]> {
  const isOwn = "agencyId" in owner ? eq(feedSource.agencyId, owner.agencyId) : isOfCourt(owner.courts);
  return reader.select().from(feedSource).where(isOwn).orderBy(asc(feedSource.name));
}

function isOfCourt(courts: readonly string[] | null) {
  return courts === null ? isNotNull(feedSource.scopeCode) : inArray(feedSource.scopeCode, [...courts]);
}

/** Locks the row, so that two changes of one source do not undo each other. */
export async function lockSourceRow(tx: Transaction, name: string): Promise<SourceRow | null> {
  const [found] = await tx.select().from(feedSource).where(eq(feedSource.name, name)).for("update");
  return found ?? null;
}

export async function updateSource(tx: Transaction, { name, ...values }: SourceRow): Promise<void> {
  await tx.update(feedSource).set(values).where(eq(feedSource.name, name));
}

export async function listOutranked(reader: Reader, precedence: number): Promise<string[]> {
  const rows = await reader
    .select({ name: feedSource.name })
    .from(feedSource)
    .where(lt(feedSource.precedence, precedence));
  return rows.map(({ name }) => name);
}

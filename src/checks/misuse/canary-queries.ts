// SQL on canaries.
import { inArray } from "drizzle-orm";
import type { Reader, Transaction } from "../../platform/database.ts";
import { subjectDocument } from "../../registry/schema.ts";
import { canary } from "./schema.ts";

/** How many of them are new. */
export async function insertCanaries(tx: Transaction, rows: (typeof canary.$inferInsert)[]): Promise<number> {
  const inserted = await tx.insert(canary).values(rows).onConflictDoNothing().returning({ index: canary.blindIndex });
  return inserted.length;
}

export async function deleteCanaries(tx: Transaction, indexes: Buffer[]): Promise<number> {
  const gone = await tx
    .delete(canary)
    .where(inArray(canary.blindIndex, indexes))
    .returning({ index: canary.blindIndex });
  return gone.length;
}

/** Whether any of these is a document in the register. */
export async function isAnyKnown(reader: Reader, indexes: Buffer[]): Promise<boolean> {
  const known = await reader
    .select({ id: subjectDocument.subjectId })
    .from(subjectDocument)
    .where(inArray(subjectDocument.blindIndex, indexes))
    .limit(1);
  return known.length > 0;
}

export async function countCanaries(reader: Reader): Promise<number> {
  return reader.$count(canary);
}

// SQL on the audit trail: it is only ever added to.
import { and, desc, eq, lt } from "drizzle-orm";
import type { Reader, Transaction } from "../platform/database.ts";
import { auditEntry } from "./schema.ts";

export async function insertEntries(tx: Transaction, rows: (typeof auditEntry.$inferInsert)[]): Promise<void> {
  await tx.insert(auditEntry).values(rows);
}

/** The acts on one object before `before` (an id), newest first. */
export async function listAuditEntries(reader: Reader, subject: string, before: string | null, limit: number) {
  return reader
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.subject, subject), before === null ? undefined : lt(auditEntry.id, before)))
    .orderBy(desc(auditEntry.id))
    .limit(limit);
}

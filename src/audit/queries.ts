// SQL on the audit trail: it is only ever added to.
import type { Transaction } from "../platform/database.ts";
import { auditEntry } from "./schema.ts";

export async function insertEntries(tx: Transaction, rows: (typeof auditEntry.$inferInsert)[]): Promise<void> {
  await tx.insert(auditEntry).values(rows);
}

// Appends to the audit trail. Callers pass their transaction: an act and its entry stand or fall together.
import { newUuid } from "../platform/id.ts";
import type { Transaction } from "../platform/database.ts";
import { insertEntry } from "./queries.ts";

export type AuditEntry = {
  /** Who acted: `operator:NAME`, `agency:ID`, `court:…`, `system:…`. */
  actor: string;
  /** Noun and verb: `agency.create`. */
  action: string;
  /** The public id of what was acted on. */
  subject: string;
  reason?: string;
  /** Facts without personal data. */
  detail?: Record<string, unknown>;
};

export async function appendAudit(tx: Transaction, entry: AuditEntry): Promise<void> {
  await insertEntry(tx, { id: newUuid(), ...entry });
}

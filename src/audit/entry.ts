// Appends to the audit trail. Callers pass their transaction: an act and its entry stand or fall together.
import { newUuid } from "../platform/id.ts";
import type { Transaction } from "../platform/database.ts";
import { insertEntries } from "./queries.ts";

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
  await appendAuditEntries(tx, [entry]);
}

/** The entries of an act on several subjects. */
export async function appendAuditEntries(tx: Transaction, entries: readonly AuditEntry[]): Promise<void> {
  await insertEntries(
    tx,
    entries.map((entry) => ({ id: newUuid(), ...entry })),
  );
}

// The audit trail: one row an act, written in the act's own transaction.
import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "../platform/schema.ts";

export const auditEntry = pgTable(
  "audit_entry",
  {
    id: uuid("id").primaryKey(),
    at: instant("at").notNull().defaultNow(),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    reason: text("reason"),
    detail: jsonb("detail").notNull().default({}),
  },
  // Auditors read the acts on one object in their order.
  (table) => [index("audit_entry_subject").on(table.subject, table.id)],
);

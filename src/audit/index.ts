// What happened, by whom and why: the trail that every act writes to.
export { type AuditEntry, appendAudit } from "./entry.ts";

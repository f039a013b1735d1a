// What courts found about whose number a document is, and since when checks answer by it.
export { type AskedParty, endIdentityFinding, type NewFinding, recordIdentityFinding } from "./finding.ts";
export { type FindingRow, findStanding } from "./queries.ts";

// Who may ask: agencies under agreement, their purposes and their API keys.
export { type NewAgency, createAgency } from "./agency.ts";
export { digestOf, isApiKey, newApiKey } from "./api-key.ts";
export { type Caller, type Callers, createCallers, requirePurpose, requireScope } from "./caller.ts";
export { issueKey, revokeKey, rollKey, type Scope, scopes } from "./key.ts";
export { limitItems, measureCodes, measureDecisions, measureEffects } from "./measure.ts";
export { type Purpose, findPurpose, purposeCodes, roles } from "./purpose.ts";
export { type AgencyRow, type ApiKeyRow, findAgency, findAgencyByName, hasAgencies } from "./queries.ts";

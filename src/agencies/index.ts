// Who may ask: agencies under agreement, their purposes and their API keys.
export { type NewAgency, createAgency } from "./agency.ts";
export { digestOf, isApiKey, newApiKey } from "./api-key.ts";
export { type Caller, type Callers, createCallers, requirePurpose, requireScope } from "./caller.ts";
export { issueKey, revokeKey, rollKey, type Scope, scopes } from "./key.ts";
export { approveMeasure, isSwitchedOn, type MeasureActor, proposeMeasure, withdrawMeasure } from "./agency-measure.ts";
export { addCatalogueCommands } from "./catalogue-command.ts";
export { findUnknownMeasure } from "./catalogue.ts";
export { limitItems, limitMeasures, measureDecisions, measureEffects } from "./measure.ts";
export { addMeasureCommands } from "./measure-command.ts";
export { findMeasure, listAwaitingMeasures, listMeasures, type MeasureRow } from "./measure-queries.ts";
export { MeasureProposal, parseProposal } from "./proposal.ts";
export { AgencyMeasureView, measureView } from "./resource.ts";
export { agencyOperations, agencyRoutes } from "./routes.ts";
export { type Purpose, findPurpose, purposeCodes, roles } from "./purpose.ts";
export { type AgencyRow, type ApiKeyRow, findAgency, findAgencyByName, hasAgencies } from "./queries.ts";

// Objections and how they are decided, the papers about them, and what a party may see and say for itself.
export { heldByObjections } from "./holding-queries.ts";
export { takeInObjection } from "./objection.ts";
export { objectionOperations } from "./operations.ts";
export { paperOperations, paperRoutes } from "./papers/routes.ts";
export { applyForCorrectionOperation, partyOperations, partyRoutes } from "./public/routes.ts";
export { readApplication } from "./public/request.ts";
export { readStandingOperation, whoAskedOperation } from "./public/routes.ts";
export { objectionRoutes } from "./routes.ts";
export { WhoAskedDelays } from "./who-asked.ts";

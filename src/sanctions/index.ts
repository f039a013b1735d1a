// What follows from a hit: what the agency reports back, and the sanctions that it imposes.
export { type Duration, type FeedbackKind, feedbackKinds, isRefusal, type SanctionState } from "./lifecycle.ts";
export { sanctionOperations } from "./operations.ts";
export { sanctionRoutes } from "./routes.ts";
export { findStraySanction } from "./stray-sanction.ts";

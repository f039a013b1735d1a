// What follows from a hit: what the agency reports back, and the sanctions that it imposes.
export { type Duration, type FeedbackKind, feedbackKinds, identityProofs } from "./lifecycle.ts";
export { isRefusal, type SanctionState } from "./lifecycle.ts";
export { heldByFeedback, heldByIdentityRequests, heldBySanctions } from "./holding-queries.ts";
export { sanctionOperations } from "./operations.ts";
export { sanctionRoutes } from "./routes.ts";
export { findStraySanction } from "./stray-sanction.ts";
export { confirmRedress, findStrayAnswer, type IdentityFinding, identityFindingOf } from "./identity/index.ts";
export { identityOperations, identityRoutes, type Redress } from "./identity/index.ts";
export { watchFeedback } from "./metrics.ts";
export { addLiftCommands, liftingOperations, liftingRoutes, startLifting, watchLifting } from "./lifting/index.ts";
export {
  alignDueDates,
  compareToday,
  liftingFollower,
  readStandings,
  type Standing,
  standings,
} from "./lifting/index.ts";

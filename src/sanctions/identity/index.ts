// Asking a court whose number it is, its answer, and what whoever was mistaken for a listed party is given.
export { type IdentityFinding, identityFindingOf } from "./identity-request.ts";
export { identityOperations } from "./operations.ts";
export { confirmRedress, type Redress } from "./redress.ts";
export { identityRoutes } from "./routes.ts";
export { findStrayAnswer } from "./stray-answer.ts";

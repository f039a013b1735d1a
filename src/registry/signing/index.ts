// Signing a list of drafts at once.
export { signingOperations } from "./operations.ts";
export { signingRoutes } from "./routes.ts";

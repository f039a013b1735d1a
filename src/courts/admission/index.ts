// How agencies are admitted: their agreements and purposes, their keys, the accounts of their people.
export { admissionOperations } from "./operations.ts";
export { admissionRoutes } from "./routes.ts";

// The audit trail of one object, with the names of the people in it.
export { pageOfTrail, trailOperation } from "./operation.ts";

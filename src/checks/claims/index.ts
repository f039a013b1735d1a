// Idempotency keys of checks: claimed with the record, answered from it.
export { type Claims, createClaims, sweepClaims } from "./claims.ts";

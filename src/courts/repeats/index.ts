// Writes that are sent again: under an Idempotency-Key one is carried out, and every other gets its answer.
export { createRepeats, type Repeats } from "./guard.ts";
export { KEPT_HOURS, keyedRequest, type KeyedRequest, readIdempotencyKey, REPLAYED } from "./idempotency-key.ts";
export { eraseKeptAnswers, requireSame, sweepKeptAnswers } from "./kept-answer.ts";
export { withIdempotencyKey } from "./operation.ts";

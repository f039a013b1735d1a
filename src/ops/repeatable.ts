// Which operations of the API take an Idempotency-Key: all that write, but for those named here.
import { withIdempotencyKey } from "../courts/repeats/index.ts";

/** Operations of checks claim their key in the statement that records (`src/checks/claims`). */
const CHECKS = ["check", "checkBatch"];
/** They ask, and each time on purpose: what they find, or that they asked, is of its own time. */
const ASKING = [
  "checkAsOf",
  "replayCheck",
  "searchListings",
  "searchPublished",
  "tryDraft",
  "draftNotice",
  "revealListing",
  "revealIdentity",
];
/** They take bytes as they come, which nobody compares: an upload goes on at its offset. */
const STREAMS = ["bulkCheck", "uploadLoad"];
/** They begin, end or change a way of signing in: a code works once, a session is told once. */
const SIGNING_IN = ["endSession", "addSecurityKey", "removeSecurityKey", "changePassword", "replaceRecoveryCodes"];
const WITHOUT = new Set([...CHECKS, ...ASKING, ...STREAMS, ...SIGNING_IN]);

type Operation = {
  operationId: string;
  method: string;
  path: string;
  security: Record<string, string[]>[];
  responses: object;
};

/** What nobody signs in for has nobody whose key it could be. */
export function isRepeatable({ operationId, method, security }: Operation): boolean {
  return !["get", "head"].includes(method) && security.length > 0 && !WITHOUT.has(operationId);
}

/** The description of an operation with what is said about its key. */
export function describeRepeats<O extends Operation>(operation: O): O {
  const described = operation as O & Parameters<typeof withIdempotencyKey>[0];
  if (CHECKS.includes(operation.operationId)) return withIdempotencyKey(described, "answer-superseded");
  return isRepeatable(operation) ? withIdempotencyKey(described) : operation;
}

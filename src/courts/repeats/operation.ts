// How the API document describes an operation that takes an Idempotency-Key.
import { problems, z } from "../../platform/http.ts";
import type { ProblemCode } from "../../platform/problem-catalogue.ts";
import { IDEMPOTENCY_KEY, KEPT_HOURS } from "./idempotency-key.ts";

const Keyed = z.object({
  [IDEMPOTENCY_KEY]: z
    .string()
    .optional()
    .openapi({
      description:
        "Makes a repetition safe: 16 to 128 of `A–Z a–z 0–9 _ -`, quoted or bare, another for every request. Within " +
        `${KEPT_HOURS} hours the same request under the same key gets the answer of the first`,
      example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
    }),
});
const Replayed = z.object({
  "Idempotency-Replayed": z
    .literal("true")
    .optional()
    .openapi({ description: "This is the answer of the first request with this key" }),
});

type Response = { description?: string; headers?: unknown; content?: unknown };
type Described = { request?: { headers?: unknown }; responses: Record<string, Response> };

/** The description with the field, its mark in the answer, and what it may be refused with besides `codes`. */
export function withIdempotencyKey<O extends Described>(operation: O, ...codes: ProblemCode[]): O {
  const refusals = problems(
    "malformed-idempotency-key",
    "request-in-progress",
    "idempotency-key-reuse",
    "erased",
    ...codes,
  );
  const answers = Object.entries(operation.responses).map(([status, response]): [string, Response] => {
    const added = refusals[status];
    if (added) return [status, { ...response, description: joined(response.description, added.description) }];
    return [status, status.startsWith("2") ? { ...response, headers: extended(response.headers, Replayed) } : response];
  });
  const { request = {} } = operation;
  return {
    ...operation,
    request: { ...request, headers: extended(request.headers, Keyed) },
    responses: { ...refusals, ...Object.fromEntries(answers) },
  };
}

function extended(given: unknown, more: z.ZodObject): z.ZodObject {
  return given instanceof z.ZodObject ? given.extend(more.shape) : more;
}

/** Of what both name, each once. */
function joined(given = "", more = ""): string {
  return [...new Set([...given.split("; "), ...more.split("; ")])].join("; ");
}

// What stands before every write that takes an Idempotency-Key: it claims the key, keeps what was answered, and answers
// whoever sends the request again. Only for who may do the operation now, whoever they were then.
import { type Callers, requireScope, type Scope } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import type { Guard, RequestContext } from "../../platform/http.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Logger } from "../../platform/log.ts";
import type { Security } from "../access.ts";
import { auditNameOf } from "../actor.ts";
import type { Door } from "../door.ts";
import { IDEMPOTENCY_KEY, type KeyPlace, readIdempotencyKey, REPLAYED } from "./idempotency-key.ts";
import { type Answer, claimRequest, settleRequest } from "./kept-answer.ts";

/** As large as the largest body that any of these operations takes. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** What of an answer is part of it; everything else belongs to the connection or the hour. */
const KEPT_FIELDS = ["content-type", "content-language", "cache-control", "etag", "location", "link"];

type Keyed = { operationId: string; method: string; security: Security };
export type Repeats = (operation: Keyed) => Guard<object>;
export type RepeatsOptions = { db: Database; ring: KeyRing; callers: Callers; door: Door; log: Logger };

export function createRepeats({ db, ring, callers, door, log }: RepeatsOptions): Repeats {
  return (operation) => async (c, next) => {
    const key = readIdempotencyKey(c.req.header(IDEMPOTENCY_KEY));
    if (key === null) return next();
    const place: KeyPlace = { owner: await ownerOf(c, operation), operation: operation.operationId, key };
    const repeat = { place, content: await contentOf(c) };
    const found = await db.transaction((tx) => claimRequest(tx, ring, repeat));
    if ("answer" in found) return answerAgain(found.answer);
    await next();
    const answer = await answerOf(c.res);
    // It is done, and the caller learns so; a repetition is carried out again once the claim has run out.
    await db
      .transaction((tx) => settleRequest(tx, ring, place, found.claim, answer))
      .catch((error: unknown) => log.warn({ err: error, operation: place.operation }, "an answer was not kept"));
  };

  /** By the description of the operation: an agency by its key, an account by its session, a court's system for a person. */
  async function ownerOf(c: Pick<RequestContext, "req">, operation: Keyed): Promise<string> {
    const authorization = c.req.header("authorization");
    const scopes = operation.security.find((choice) => "apiKey" in choice)?.["apiKey"];
    if (authorization === undefined) return `account ${(await door.sessionOf(c, operation)).account.id}`;
    if (!scopes) return auditNameOf(await door.courtActor(c, operation));
    const caller = await callers.findFresh(authorization);
    for (const scope of scopes) requireScope(caller, scope as Scope);
    return caller.agencyId;
  }
}

/** Everything by which two requests of one operation may differ. */
async function contentOf(c: Pick<RequestContext, "env" | "req">): Promise<unknown> {
  const { "content-length": length = "0", "transfer-encoding": chunked } = c.env.incoming.headers;
  if (chunked !== undefined) throw new AppError("length-required");
  if (!(Number(length) <= BODY_BYTES_MAX))
    throw new AppError("content-too-large", { headers: { Connection: "close" } });
  const text = await c.req.text();
  return { path: c.req.path, query: c.req.query(), version: c.req.header("if-match") ?? null, body: parsed(text) };
}

/** How JSON is spelt makes no difference; what is none is for the operation to refuse. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const headers = Object.fromEntries(KEPT_FIELDS.flatMap((name) => pairOf(name, response.headers.get(name))));
  return { status: response.status, headers, body: response.ok ? await response.clone().text() : "" };
}

function pairOf(name: string, value: string | null): [string, string][] {
  return value === null ? [] : [[name, value]];
}

function answerAgain({ status, headers, body }: Answer): Response {
  return new Response(status === 204 ? null : body, { status, headers: { ...headers, ...REPLAYED } });
}

// Looking back over HTTP: an auditor asks the register as it was, an agency asks a recorded check again.
import { type Callers, requirePurpose, requireScope } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, jsonBody, jsonResponse, newRouter, problems, type Router, z } from "../../platform/http.ts";
import { bodyProblems } from "../../platform/operation.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Checker } from "../check.ts";
import { findCheck } from "../queries.ts";
import { checkAsOf } from "./as-of.ts";
import { findDifferences, isReproduced, questionOf } from "./replay.ts";
import { AsOfRequest, parseAsOf, parseReplay, ReplayRequest } from "./request.ts";
import { AsOfAnswer, asOfView, Replay, replayView } from "./resource.ts";

const BODY_BYTES_MAX = 16 * 1024;

const refusals = [...bodyProblems, "unauthenticated", "scope", "register-unavailable"] as const;

const postAsOf = {
  operationId: "checkAsOf",
  method: "post" as const,
  path: "/checks/as-of",
  tags: ["checks"],
  summary: "查询历史时点的核查结果 · What a check would have answered at a moment of the past",
  description:
    "For auditors: a key with the scope `audit:read`. The question is on the audit trail. A change counts from the moment " +
    "at which it took its position; those of a large load could be seen some seconds later.",
  security: [{ apiKey: ["audit:read"] }],
  request: { body: jsonBody(AsOfRequest, "At most 16 KiB") },
  responses: {
    200: jsonResponse("The answer of then", AsOfAnswer),
    ...problems(...refusals, "role-not-permitted", "name-only"),
  },
};

const postReplay = {
  operationId: "replayCheck",
  method: "post" as const,
  path: "/checks/{id}/replay",
  tags: ["checks"],
  summary: "复核既往核查 · Ask a recorded check again, and see what has changed since",
  description:
    "The recorded answer is made again from the history of the register, and the question is asked anew: a check of its " +
    "own, under the same purpose and case reference, that names the first as `previousCheckId`.",
  security: [{ apiKey: ["checks:read", "checks:write"] }],
  request: {
    params: z.object({ id: z.string().openapi({ example: "chk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) }),
    body: jsonBody(ReplayRequest, "At most 16 KiB"),
  },
  responses: {
    200: jsonResponse("Both answers and what lies between them", Replay),
    ...problems(
      ...refusals,
      "purpose-not-permitted",
      "not-found",
      "erased",
      "quota-exceeded",
      "temporary-reduced-capacity",
    ),
  },
};

export const replayOperations = [postAsOf, postReplay];

export type ReplayRoutesOptions = { db: Database; ring: KeyRing; callers: Callers; checker: Checker };

export function replayRoutes({ db, ring, callers, checker }: ReplayRoutesOptions): Router {
  const router = newRouter();
  for (const operation of replayOperations) router.openAPIRegistry.registerPath(operation);

  router.post("/checks/as-of", async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "audit:read");
    const input = parseAsOf(await readJson(c, BODY_BYTES_MAX));
    const actor = `agency:${publicId("agy", caller.agencyId)}/${input.operator}`;
    const found = await db.transaction((tx) => checkAsOf(tx, ring, actor, input));
    return answerJson(asOfView(found, input.at));
  });

  router.post("/checks/:id/replay", async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    requireScope(caller, "checks:write");
    const { operator } = parseReplay(await readJson(c, BODY_BYTES_MAX));
    const id = uuidOf("chk", c.req.param("id"));
    const row = id === null ? undefined : await findCheck(db, caller.agencyId, id);
    if (!row) throw new AppError("not-found");
    const question = questionOf(ring, row, operator);
    await requirePurpose(callers, caller, question.purpose.code);
    const [today] = await checker.check(caller, question);
    if (!today) throw new Error("a check gave no answer");
    const lookedUp = await db.transaction(async (tx) => ({
      reproduced: await isReproduced(tx, ring, row),
      differences: await findDifferences(tx, row, today),
    }));
    return answerJson(replayView(ring, { row, today, ...lookedUp }));
  });

  return router;
}

// Looking back over HTTP: an auditor asks the register as it was, an agency asks a recorded check again.
import { type Callers, requirePurpose, requireScope } from "../../agencies/index.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, newRouter, type Router } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readJson } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Checker } from "../check.ts";
import { findCheck } from "../queries.ts";
import { checkAsOf } from "./as-of.ts";
import { replayOperations } from "./operations.ts";
import { findDifferences, isReproduced, questionOf } from "./replay.ts";
import { parseAsOf, parseReplay } from "./request.ts";
import { asOfView, replayView } from "./resource.ts";

const BODY_BYTES_MAX = 16 * 1024;

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

// The check API: one party, a batch, and an agency's own record. The two hot routes are plain handlers with their
// description beside them: the validating wrapper costs a quarter of their CPU and repeats what `request.ts` does.
import { type Caller, type Callers, isSandbox, requirePurpose, requireScope } from "../agencies/index.ts";
import { answerReceipt } from "../audit/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Database, Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import { answerJson, createRoute, newRouter, type RequestContext, type Router } from "../platform/http.ts";
import { newUuid, uuidAt, uuidOf } from "../platform/id.ts";
import { readJson } from "../platform/json-request.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { languageOf } from "../platform/language.ts";
import { answerView } from "./answer.ts";
import { batchView } from "./batch.ts";
import type { Claims } from "./claims/index.ts";
import * as operations from "./operations.ts";
import { type CheckRow, findCheck, listChecks } from "./queries.ts";
import type { Quota } from "./quota/index.ts";
import { readCheckReceipt } from "./receipt.ts";
import { recordView } from "./record.ts";
import { type Party, parseBatch, parseCheck } from "./request.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";

/** As Node names it. */
const IDEMPOTENCY_FIELD = "idempotency-key";
const CHECK_BYTES_MAX = 16 * 1024;
const BATCH_BYTES_MAX = 2 * 1024 * 1024;

export type CheckRoutesOptions = {
  db: Database;
  sql: Sql;
  ring: KeyRing;
  callers: Callers;
  claims: Claims;
  quota: Quota;
  sandbox: Sandbox;
};

export function checkRoutes({ db, sql, ring, callers, claims, quota, sandbox }: CheckRoutesOptions) {
  const router = newRouter();
  for (const described of [operations.postCheck, operations.postBatch]) router.openAPIRegistry.registerPath(described);

  router.post("/checks", async (c) => {
    const { caller, asked, body } = await readQuestion(c, CHECK_BYTES_MAX, parseCheck);
    const { party, ...question } = asked;
    const claim = claims.read(keyOf(c), { caller, operation: "check", body, language: "zh" });
    if (isSandbox(caller)) {
      const { answers, fields } = await sandbox.check(caller, { ...question, parties: [party] });
      return answerJson({ ...answers.map(answerView)[0], sandbox: true }, 200, fields);
    }
    await requirePurpose(callers, caller, question.purpose.code);
    const { answers, fields } = await claims.check(caller, { ...question, parties: [party] }, claim);
    const [answer] = answers;
    if (!answer) throw new Error("a check gave no answer");
    return answerJson(answerView(answer), 200, { ...quota.fieldsOf(caller), ...fields });
  });

  router.post("/checks/batch", async (c) => {
    const { caller, asked, body } = await readQuestion(c, BATCH_BYTES_MAX, parseBatch);
    const { parties, ...question } = asked;
    const batchId = newUuid();
    const readable = parties.filter((party): party is Party => !("problem" in party));
    const language = languageOf(c.req.header("accept-language"));
    const claim = claims.read(keyOf(c), { caller, operation: "checkBatch", body, language });
    if (isSandbox(caller)) {
      const { answers, fields } = await sandbox.check(caller, { ...question, parties: readable });
      return answerJson({ ...batchView(batchId, parties, answers, language), sandbox: true }, 200, fields);
    }
    await requirePurpose(callers, caller, question.purpose.code);
    const { answers, fields, former } = await claims.check(caller, { ...question, parties: readable, batchId }, claim);
    const view = batchView(former?.answerId ?? batchId, parties, answers, former?.language ?? language);
    return answerJson(view, 200, { ...quota.fieldsOf(caller), ...fields });
  });

  addRecordRoutes(router, { db, sql, ring, callers });
  return router;

  /** Who asks what. The caller is from memory where possible: the statement that answers joins the key again. */
  async function readQuestion<Asked>(c: RequestContext, bytesMax: number, parse: (body: unknown) => Asked) {
    const caller = await callers.find(c.env.incoming.headers.authorization);
    if (!isSandbox(caller)) requireScope(caller, "checks:write");
    try {
      const body = await readJson(c, bytesMax);
      return { caller, asked: parse(body), body };
    } catch (error) {
      // Whatever is wrong with the body, a key that was revoked meanwhile is told so first.
      await callers.refresh(caller);
      throw error;
    }
  }
}

function keyOf(c: RequestContext): string | undefined {
  const { [IDEMPOTENCY_FIELD]: field } = c.env.incoming.headers;
  return Array.isArray(field) ? field.join() : field;
}

const endOfDay = (date: string) => new Date(Date.parse(`${date}T00:00:00+08:00`) + 86_400_000);

/** The agency's own record, read. */
function addRecordRoutes(
  router: Router,
  { db, sql, ring, callers }: Omit<CheckRoutesOptions, "claims" | "quota" | "sandbox">,
): void {
  router.openapi(createRoute(operations.getCheck), async (c) => {
    const row = await ownCheck(c, c.req.valid("param").id);
    return c.json(recordView(ring, row), 200, { "Cache-Control": "no-store" });
  });

  router.openapi(createRoute(operations.getReceipt), async (c) => {
    const { id } = c.req.valid("param");
    return answerReceipt(c, id, await readCheckReceipt(sql, ring, await ownCheck(c, id)));
  });

  router.openapi(createRoute(operations.getChecks), async (c) => {
    const caller = await reader(c);
    const { cursor, limit, batch, until } = c.req.valid("query");
    const pages = pagesOf(ring.cursorKey, `checks ${caller.agencyId} ${batch} ${until}`);
    const before = pages.after(cursor) ?? (until === undefined ? null : uuidAt(endOfDay(until)));
    const batchId = batch === undefined ? null : uuidOf("bat", batch);
    const rows = await listChecks(db, { agencyId: caller.agencyId, batchId }, before, limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.id);
    const data = page.map((row) => recordView(ring, row));
    return c.json({ data, ...rest }, 200, { "Cache-Control": "no-store" });
  });

  async function ownCheck(c: RequestContext, publicId: string): Promise<CheckRow> {
    const caller = await reader(c);
    const id = uuidOf("chk", publicId);
    const row = id === null ? undefined : await findCheck(db, caller.agencyId, id);
    if (!row) throw new AppError("not-found");
    return row;
  }

  async function reader(c: RequestContext): Promise<Caller> {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    return caller;
  }
}

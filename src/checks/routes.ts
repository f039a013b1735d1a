// The check API: one party, a batch, and an agency's own record. The two hot routes are plain handlers with their
// description beside them: the validating wrapper costs a quarter of their CPU and repeats what `request.ts` does.
import { type Caller, type Callers, isSandbox, requirePurpose, requireScope, SANDBOX } from "../agencies/index.ts";
import { answerReceipt, receiptResponses } from "../audit/index.ts";
import { pagesOf } from "../platform/cursor.ts";
import type { Database, Sql } from "../platform/database.ts";
import { AppError } from "../platform/error.ts";
import {
  answerJson,
  createRoute,
  jsonBody,
  jsonResponse,
  newRouter,
  problems,
  type RequestContext,
  type Router,
  z,
} from "../platform/http.ts";
import { bodyProblems, pageOf } from "../platform/operation.ts";
import { newUuid, uuidOf } from "../platform/id.ts";
import { readJson } from "../platform/json-request.ts";
import type { KeyRing } from "../platform/key-ring.ts";
import { languageOf } from "../platform/language.ts";
import { answerView, CheckAnswer } from "./answer.ts";
import { BatchAnswer, batchView } from "./batch.ts";
import type { Checker } from "./check.ts";
import { type CheckRow, findCheck, listChecks } from "./queries.ts";
import type { Quota } from "./quota/index.ts";
import { readCheckReceipt } from "./receipt.ts";
import { RecordedCheck, recordView } from "./record.ts";
import { BatchRequest, CheckRequest, type Party, parseBatch, parseCheck } from "./request.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";

const CHECK_BYTES_MAX = 16 * 1024;
const BATCH_BYTES_MAX = 2 * 1024 * 1024;
const PAGE_ROWS_MAX = 200;

/** A key of the sandbox is answered from documented people. */
const asking = [{ apiKey: ["checks:write"] }, { apiKey: [SANDBOX] }];
const reading = [{ apiKey: ["checks:read"] }];
const refusals = [
  ...bodyProblems,
  "unauthenticated",
  "scope",
  "purpose-not-permitted",
  "quota-exceeded",
  "register-unavailable",
  "temporary-reduced-capacity",
] as const;

const postCheck = createRoute({
  operationId: "check",
  method: "post",
  path: "/checks",
  tags: ["checks"],
  summary: "核查一名当事人 · Check one party",
  description: "Asks the lists of the purpose about one party. The answer is on record before it is given.",
  security: asking,
  request: { body: jsonBody(CheckRequest, "At most 16 KiB") },
  responses: {
    200: jsonResponse("The answer", CheckAnswer),
    ...problems(...refusals, "role-not-permitted", "name-only"),
  },
});

const postBatch = createRoute({
  operationId: "checkBatch",
  method: "post",
  path: "/checks/batch",
  tags: ["checks"],
  summary: "批量核查 · Check up to 1,000 parties",
  description: "Answers each party in order. A bad item is an item with its problem; the rest are answered.",
  security: asking,
  request: { body: jsonBody(BatchRequest, "At most 2 MiB") },
  responses: { 200: jsonResponse("One result an item", BatchAnswer), ...problems(...refusals) },
});

const checkId = z.object({ id: z.string().openapi({ example: "chk_01jd8m2v0q7f4t9s6k3n5r8w2x" }) });

const getCheck = createRoute({
  operationId: "getCheck",
  method: "get",
  path: "/checks/{id}",
  tags: ["checks"],
  summary: "查看本单位的一笔核查 · One check of the agency's own",
  security: reading,
  request: { params: checkId },
  responses: {
    200: jsonResponse("The check as it was answered, its number masked", RecordedCheck),
    ...problems("unauthenticated", "scope", "not-found", "register-unavailable"),
  },
});

const getReceipt = createRoute({
  operationId: "getReceipt",
  method: "get",
  path: "/checks/{id}/receipt",
  tags: ["checks"],
  summary: "下载核查回执 · The receipt of a check",
  description:
    "A `c2sp.org/tlog-proof@v1` file that proves, without this service, what was answered and when. Whoever holds it can " +
    "test a guess of the party's name and number: give it only to those who may know them.",
  security: reading,
  request: { params: checkId },
  responses: {
    ...receiptResponses,
    ...problems("unauthenticated", "scope", "not-found", "erased", "register-unavailable"),
  },
});

const getChecks = createRoute({
  operationId: "listChecks",
  method: "get",
  path: "/checks",
  tags: ["checks"],
  summary: "本单位的核查记录 · The agency's own checks, newest first",
  security: reading,
  request: {
    query: z.strictObject({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(PAGE_ROWS_MAX).default(50),
    }),
  },
  responses: {
    200: jsonResponse("A page", pageOf(RecordedCheck)),
    ...problems("invalid-cursor", "unauthenticated", "scope", "validation", "register-unavailable"),
  },
});

export const checkOperations = [postCheck, postBatch, getCheck, getReceipt, getChecks];

export type CheckRoutesOptions = {
  db: Database;
  sql: Sql;
  ring: KeyRing;
  callers: Callers;
  checker: Checker;
  quota: Quota;
  sandbox: Sandbox;
};

export function checkRoutes({ db, sql, ring, callers, checker, quota, sandbox }: CheckRoutesOptions) {
  const router = newRouter();
  for (const described of [postCheck, postBatch]) router.openAPIRegistry.registerPath(described);

  router.post("/checks", async (c) => {
    const { caller, asked } = await readQuestion(c, CHECK_BYTES_MAX, parseCheck);
    const { party, ...question } = asked;
    if (isSandbox(caller)) {
      const { answers, fields } = await sandbox.check(caller, { ...question, parties: [party] });
      return answerJson({ ...answers.map(answerView)[0], sandbox: true }, 200, fields);
    }
    await requirePurpose(callers, caller, question.purpose.code);
    const [answer] = await checker.check(caller, { ...question, parties: [party] });
    if (!answer) throw new Error("a check gave no answer");
    return answerJson(answerView(answer), 200, quota.fieldsOf(caller));
  });

  router.post("/checks/batch", async (c) => {
    const { caller, asked } = await readQuestion(c, BATCH_BYTES_MAX, parseBatch);
    const { parties, ...question } = asked;
    const batchId = newUuid();
    const readable = parties.filter((party): party is Party => !("problem" in party));
    const language = languageOf(c.req.header("accept-language"));
    if (isSandbox(caller)) {
      const { answers, fields } = await sandbox.check(caller, { ...question, parties: readable });
      return answerJson({ ...batchView(batchId, parties, answers, language), sandbox: true }, 200, fields);
    }
    await requirePurpose(callers, caller, question.purpose.code);
    const answers = await checker.check(caller, { ...question, parties: readable, batchId });
    return answerJson(batchView(batchId, parties, answers, language), 200, quota.fieldsOf(caller));
  });

  addRecordRoutes(router, { db, sql, ring, callers });
  return router;

  /** Who asks what. The caller is from memory where possible: the statement that answers joins the key again. */
  async function readQuestion<Asked>(c: RequestContext, bytesMax: number, parse: (body: unknown) => Asked) {
    const caller = await callers.find(c.env.incoming.headers.authorization);
    if (!isSandbox(caller)) requireScope(caller, "checks:write");
    try {
      return { caller, asked: parse(await readJson(c, bytesMax)) };
    } catch (error) {
      // Whatever is wrong with the body, a key that was revoked meanwhile is told so first.
      await callers.refresh(caller);
      throw error;
    }
  }
}

/** The agency's own record, read. */
function addRecordRoutes(
  router: Router,
  { db, sql, ring, callers }: Omit<CheckRoutesOptions, "checker" | "quota" | "sandbox">,
): void {
  router.openapi(getCheck, async (c) => {
    const row = await ownCheck(c, c.req.valid("param").id);
    return c.json(recordView(ring, row), 200, { "Cache-Control": "no-store" });
  });

  router.openapi(getReceipt, async (c) => {
    const { id } = c.req.valid("param");
    return answerReceipt(c, id, await readCheckReceipt(sql, ring, await ownCheck(c, id)));
  });

  router.openapi(getChecks, async (c) => {
    const caller = await reader(c);
    const { cursor, limit } = c.req.valid("query");
    const pages = pagesOf(ring.cursorKey, `checks ${caller.agencyId}`);
    const rows = await listChecks(db, caller.agencyId, pages.after(cursor), limit + 1);
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

// The server process of the check benchmark: the real app, and beside it a route that only validates and echoes, and a
// textbook route that selects and then inserts through drizzle.
import { and, eq, or, sql } from "drizzle-orm";
import { createCallers, requirePurpose, requireScope } from "../src/agencies/index.ts";
import { createApp } from "../src/app.ts";
import { logIdentity, startSequencerThread } from "../src/audit/index.ts";
import { answerView } from "../src/checks/answer.ts";
import { askingOf, makeReady } from "../src/checks/check.ts";
import {
  checkRoutes,
  createCheckMetrics,
  createFeedbackDue,
  createHotConnection,
  createSandbox,
} from "../src/checks/index.ts";
import { createClaims } from "../src/checks/claims/index.ts";
import { actedOf } from "../src/checks/late.ts";
import { createQuota } from "../src/checks/quota/index.ts";
import { parseCheck } from "../src/checks/request.ts";
import { checkRecord } from "../src/checks/schema.ts";
import { MATCHER_VERSION } from "../src/checks/statement.ts";
import { connect } from "../src/platform/database.ts";
import { answerJson, type RequestContext } from "../src/platform/http.ts";
import { newUuid } from "../src/platform/id.ts";
import { readJson } from "../src/platform/json-request.ts";
import { readKeyRing } from "../src/platform/key-ring.ts";
import { createLog } from "../src/platform/log.ts";
import { createMetricsRegistry } from "../src/platform/metrics.ts";
import { startServer } from "../src/platform/server.ts";
import { systemNow } from "../src/platform/time.ts";
import { listing, registerState, subjectDocument } from "../src/registry/schema.ts";
import { createUnloggedChecker } from "./unlogged/checker.ts";

const [databaseUrl = "", ringPath = ""] = process.argv.slice(2);
const ring = readKeyRing(ringPath);
const connection = connect(databaseUrl, { name: "bench", max: 10 });
const { db } = connection;
const hot = createHotConnection(databaseUrl);
const log = createLog();
const identity = logIdentity("localhost/bench", ring.logKeys);
startSequencerThread({ url: databaseUrl, identity, quorum: 0, dataDirectory: null }, log);
/** More than anybody can ask: everything is counted and nothing is refused. */
const ample = { burst: 1_000_000_000, burstSeconds: 1, checksPerDay: 1_000_000_000, personsPerDay: 1_000_000_000 };
const limits = { agency: ample, key: ample };
const stopping = () => false;
const { app } = createApp({ connection, hot, ring, log, identity, limits, demonstration: true, stopping });
const callers = createCallers({ db, ring });

async function readQuestion(c: RequestContext) {
  const caller = await callers.find(c.env.incoming.headers.authorization);
  requireScope(caller, "checks:write");
  const { party, ...question } = parseCheck(await readJson(c, 16_384));
  await requirePurpose(callers, caller, question.purpose.code);
  return { caller, party, question };
}

/** The same caller, the same body, the same answer: only nothing is asked and nothing is recorded. */
app.post("/echo", async (c) => {
  const { party, question } = await readQuestion(c);
  const { code: purpose, lists } = question.purpose;
  const found = { outcome: "clear" as const, matches: null, action: "none" as const, measures: null };
  const clear = {
    ...found,
    ...actedOf(null),
    feedbackDueOn: null,
    registerPosition: 0,
    matcherVersion: MATCHER_VERSION,
  };
  const documentKind = party.identity.kind;
  return answerJson(answerView({ id: newUuid(), checkedAt: new Date(), purpose, lists, documentKind, ...clear }));
});

/** As it would be written without a thought for load: look up, decide, insert. */
app.post("/textbook", async (c) => {
  const { caller, party, question } = await readQuestion(c);
  const asking = askingOf(caller, question, null);
  const asked = { ...asking, ...makeReady(ring, asking, party) };
  const found = await db
    .select({ nameKeys: listing.nameKeys })
    .from(subjectDocument)
    .innerJoin(listing, and(eq(listing.subjectId, subjectDocument.subjectId), eq(listing.state, "published")))
    .where(or(...asked.keys.map((key) => eq(subjectDocument.blindIndex, Buffer.from(key, "hex")))));
  const [state] = await db.select().from(registerState);
  const outcome = found.length > 0 ? ("listed" as const) : ("clear" as const);
  const [inserted] = await db
    .insert(checkRecord)
    .values({
      ...asked,
      agencyId: caller.agencyId,
      keyId: caller.keyId,
      checkedAt: sql`now()`,
      lists: [...asked.lists],
      outcome,
      matches: outcome === "clear" ? null : [],
      registerPosition: state?.position ?? 0,
      matcherVersion: MATCHER_VERSION,
      subjectIndex: Buffer.from(asked.keys[0], "hex"),
    })
    .returning();
  if (!inserted) throw new Error("no row");
  return answerJson(answerView({ ...inserted, feedbackDueOn: null }));
});

/** The same routes without the public log, for bench/log.ts. */
const unloggedHot = createHotConnection(databaseUrl);
const metrics = createCheckMetrics(createMetricsRegistry());
const feedbackDue = createFeedbackDue({ db, now: systemNow });
const quota = createQuota({ connection: unloggedHot, standard: limits, paced: true });
const sandbox = createSandbox({ callers, now: systemNow });
const unlogged = createUnloggedChecker({ connection: unloggedHot, ring, metrics, feedbackDue, quota });
const claims = createClaims({ connection: unloggedHot, ring, callers, checker: unlogged, metrics });
app.route("/unlogged", checkRoutes({ db, sql: connection.sql, ring, callers, claims, quota, sandbox }));

const server = await startServer(app, { host: "127.0.0.1", port: 0 });
process.send?.(server.url);
process.on("disconnect", () => process.exit(0));

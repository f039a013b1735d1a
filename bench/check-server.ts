// The server process of the check benchmark: the real app, and beside it a route that only validates and echoes, and a
// textbook route that selects and then inserts through drizzle.
import { and, eq, or, sql } from "drizzle-orm";
import { createCallers, requirePurpose, requireScope } from "../src/agencies/index.ts";
import { createApp } from "../src/app.ts";
import { answerView } from "../src/checks/answer.ts";
import { askingOf, makeReady } from "../src/checks/check.ts";
import { createHotConnection } from "../src/checks/index.ts";
import { parseCheck } from "../src/checks/request.ts";
import { checkRecord } from "../src/checks/schema.ts";
import { MATCHER_VERSION } from "../src/checks/statement.ts";
import { connect } from "../src/platform/database.ts";
import { answerJson, type RequestContext } from "../src/platform/http.ts";
import { readJson } from "../src/platform/json-request.ts";
import { readKeyRing } from "../src/platform/key-ring.ts";
import { createLog } from "../src/platform/log.ts";
import { startServer } from "../src/platform/server.ts";
import { listing, registerState, subjectDocument } from "../src/registry/schema.ts";

const [databaseUrl = "", ringPath = ""] = process.argv.slice(2);
const ring = readKeyRing(ringPath);
const connection = connect(databaseUrl, { name: "bench", max: 10 });
const { db } = connection;
const hot = createHotConnection(databaseUrl);
const { app } = createApp({ connection, hot, ring, log: createLog(), demonstration: true, stopping: () => false });
const callers = createCallers({ db, ring });

async function readQuestion(c: RequestContext) {
  const caller = await callers.find(c.env.incoming.headers.authorization);
  requireScope(caller, "checks:write");
  const { party, ...question } = parseCheck(await readJson(c, 16_384));
  await requirePurpose(callers, caller, question.purpose.code);
  const asking = askingOf(caller, question);
  return { caller, asked: { ...asking, ...makeReady(ring, asking, party) } };
}

/** Everything that the check does but the register and the record. */
app.post("/echo", async (c) => {
  const { asked } = await readQuestion(c);
  const echo = { outcome: "clear" as const, matches: null, checkedAt: new Date(), registerPosition: 0 };
  return answerJson(answerView({ ...asked, ...echo, matcherVersion: MATCHER_VERSION }));
});

/** As it would be written without a thought for load: look up, decide, insert. */
app.post("/textbook", async (c) => {
  const { caller, asked } = await readQuestion(c);
  const found = await db
    .select({ nameKeys: listing.nameKeys })
    .from(subjectDocument)
    .innerJoin(listing, and(eq(listing.subjectId, subjectDocument.subjectId), eq(listing.state, "published")))
    .where(or(...asked.keys.map((key) => eq(subjectDocument.blindIndex, key))));
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
      subjectIndex: asked.keys[0] ?? Buffer.alloc(0),
    })
    .returning();
  if (!inserted) throw new Error("no row");
  return answerJson(answerView(inserted));
});

const server = await startServer(app, { host: "127.0.0.1", port: 0 });
process.send?.(server.url);
process.on("disconnect", () => process.exit(0));

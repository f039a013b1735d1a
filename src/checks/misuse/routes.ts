// Alerts over HTTP: an agency reads its own, the credit authority reads all and decides.
import { type Callers, requireScope } from "../../agencies/index.ts";
import type { Door } from "../../courts/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, newRouter, parseAs, type Router } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readBody } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import type { Now } from "../../platform/time.ts";
import { acknowledgeAlert, closeAlert } from "./alert.ts";
import {
  AlertDecision,
  AlertQuery,
  BODY_KIB_MAX,
  getAllAlerts,
  misuseOperations,
  postAcknowledgement,
  postClosing,
} from "./operations.ts";
import { listAlerts } from "./queries.ts";
import { alertView } from "./resource.ts";

const BODY_BYTES_MAX = BODY_KIB_MAX * 1024;

export type MisuseRoutesOptions = { db: Database; ring: KeyRing; callers: Callers; door: Door; now: Now };

export function misuseRoutes({ db, ring, callers, door, now }: MisuseRoutesOptions): Router {
  const router = newRouter();
  for (const operation of misuseOperations) router.openAPIRegistry.registerPath(operation);

  router.get("/misuse-alerts", async (c) => {
    const caller = await callers.findFresh(c.req.header("authorization"));
    requireScope(caller, "checks:read");
    return answerJson(await pageOfAlerts(caller.agencyId, c.req.query()));
  });

  router.get("/oversight/misuse-alerts", door.requireSession(getAllAlerts), async (c) =>
    answerJson(await pageOfAlerts(null, c.req.query())),
  );

  for (const [act, operation, decide] of [
    ["acknowledge", postAcknowledgement, acknowledgeAlert],
    ["close", postClosing, closeAlert],
  ] as const)
    router.post(`/oversight/misuse-alerts/:id/${act}`, door.requireSession(operation), async (c) => {
      const by = `staff:${publicId("acc", c.var.signedIn.account.id)}`;
      const { reason } = await readBody(c, AlertDecision, BODY_BYTES_MAX);
      const id = uuidOf("mis", c.req.param("id") ?? "");
      if (id === null) throw new AppError("not-found");
      return answerJson(alertView(await db.transaction((tx) => decide(tx, id, { by, reason }, now()))));
    });

  return router;

  async function pageOfAlerts(agencyId: string | null, given: unknown) {
    const { state, cursor, limit } = parseAs(AlertQuery, given);
    const pages = pagesOf(ring.cursorKey, `misuse-alerts ${agencyId ?? ""} ${state ?? ""}`);
    const rows = await listAlerts(db, { agencyId, state }, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ id }) => id);
    return { data: page.map(alertView), ...rest };
  }
}

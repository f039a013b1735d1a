// The measures of an agency over HTTP, for whoever signs in: proposed, approved by two, withdrawn by one.
import {
  approveMeasure,
  catalogueMeasureView,
  findMeasure,
  listAwaitingMeasures,
  listMeasures,
  measureView,
  parseProposal,
  proposeMeasure,
  readActiveEdition,
  withdrawMeasure,
} from "../../agencies/index.ts";
import { pagesOf } from "../../platform/cursor.ts";
import type { Database, Reader } from "../../platform/database.ts";
import { AppError } from "../../platform/error.ts";
import { answerJson, newRouter, parseAs, type Router } from "../../platform/http.ts";
import { publicId, uuidOf } from "../../platform/id.ts";
import { readBody, readJson } from "../../platform/json-request.ts";
import type { KeyRing } from "../../platform/key-ring.ts";
import { type Now, shanghaiDate } from "../../platform/time.ts";
import type { Door } from "../door.ts";
import { pageOfTrail } from "../trail/index.ts";
import { authorityOf, measureActor, requireOwnAgency } from "./approver.ts";
import * as operations from "./operations.ts";

export const { measureOperations } = operations;

const BODY_BYTES_MAX = 32 * 1024;

type Account = Parameters<typeof measureActor>[0];
export type MeasureRoutesOptions = { db: Database; ring: KeyRing; door: Door; now: Now };

export function measureRoutes({ db, ring, door, now }: MeasureRoutesOptions): Router {
  const router = newRouter();
  for (const operation of operations.measureOperations) router.openAPIRegistry.registerPath(operation);
  addOverviews(router, { db, ring, door });
  addTrail(router, { db, ring, door });

  router.get("/agencies/:id/measures", door.requireSession(operations.listMeasuresOperation), async (c) => {
    const agencyId = agencyOf(c.var.signedIn.account, c.req.param("id"));
    const { cursor, limit } = parseAs(operations.ListQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `measures ${agencyId}`);
    const rows = await listMeasures(db, agencyId, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, (row) => row.id);
    return answerJson({ data: page.map(measureView), ...rest });
  });

  router.post("/agencies/:id/measures", door.requireSession(operations.proposeMeasureOperation), async (c) => {
    const { account } = c.var.signedIn;
    const agencyId = agencyOf(account, c.req.param("id"));
    const proposal = parseProposal(await readJson(c, BODY_BYTES_MAX));
    const given = { agencyId, proposal, now: now() };
    const row = await db.transaction((tx) => proposeMeasure(tx, measureActor(account), given));
    return answerJson(measureView(row), 201);
  });

  router.post(
    "/agencies/:id/measures/:measureId/approve",
    door.requireSession(operations.approveMeasureOperation),
    async (c) => {
      const { account } = c.var.signedIn;
      const at = now();
      const actor = measureActor(account);
      const row = await db.transaction(async (tx) => {
        const id = await measureOf(tx, account, c.req.param());
        const authority = authorityOf(account, shanghaiDate(at));
        const approval = { authority, person: actor.person, name: account.name, document: null };
        return approveMeasure(tx, actor, { ...approval, id, now: at });
      });
      return answerJson(measureView(row));
    },
  );

  router.post(
    "/agencies/:id/measures/:measureId/withdraw",
    door.requireSession(operations.withdrawMeasureOperation),
    async (c) => {
      const { account } = c.var.signedIn;
      const { reason } = await readBody(c, operations.Withdrawal, BODY_BYTES_MAX);
      const row = await db.transaction(async (tx) => {
        const id = await measureOf(tx, account, c.req.param());
        return withdrawMeasure(tx, measureActor(account), { id, reason, now: now() });
      });
      return answerJson(measureView(row));
    },
  );

  return router;
}

function addTrail(router: Router, { db, ring, door }: Omit<MeasureRoutesOptions, "now">): void {
  router.get("/agencies/:id/measures/:measureId/audit", door.requireSession(operations.getMeasureTrail), async (c) => {
    const id = await measureOf(db, c.var.signedIn.account, c.req.param());
    return answerJson(await pageOfTrail({ db, ring }, publicId("ams", id), c.req.query()));
  });
}

/** What may be proposed, and the measures of every agency. */
function addOverviews(router: Router, { db, ring, door }: Omit<MeasureRoutesOptions, "now">): void {
  router.get("/measures/awaiting", door.requireSession(operations.listAwaitingMeasuresOperation), async (c) => {
    const { approval, cursor, limit } = parseAs(operations.AwaitingQuery, c.req.query());
    const pages = pagesOf(ring.cursorKey, `awaiting measures ${approval ?? ""}`);
    const rows = await listAwaitingMeasures(db, approval ?? null, pages.after(cursor), limit + 1);
    const { page, ...rest } = pages.cut(rows, limit, ({ measure }) => measure.id);
    return answerJson({ data: page.map(agencyMeasureView), ...rest });
  });

  router.get("/catalogue", door.requireSession(operations.readCatalogueOperation), async () => {
    const { edition, measures } = await readActiveEdition(db);
    return answerJson({ edition, data: measures.map(catalogueMeasureView) });
  });
}

function agencyMeasureView({ measure, agency }: Awaited<ReturnType<typeof listAwaitingMeasures>>[number]) {
  return { ...measureView(measure), agency };
}

function agencyOf(account: Account, id: string): string {
  const agencyId = uuidOf("agy", id);
  if (agencyId === null) throw new AppError("not-found");
  requireOwnAgency(account, agencyId);
  return agencyId;
}

/** The measure, where it is the agency's of the address. */
async function measureOf(
  reader: Reader,
  account: Account,
  { id, measureId }: { id: string; measureId: string },
): Promise<string> {
  const agencyId = agencyOf(account, id);
  const uuid = uuidOf("ams", measureId);
  const found = uuid === null ? undefined : await findMeasure(reader, uuid);
  if (found?.agencyId !== agencyId) throw new AppError("not-found");
  return found.id;
}
